import { bankTransfer, gatewayKind, saveGatewaySetting } from '#domains/payments/index.ts';
import { startShop } from './start-shop.ts';
import type { Shopper, TestShop } from './start-shop.ts';

/** A client of some standing, with something of everything that a client can have. */
export type Holder = Shopper & {
  domainName: string;
  subscriptionId: string;
  /** A second package, ordered and not paid, with a transfer on its way. */
  unpaidOrderId: string;
  pendingPaymentId: string;
};

export type LivelyShop = TestShop & { holder: Holder; resellersHolder: Holder };

const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 12 };
/** More than all of it costs together. */
const PURSE_MINOR = 50_000_00n;

/**
 * Both shops of the demo with a business behind them: packages that include WHMCS, add-ons,
 * accounts, a deleted licence, a credit note, money that came and money that is to come.
 */
export async function startLivelyShop(): Promise<LivelyShop> {
  const shop = await startShop({ now: '2022-12-01T09:00:00Z' });
  shop.runtime.extensions.register(gatewayKind, bankTransfer);
  for (const brand of [shop.shops.operatorBrand, shop.shops.resellerBrand]) {
    const common = { brandId: brand.id, enabled: true, position: 0, settings: {} };
    await shop.run((ctx) => saveGatewaySetting(ctx, { ...common, gatewayId: bankTransfer.id }));
  }
  const holder = await settleDown(shop, 'localhost');
  const resellersHolder = await settleDown(shop, 'northbyte.localhost');
  return { ...shop, holder, resellersHolder };
}

async function settleDown(shop: TestShop, host: string): Promise<Holder> {
  const staff = await shop.staff(host);
  const shopper = await shop.shopper({ host });
  const domainName = `${shopper.clientId.slice(-6)}.example`;
  const order = await place(shopper, domainName);
  const payment = await shopper.ok('POST', '/v1/payments', {
    invoiceId: order.invoiceId,
    gatewayId: bankTransfer.id,
  });
  await staff.ok('POST', `/v1/admin/payments/${payment.id}/confirm`, { received: payment.amount });
  await shop.settle();
  const { subscriptionId } = order;
  await shop.fund(shopper, PURSE_MINOR);
  await buyAddOn(shopper, subscriptionId, 'cpanel-block');
  const address = await buyAddOn(shopper, subscriptionId, 'dedicated-ip');
  await shop.settle();
  await shopper.ok('POST', `/v1/subscriptions/${subscriptionId}/hosting-accounts`, {
    username: `site${shopper.clientId.slice(-6)}`.replaceAll(/[^a-z0-9]/g, ''),
    domainName: `shop.${domainName}`,
  });
  await staff.ok('POST', `/v1/admin/invoices/${address.invoiceId}/credit`, {
    lineNos: [1],
    how: 'unused',
    reason: 'not wanted',
  });
  await staff.ok('POST', `/v1/admin/payments/${payment.id}/refunds`, {
    amount: { minor: 1_00, currency: payment.amount.currency },
    reason: 'paid too much',
  });
  await staff.ok('POST', `/v1/admin/clients/${shopper.clientId}/quotes`, {
    cart: { ...CART, domainName: `q-${domainName}` },
    validUntil: '2030-01-01',
  });
  const other = `b-${domainName}`;
  const second = await place(shopper, other, true);
  await shop.settle();
  const { items } = await shopper.ok('GET', `/v1/subscriptions/${second.subscriptionId}/licences`);
  await shopper.ok('POST', `/v1/licences/${items[0].id}/delete`, { domainName: other });
  const unpaid = await place(shopper, `c-${domainName}`);
  const pending = await shopper.ok('POST', '/v1/payments', {
    invoiceId: unpaid.invoiceId,
    gatewayId: bankTransfer.id,
  });
  await shopper.ok('POST', '/v1/api-keys', { name: 'a key', scopes: ['orders.read'], days: null });
  await shopper.ok('POST', '/v1/tickets', { subject: 'How do I…', text: 'In my own words' });
  await listen(shopper, '/v1/webhooks');
  await listen(staff, '/v1/admin/webhooks');
  await shop.settle();
  return {
    ...shopper,
    domainName,
    subscriptionId,
    unpaidOrderId: unpaid.id,
    pendingPaymentId: pending.id,
  };
}

/** A webhook to an address where nobody is, with something sent to it. */
async function listen(who: Pick<Shopper, 'ok'>, root: string): Promise<void> {
  const { id } = await who.ok('POST', root, {
    url: 'https://hooks.invalid/stoika',
    events: ['ticket.reopened'],
  });
  await who.ok('POST', `${root}/${id}/test`, {});
}

async function place(shopper: Shopper, domainName: string, payFromBalance = false) {
  const quote = await shopper.ok('POST', '/v1/shop/quote', CART);
  return shopper.ok('POST', '/v1/orders', {
    ...CART,
    domainName,
    expectedTotalMinor: quote.totalMinor,
    payFromBalance,
  });
}

async function buyAddOn(shopper: Shopper, subscriptionId: string, componentId: string) {
  const path = `/v1/subscriptions/${subscriptionId}/add-ons`;
  const quote = await shopper.ok('POST', `${path}/quote`, { componentId });
  return shopper.ok('POST', path, {
    componentId,
    expectedTotalMinor: quote.totalMinor,
    payFromBalance: true,
  });
}
