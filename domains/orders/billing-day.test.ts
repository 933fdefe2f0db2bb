import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

/** Bought on 14 April 2023 with billing on the 1st: Linux Start, 790.00 by the month, 640.00 × 12. */
let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let anna: Shopper;
let yearly: string;
let names = 0;

const LINUX = { productId: 'reseller-hosting-linux', planId: 'linux-start' };
const policyPath = () => `/v1/admin/brands/${shop.shops.operatorBrand.id}/collection-policy`;

async function setBillingDay(billingDay: object | null): Promise<void> {
  const { items } = await staff.ok('GET', '/v1/admin/collection-policies');
  const { id } = shop.shops.operatorBrand;
  const { policy } = items.find(({ brandId }: { brandId: string }) => brandId === id);
  await staff.ok('PUT', policyPath(), { policy: { ...policy, billingDay } });
}

async function order(shopper: Shopper, cart: object, payFromBalance: boolean) {
  const body = { ...LINUX, ...cart, domainName: `billed-${(names += 1)}.example` };
  const quote = await shopper.ok('POST', '/v1/shop/quote', body);
  if (payFromBalance) await shop.fund(shopper, BigInt(quote.totalMinor));
  const placed = await shopper.ok('POST', '/v1/orders', {
    ...{ ...body, expectedTotalMinor: quote.totalMinor, payFromBalance },
  });
  await shop.settle();
  return { quote, placed };
}

const read = (id: string) => anna.ok('GET', `/v1/subscriptions/${id}`);

beforeAll(async () => {
  shop = await startShop({ now: '2023-04-14T09:00:00Z' });
  staff = await shop.staff();
  anna = await shop.shopper();
  await setBillingDay({ dayOfMonth: 1, wholeTermUnderDays: 0 });
});
afterAll(() => shop.stop());
afterEach(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

describe('a package of a brand with a billing day', () => {
  it('says what is paid until then and what comes after, and is charged so', async () => {
    const { quote, placed } = await order(anna, { termMonths: 12 }, true);
    yearly = placed.subscriptionId;
    // 7 680.00 × 17/365 = 357.70.
    expect(quote.billingDay).toEqual({
      ...{ until: '2023-05-01', days: 17, partMinor: 357_70, termMonths: 12 },
      ...{ termMinor: 7_680_00, isTermIncluded: false },
    });
    expect(quote.totalMinor).toBe(357_70);
    expect(await read(yearly)).toMatchObject({
      ...{ periodStart: '2023-04-14', periodEnd: '2023-05-01', termMonths: 12 },
      // The few days renew as a short term does.
      autoRenewOn: '2023-04-24',
    });
    const renewal = await anna.ok('GET', `/v1/subscriptions/${yearly}/renewal`);
    expect(renewal.quote.totalMinor).toBe(quote.billingDay.termMinor);
  });

  it('charges the next term at once where too few days are left', async () => {
    await setBillingDay({ dayOfMonth: 1, wholeTermUnderDays: 20 });
    const { quote, placed } = await order(anna, { termMonths: 1 }, true);
    // 790.00 × 17/30 = 447.67, and May.
    expect(quote.billingDay).toMatchObject({
      ...{ partMinor: 447_67, termMinor: 790_00, isTermIncluded: true },
    });
    expect(quote.totalMinor).toBe(447_67 + 790_00);
    const { subscriptionId } = placed;
    expect(await read(subscriptionId)).toMatchObject({ periodEnd: '2023-06-01' });
    // What is unused of both goes back with a change of the plan, the same day: all of it.
    const path = `/v1/subscriptions/${subscriptionId}/plan-change/quote`;
    const change = await anna.ok('POST', path, { planId: 'linux-grow' });
    const credits: { backMinor: number }[] = change.credits;
    expect(credits.map(({ backMinor }) => backMinor)).toEqual([447_67, 790_00]);
    await setBillingDay({ dayOfMonth: 1, wholeTermUnderDays: 0 });
  });

  it('counts from the day it was ordered, as it was shown, however late it is paid', async () => {
    const { placed } = await order(anna, { termMonths: 1 }, false);
    const other = await order(anna, { termMonths: 1 }, false);
    await shop.moveTo('2023-04-20T09:00:00Z');
    await shop.fund(anna, 447_67n);
    await anna.ok('POST', `/v1/invoices/${placed.invoiceId}/pay-from-balance`, {});
    await shop.settle();
    expect(await read(placed.subscriptionId)).toMatchObject({
      ...{ state: 'active', periodStart: '2023-04-14', periodEnd: '2023-05-01' },
    });
    // Of the other nobody has anything after the billing day: not paid by then it is void.
    await shop.moveTo('2023-05-01T09:00:00Z');
    expect(await anna.ok('GET', `/v1/orders/${other.placed.id}`)).toMatchObject({
      ...{ state: 'cancelled', cancelledFor: 'expired' },
    });
  });

  it('renews from that day on, at what was said when it was bought', async () => {
    const { order: due } = await anna.ok('GET', `/v1/subscriptions/${yearly}/renewal`);
    expect(due).toMatchObject({ periodStart: '2023-05-01', totalMinor: 7_680_00 });
    await shop.fund(anna, 7_680_00n);
    await anna.ok('POST', `/v1/invoices/${due.invoiceId}/pay-from-balance`, {});
    await shop.settle();
    expect(await read(yearly)).toMatchObject({ state: 'active', periodEnd: '2024-05-01' });
  });
});

describe('a package that counts from a day of its own', () => {
  const renewal = (id: string) => anna.ok('GET', `/v1/subscriptions/${id}/renewal`);
  const toDay = { termMonths: 1, toBillingDay: true };
  let own: string;
  let others: string;
  beforeAll(async () => {
    await setBillingDay(null);
    own = (await order(anna, { termMonths: 1 }, true)).placed.subscriptionId;
    others = (await order(anna, { termMonths: 1 }, true)).placed.subscriptionId;
  });

  it('is not brought to a billing day that its shop does not have', async () => {
    expect(await renewal(own)).toMatchObject({ billingDay: null });
    const { body } = await anna.call('POST', `/v1/subscriptions/${own}/renewal/quote`, toDay);
    expect(body.code).toBe('billing-day-not-offered');
  });

  it('is brought there by its holder for what the days up to it cost, and counts from it', async () => {
    await setBillingDay({ dayOfMonth: 15, wholeTermUnderDays: 0 });
    expect(await renewal(own)).toMatchObject({ billingDay: '2023-06-15' });
    const quote = await anna.ok('POST', `/v1/subscriptions/${own}/renewal/quote`, toDay);
    // 14 of the 31 days from 15 May to 15 June: 790.00 × 14/31.
    expect(quote.totalMinor).toBe(356_77);
    await shop.fund(anna, 1_000_00n);
    const bought = { ...toDay, expectedTotalMinor: quote.totalMinor, payFromBalance: true };
    await anna.ok('POST', `/v1/subscriptions/${own}/renewal`, bought);
    expect(await read(own)).toMatchObject({ periodStart: '2023-06-01', periodEnd: '2023-06-15' });
    const next = await renewal(own);
    expect(next.quote.lines[0]).toMatchObject({ periodEnd: '2023-07-15', totalMinor: 790_00 });
    // What is bought now is paid to that day, each period by the days of its own term.
    const path = `/v1/subscriptions/${own}/add-ons`;
    const address = await anna.ok('POST', `${path}/quote`, { componentId: 'dedicated-ip' });
    const parts: { periodEnd: string; totalMinor: number }[] = address.lines;
    expect(parts.map(({ periodEnd, totalMinor }) => [periodEnd, totalMinor])).toEqual([
      ['2023-06-01', 250_00],
      ['2023-06-15', 112_90],
    ]);
    const expectedTotalMinor = 362_90;
    await anna.ok('POST', path, {
      ...{ componentId: 'dedicated-ip', expectedTotalMinor, payFromBalance: true },
    });
    await shop.settle();
    expect((await renewal(own)).quote.totalMinor).toBe(1_040_00);
  });

  it('is brought there by staff, on an invoice to its holder that takes the place of another', async () => {
    await shop.moveTo('2023-05-25T09:00:00Z');
    const { order: open } = await renewal(others);
    expect(open).toMatchObject({ origin: 'auto', totalMinor: 790_00 });
    const path = `/v1/admin/subscriptions/${others}/billing-day`;
    const { totalMinor } = await staff.ok('POST', `${path}/quote`, {});
    expect(totalMinor).toBe(356_77);
    const stranger = await shop.staff('northbyte.localhost');
    const theirs = await stranger.call('POST', path, { expectedTotalMinor: totalMinor });
    expect(theirs.body.code).toBe('subscription-not-found');
    const ordered = await staff.ok('POST', path, { expectedTotalMinor: totalMinor });
    expect(ordered).toMatchObject({ id: open.id, totalMinor: 356_77 });
    await shop.fund(anna, 356_77n);
    await anna.ok('POST', `/v1/invoices/${ordered.invoiceId}/pay-from-balance`, {});
    await shop.settle();
    expect(await read(others)).toMatchObject({ periodEnd: '2023-06-15' });
  });
});
