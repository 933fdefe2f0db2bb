import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLivelyShop } from '#test/harness/lively-shop.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import type { Shopper } from '#test/harness/start-shop.ts';

const CART = {
  productId: 'reseller-hosting-linux',
  planId: 'linux-start',
  termMonths: 12,
  domainName: 'new-site.example',
  expectedTotalMinor: 7_680_00,
};
const HUGE = Number.MAX_SAFE_INTEGER;

let shop: LivelyShop;
let shopper: Shopper;
beforeAll(async () => {
  shop = await startLivelyShop();
  shopper = await shop.shopper();
}, 120_000);
afterAll(() => shop.stop());

/** How many rows there are of everything that an order makes. */
async function rows(): Promise<unknown> {
  const counted = await sql`
    select (select count(*)::int from order_request) as orders,
      (select count(*)::int from invoice) as invoices,
      (select count(*)::int from subscription) as subscriptions,
      (select count(*)::int from entitlement) as entitlements,
      (select count(*)::int from ledger_txn) as movements,
      (select count(*)::int from promo_use) as promo_uses,
      (select sum(next_no)::int from number_series) as numbers`.execute(shop.runtime.db);
  return counted.rows[0];
}

/** Sends what cannot be ordered; nothing may be left of it. */
async function expectRefused(path: string, body: object, code: string): Promise<void> {
  const before = await rows();
  const answer = await shopper.call('POST', path, body);
  expect({ status: answer.status < 500, code: answer.body.code }).toEqual({ status: true, code });
  expect(await rows()).toEqual(before);
}

describe('a checkout is refused by name, and leaves nothing behind:', () => {
  it.each([
    ['a plan that is not', { planId: 'linux-enormous' }, 'plan-not-found'],
    ['a plan of another product', { planId: 'windows-start' }, 'plan-not-found'],
    ['a product that is not', { productId: 'no-such-product' }, 'plan-not-found'],
    ['a term nobody sells', { termMonths: 7 }, 'term-invalid'],
    ['a negative term', { termMonths: -12 }, 'term-invalid'],
    ['half a term', { termMonths: 0.5 }, 'term-invalid'],
    ['a term of ages', { termMonths: HUGE }, 'term-invalid'],
    ['no domain', { domainName: undefined }, 'domain-name-missing'],
    ['a domain that is none', { domainName: 'http://x' }, 'domain-name-invalid'],
    ['a lower price', { expectedTotalMinor: 1 }, 'price-changed'],
    ['a price of nothing', { expectedTotalMinor: 0 }, 'price-changed'],
    ['a huge price', { expectedTotalMinor: HUGE }, 'price-changed'],
    ['a negative price', { expectedTotalMinor: -7_680_00 }, 'input-invalid'],
    ['a price beyond numbers', { expectedTotalMinor: 1e300 }, 'input-invalid'],
    ['a code that is not', { promo: 'NO-SUCH-CODE' }, 'promo-not-found'],
    ['more money than there is', { payFromBalance: true }, 'balance-too-low'],
  ])('%s', async (_what, change, code) => {
    await expectRefused('/v1/orders', { ...CART, ...change }, code);
  });

  it.each([
    ['that is not', 'no-such-thing', 1, 'component-not-found'],
    ['that the plan includes', 'whmcs', 1, 'component-already-included'],
    ['none of them', 'cpanel-block', 0, 'quantity-invalid'],
    ['fewer than none', 'cpanel-block', -3, 'quantity-invalid'],
    ['a part of one', 'cpanel-block', 0.5, 'quantity-invalid'],
    ['more than anybody may have', 'cpanel-block', HUGE, 'quantity-too-large'],
    ['one too many', 'dedicated-ip', 1001, 'quantity-too-large'],
  ])('an add-on %s', async (_what, componentId, quantity, code) => {
    await expectRefused('/v1/orders', { ...CART, addOns: [{ componentId, quantity }] }, code);
  });

  it('one add-on named twice, or a hundred of them', async () => {
    const one = { componentId: 'cpanel-block', quantity: 1 };
    await expectRefused('/v1/orders', { ...CART, addOns: [one, one] }, 'component-chosen-twice');
    const many = Array.from({ length: 100 }, () => one);
    await expectRefused('/v1/orders', { ...CART, addOns: many }, 'input-invalid');
  });

  it('a promo code of another seller', async () => {
    await shop.run((ctx) =>
      sql`update promo set seller_id = ${shop.shops.reseller.id}`.execute(ctx.tx),
    );
    const { rows: codes } = await sql<{ code: string }>`select code from promo`.execute(
      shop.runtime.db,
    );
    expect(codes.length).toBeGreaterThan(0);
    for (const { code: promo } of codes) {
      await expectRefused('/v1/orders', { ...CART, promo }, 'promo-not-found');
    }
  });

  it('an add-on, a renewal and a cancelled order of somebody else', async () => {
    const { subscriptionId, unpaidOrderId } = shop.holder;
    const path = `/v1/subscriptions/${subscriptionId}`;
    const price = { expectedTotalMinor: 100 };
    await expectRefused(
      `${path}/add-ons`,
      { componentId: 'cpanel-block', quantity: 1, ...price },
      'subscription-not-found',
    );
    await expectRefused(`${path}/renewal`, { termMonths: 12, ...price }, 'subscription-not-found');
    await expectRefused(`/v1/orders/${unpaidOrderId}/cancel`, {}, 'order-not-found');
  });
});

describe('the same checkout sent twenty times at once', () => {
  it('under keys of its own each is one order: a client has one package for a domain', async () => {
    const body = { ...CART, domainName: 'hasty.example' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shopper.call('POST', '/v1/orders', body)),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ body: said }) => said.code)).toEqual(
      Array.from({ length: 19 }, () => 'domain-name-taken'),
    );
  });
});
