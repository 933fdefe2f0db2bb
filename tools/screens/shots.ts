import { expect, type Page } from '@playwright/test';
import type { Who } from './people.ts';

export type Shot = {
  /** The file's name before language and device. */
  name: string;
  who: Who;
  /** An address, its parameters as in `web/paths.ts`. */
  at: string;
  /** What is done on the screen before the picture is taken; words in either language. */
  act?: (page: Page) => Promise<void>;
};

const press = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
};

const store = (name: string, at: string): Shot => ({ name, who: 'guest', at: `/$locale${at}` });
const irina = (name: string, at: string, act?: Shot['act']): Shot => ({
  name,
  who: 'irina',
  at: `/account${at}`,
  ...(act && { act }),
});
const staff = (name: string, at: string, act?: Shot['act']): Shot => ({
  name,
  who: 'staff',
  at: `/admin${at}`,
  ...(act && { act }),
});

const PACKAGE = '/packages/$subscriptionId';
const SITE = `${PACKAGE}/protection/$accountId`;
const CART = '/cart/reseller-hosting-linux/linux-grow/12?addon=whmcs&addon=dedicated-ip';

/** Taken before Irina has her licence. */
export const shotsBefore: readonly Shot[] = [
  irina('client-buy-licence', PACKAGE, press(/^(Купить лицензию|Buy licence)$/)),
];

export const shots: readonly Shot[] = [
  store('store-home', ''),
  store('store-plans-linux', '/plans/reseller-hosting-linux'),
  store('store-plans-windows', '/plans/reseller-hosting-windows'),
  store('store-cart', CART),
  { name: 'store-cart-signed-in', who: 'irina', at: `/$locale${CART}` },
  store('store-faq', '/faq'),
  store('store-terms', '/terms'),
  store('store-contact', '/contact'),
  store('store-sign-in', '/sign-in'),
  store('store-sign-up', '/sign-up'),
  irina('client-packages', '/packages'),
  irina('client-package', PACKAGE),
  irina('client-change-plan', PACKAGE, press(/^(Перейти на|Change to) /)),
  irina('client-renew', PACKAGE, press(/^(Продлить|Renew)$/)),
  irina('client-licence', `${PACKAGE}/licences/$licenceId`),
  irina(
    'client-delete-licence',
    `${PACKAGE}/licences/$licenceId`,
    press(/^(Удалить лицензию|Delete the licence)$/),
  ),
  irina('client-files', `${PACKAGE}/files/$accountId`),
  { name: 'client-package-change-ahead', who: 'vera', at: `/account${PACKAGE}` },
  { name: 'client-protection', who: 'vera', at: `/account${SITE}` },
  { name: 'client-finding', who: 'vera', at: `/account${SITE}/findings/$findingId` },
  { name: 'client-invoice', who: 'vera', at: '/account/invoices/$invoiceId' },
  irina('client-invoices', '/invoices'),
  irina('client-quotes', '/quotes'),
  irina('client-pay-many', '/pay'),
  irina('client-orders', '/orders'),
  irina('client-balance', '/balance'),
  irina('client-cards', '/cards'),
  irina('client-payments', '/payments'),
  irina('client-payment', '/payments/$paymentId'),
  irina('client-profile', '/profile'),
  irina('client-security', '/security'),
  irina('client-api-keys', '/api-keys'),
  irina('client-webhooks', '/webhooks'),
  irina('client-webhook', '/webhooks/$endpointId'),
  irina('client-tickets', '/tickets'),
  irina('client-new-ticket', '/tickets/new'),
  irina('client-ticket', '/tickets/$ticketId'),
  staff('staff-clients', '/clients'),
  staff('staff-client', '/clients/$clientId'),
  staff('staff-orders', '/orders'),
  staff('staff-order', '/orders/$orderId'),
  staff('staff-packages', '/packages'),
  staff('staff-package', PACKAGE),
  staff('staff-invoices', '/invoices'),
  staff('staff-invoice', '/invoices/$invoiceId'),
  staff('staff-payments', '/payments'),
  staff('staff-payment', '/payments/$paymentId'),
  staff('staff-gateways', '/gateways'),
  staff('staff-refunds', '/refunds'),
  staff('staff-collection', '/collection'),
  staff('staff-tax-rates', '/tax-rates'),
  staff('staff-new-quote', '/clients/$clientId/quote'),
  staff('staff-new-invoice', '/clients/$clientId/invoice'),
  staff('staff-trial-balance', '/reports/trial-balance'),
  staff('staff-ageing', '/reports/ageing'),
  staff('staff-revenue', '/reports/revenue'),
  staff('staff-months', '/reports/months'),
  staff('staff-statement', '/reports/statements/$clientId'),
  staff('staff-deliveries', '/deliveries'),
  staff('staff-delivery', '/deliveries/$deliveryId'),
  staff('staff-licences', '/licences'),
  staff('staff-licence', '/licences/$licenceId'),
  staff('staff-nodes', '/nodes'),
  staff('staff-node', '/nodes/$nodeId'),
  staff('staff-protection', '/protection'),
  staff('staff-guarded-site', '/protection/sites/$accountId'),
  staff('staff-findings', '/protection/findings'),
  staff('staff-finding', '/protection/findings/$findingId'),
  staff('staff-guard-rules', '/protection/rules'),
  staff('staff-guarded-nodes', '/protection/nodes'),
  staff('staff-reputation', '/protection/reputation'),
  staff('staff-catalogue', '/catalogue'),
  staff('staff-changes', '/changes'),
  staff('staff-change', '/changes/$editionId'),
  staff('staff-new-change', '/changes/new'),
  staff('staff-forecast', '/changes/$editionId/forecast'),
  staff('staff-simulation', '/simulation'),
  staff('staff-promos', '/promos'),
  staff('staff-tickets', '/tickets'),
  staff('staff-ticket', '/tickets/$ticketId'),
  staff('staff-support-settings', '/support-settings'),
  staff('staff-webhooks', '/webhooks'),
  staff('staff-webhook', '/webhooks/$endpointId'),
  staff('staff-mail', '/mail'),
  staff('staff-message', '/mail/$messageId'),
  staff('staff-jobs', '/jobs'),
  staff('staff-audit', '/audit'),
  staff('staff-clock', '/clock'),
  staff('staff-staff', '/staff'),
];
