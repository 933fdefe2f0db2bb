import { adminPaths } from '../paths.ts';
import type { PanelRoute } from '../panel/route.ts';

/** What clients ask and who answers, and what programs hear of. */
export const supportRoutes: readonly PanelRoute[] = [
  {
    path: adminPaths.tickets,
    section: 'tickets',
    screen: () =>
      import('#domains/support/screens/admin/tickets-page.tsx').then((m) => m.StaffTicketsPage),
  },
  {
    path: adminPaths.ticket,
    section: 'tickets',
    screen: () =>
      import('#domains/support/screens/admin/ticket-page.tsx').then((m) => m.StaffTicketPage),
  },
  {
    path: adminPaths.supportSettings,
    section: 'tickets',
    permission: 'brands.read',
    screen: () =>
      import('#domains/support/screens/admin/support-settings-page.tsx').then(
        (m) => m.SupportSettingsPage,
      ),
  },
  {
    path: adminPaths.webhooks,
    section: 'webhooks',
    screen: () =>
      import('#domains/webhooks/screens/webhook-pages.tsx').then((m) => m.StaffWebhooksPage),
  },
  {
    path: adminPaths.webhook,
    section: 'webhooks',
    screen: () =>
      import('#domains/webhooks/screens/webhook-pages.tsx').then((m) => m.StaffWebhookPage),
  },
];
