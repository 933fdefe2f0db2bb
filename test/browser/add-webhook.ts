import type { BrowserContext } from '@playwright/test';
import { callApi } from './call-api.ts';
import type { Panel } from './route-ids.ts';

/** A webhook of whoever is signed in, to an address where nobody is, with a test on its way. */
export async function addWebhook(
  context: BrowserContext,
  origin: string,
  panel: Panel,
): Promise<void> {
  const root = `${origin}/v1/${panel === 'admin' ? 'admin/' : ''}webhooks`;
  const { id } = await callApi<{ id: string }>(context, root, {
    method: 'POST',
    body: {
      url: 'https://crm.example/hooks/stoika',
      description: 'CRM',
      events: ['invoice.paid', 'subscription.suspended', 'finding.made', 'ticket.answered'],
    },
  });
  await callApi(context, `${root}/${id}/test`, { method: 'POST', body: {} });
}
