import type { BrowserContext } from '@playwright/test';
import { callApi } from './call-api.ts';

export type Panel = 'client' | 'admin';

/** Which list of the API holds what a parameter of an address names; `$…` as in the address. */
const LISTS: Readonly<Record<Panel, Readonly<Record<string, string>>>> = {
  client: {
    subscriptionId: '/v1/subscriptions',
    invoiceId: '/v1/invoices',
    paymentId: '/v1/payments',
    orderId: '/v1/orders',
    accountId: '/v1/subscriptions/$subscriptionId/hosting-accounts',
    licenceId: '/v1/subscriptions/$subscriptionId/licences',
    findingId: '/v1/hosting-accounts/$accountId/findings',
    ticketId: '/v1/tickets',
    endpointId: '/v1/webhooks',
  },
  admin: {
    subscriptionId: '/v1/admin/subscriptions',
    orderId: '/v1/admin/orders',
    invoiceId: '/v1/admin/invoices',
    paymentId: '/v1/admin/payments',
    clientId: '/v1/admin/clients',
    buyerId: '/v1/admin/clients',
    deliveryId: '/v1/admin/deliveries',
    licenceId: '/v1/admin/licences',
    accountId: '/v1/admin/protection/accounts',
    findingId: '/v1/admin/protection/findings',
    nodeId: '/v1/admin/nodes',
    messageId: '/v1/admin/messages',
    editionId: '/v1/admin/catalogue/editions',
    ticketId: '/v1/admin/tickets',
    endpointId: '/v1/admin/webhooks',
  },
};

/** A site under protection goes by its account's name. */
type Listed = { id?: string; accountId?: string; phase?: string; state?: string };

/** Those that show most and can be acted on, the best first. */
const TELLING = ['draft', 'active', 'pending', 'issued'];

/** Fills the parameters of a panel's address with what the signed-in person really has there. */
export async function fillPattern(
  context: BrowserContext,
  origin: string,
  { panel, pattern }: { panel: Panel; pattern: string },
): Promise<string> {
  let address = pattern;
  let filled: Readonly<Record<string, string>> = {};
  for (const [, name = ''] of pattern.matchAll(/\$([a-zA-Z]+)/g)) {
    const list = LISTS[panel][name];
    if (!list) throw new Error(`${pattern}: say in route-ids.ts which list holds $${name}`);
    const { items } = await callApi<{ items: Listed[] }>(context, origin + fill(list, filled));
    const [chosen] = items.toSorted((one, other) => rank(one) - rank(other));
    if (!chosen) throw new Error(`${pattern}: ${list} is empty`);
    filled = { ...filled, [name]: chosen.id ?? chosen.accountId ?? '' };
    address = fill(address, filled);
  }
  return origin + address;
}

function fill(pattern: string, filled: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/\$([a-zA-Z]+)/g, (whole, name: string) => filled[name] ?? whole);
}

function rank({ phase, state }: Listed): number {
  const place = TELLING.indexOf(phase ?? state ?? '');
  return place < 0 ? TELLING.length : place;
}
