import { WebhookPage } from './webhook-page.tsx';
import { SideProvider } from './webhooks-api.ts';
import { WebhooksPage } from './webhooks-page.tsx';

export function ClientWebhooksPage() {
  return (
    <SideProvider value="client">
      <WebhooksPage />
    </SideProvider>
  );
}

export function ClientWebhookPage() {
  return (
    <SideProvider value="client">
      <WebhookPage />
    </SideProvider>
  );
}

export function StaffWebhooksPage() {
  return (
    <SideProvider value="admin">
      <WebhooksPage />
    </SideProvider>
  );
}

export function StaffWebhookPage() {
  return (
    <SideProvider value="admin">
      <WebhookPage />
    </SideProvider>
  );
}
