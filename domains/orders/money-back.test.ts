import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planWhmcsChange } from '#domains/catalog/demo.ts';
import { verifyBilling } from '#domains/billing/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let orders = 0;

beforeAll(async () => {
  shop = await startShop({ now: '2023-02-20T09:00:00Z' });
  staff = await shop.staff();
  const { operator, reseller } = shop.shops;
  await shop.run((ctx) =>
    planWhmcsChange(ctx, { operatorId: operator.id, resellerId: reseller.id }),
  );
  await shop.moveTo('2023-04-10T09:00:00Z');
});
afterAll(async () => {
  const found = await shop.run(verifyBilling);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  await shop.stop();
});

/** A package of a month with a WHMCS licence, which is never refunded, and an address, which is. */
async function packageWithAddOns() {
  orders += 1;
  const client = await shop.shopper();
  await shop.fund(client, 50_000_00n);
  const cart = {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName: `back-${orders}.example`,
  };
  const quote = await client.ok('POST', '/v1/shop/quote', cart);
  const order = await client.ok('POST', '/v1/orders', {
    ...cart,
    expectedTotalMinor: quote.totalMinor,
    payFromBalance: true,
  });
  await shop.settle();
  const { subscriptionId } = order;
  const path = `/v1/subscriptions/${subscriptionId}/add-ons`;
  for (const componentId of ['whmcs', 'dedicated-ip']) {
    const price = await client.ok('POST', `${path}/quote`, { componentId });
    await client.ok('POST', path, {
      componentId,
      expectedTotalMinor: price.totalMinor,
      payFromBalance: true,
    });
    await shop.settle();
  }
  return { client, subscriptionId, at: `/v1/admin/subscriptions/${subscriptionId}/money-back` };
}

describe('giving a package back', () => {
  it('credits what may be credited, never what may not, and ends the package', async () => {
    const { client, subscriptionId, at } = await packageWithAddOns();
    const offer = await staff.ok('GET', at);
    const before = (await client.ok('GET', '/v1/balance')).held.minor;
    const given = await staff.ok('POST', at, { expected: offer.total, reason: 'не подошло' });
    const back = offer.lines.reduce(
      (sum: number, line: { back: { minor: number } }) => sum + line.back.minor,
      0,
    );
    expect(back).toBe(offer.total.minor);
    expect((await client.ok('GET', '/v1/balance')).held.minor).toBe(before + back);
    expect(given.notes.length).toBeGreaterThan(1);
    const gone = await client.ok('GET', `/v1/subscriptions/${subscriptionId}`);
    expect(gone.state).toBe('deleted');
    const again = await staff.call('POST', at, { expected: offer.total, reason: 'ещё раз' });
    expect([again.status, again.body.code]).toEqual([409, 'refund-period-over']);
    expect((await client.ok('GET', '/v1/balance')).held.minor).toBe(before + back);
  });

  it('shows nothing back for a line that is not refundable', async () => {
    const { at } = await packageWithAddOns();
    const { lines } = await staff.ok('GET', at);
    const [hosting] = lines;
    expect(hosting.back).toEqual(hosting.paid);
    const licence = lines.find((line: { description: { en: string } }) =>
      /WHMCS/i.test(line.description.en),
    );
    expect(licence.paid.minor).toBeGreaterThan(0);
    expect(licence.back.minor).toBe(0);
  });

  it('is over thirty days after the purchase, whatever was bought later', async () => {
    const { at } = await packageWithAddOns();
    const { until } = await staff.ok('GET', at);
    await shop.moveTo(`${until}T06:00:00Z`);
    const late = await staff.call('GET', at);
    expect([late.status, late.body.code]).toEqual([409, 'refund-period-over']);
  });

  it('for another amount than was shown is refused', async () => {
    const { at } = await packageWithAddOns();
    const { total } = await staff.ok('GET', at);
    const other = { ...total, minor: total.minor - 1 };
    const refused = await staff.call('POST', at, { expected: other, reason: 'мимо' });
    expect([refused.status, refused.body.code]).toEqual([409, 'price-changed']);
  });

  it('of another seller’s client is not to be found', async () => {
    const { at } = await packageWithAddOns();
    const stranger = await shop.staff('northbyte.localhost');
    const answer = await stranger.call('GET', at);
    expect([answer.status, answer.body.code]).toEqual([404, 'subscription-not-found']);
  });
});
