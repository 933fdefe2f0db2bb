import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

/** Linux Start is sold by the month for 790.00, until a change leaves only its price for a year. */
let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let anna: Shopper;
let packageId: string;
let orderId: string;

const renewal = () => anna.ok('GET', `/v1/subscriptions/${packageId}/renewal`);
const retry = () => staff.call('POST', `/v1/admin/subscriptions/${packageId}/renewal/retry`, {});
const moveTo = (day: string) => shop.moveTo(`${day}T09:00:00Z`);

async function publishPrices(effectiveOn: string, prices: [number, number][]): Promise<void> {
  const { id } = await staff.ok('POST', '/v1/admin/catalogue/editions', {
    ...{ title: 'Start', effectiveOn, existingOn: effectiveOn, noticeDays: 1, inclusions: [] },
    prices: prices.map(([termMonths, monthlyMinor]) => ({
      ...{ audience: 'clients', item: { kind: 'plan', id: 'linux-start' }, currency: 'RUB' },
      ...{ action: 'add', termMonths, monthlyMinor },
    })),
  });
  await staff.ok('POST', `/v1/admin/catalogue/editions/${id}/publish`, {});
  await shop.settle();
}

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
  anna = await shop.shopper();
  const cart = {
    ...{ productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 },
    addOns: [{ componentId: 'dedicated-ip' }],
  };
  const { totalMinor } = await anna.ok('POST', '/v1/shop/quote', cart);
  await shop.fund(anna, BigInt(totalMinor));
  const order = await anna.ok('POST', '/v1/orders', {
    ...{ ...cart, domainName: 'stopped.example', expectedTotalMinor: totalMinor },
    payFromBalance: true,
  });
  packageId = order.subscriptionId;
  await moveTo('2023-06-04');
  orderId = (await renewal()).order.id;
  await publishPrices('2023-06-05', [[12, 640_00]]);
});
afterAll(() => shop.stop());

describe('an invoiced renewal whose plan has no price to renew by any more', () => {
  it('stands while nothing on the package changes, as it was invoiced', async () => {
    expect(await renewal()).toMatchObject({ order: { id: orderId, state: 'awaiting-payment' } });
  });

  it('is taken back when something does, and both sides see why it stands still', async () => {
    const { components } = await anna.ok('GET', `/v1/subscriptions/${packageId}`);
    const address = components.find(
      ({ componentId }: { componentId: string }) => componentId === 'dedicated-ip',
    );
    const path = `/v1/subscriptions/${packageId}/components/${address.id}/renewal`;
    await anna.ok('PUT', path, { renews: false });
    await shop.settle();
    expect(await anna.ok('GET', `/v1/orders/${orderId}`)).toMatchObject({
      ...{ state: 'cancelled', cancelledFor: 'not-sold' },
    });
    const seen = { quote: null, order: null, refused: 'plan-not-sold' };
    expect(await renewal()).toMatchObject({ ...seen, stoppedAt: '2023-06-04T09:00:00Z' });
    const path2 = `/v1/admin/subscriptions/${packageId}/renewal`;
    expect(await staff.ok('GET', path2)).toEqual(await renewal());
    const jobs = await staff.ok('GET', '/v1/admin/jobs?state=failed');
    expect(jobs.items).toEqual([]);
    const stranger = await shop.staff('northbyte.localhost');
    expect((await stranger.call('GET', path2)).body.code).toBe('subscription-not-found');
  });

  it('is not moved by trying, as long as there is no price', async () => {
    expect((await retry()).body.code).toBe('plan-not-sold');
    expect(await renewal()).toMatchObject({ stoppedAt: '2023-06-04T09:00:00Z' });
  });

  it('goes on by itself when a price is published: told first, then charged', async () => {
    await moveTo('2023-06-06');
    await publishPrices('2023-06-06', [[1, 700_00]]);
    expect(await renewal()).toMatchObject({
      ...{ stoppedAt: null, refused: null, order: null, quote: { totalMinor: 700_00 } },
    });
    const letters = await shop.mailTo(anna);
    expect(letters.at(-1)).toMatchObject({ template: 'orders.renewal-notice' });
    await shop.fund(anna, 700_00n);
    await moveTo('2023-06-08');
    expect(await renewal()).toMatchObject({ order: null });
    await moveTo('2023-06-09');
    expect(await anna.ok('GET', `/v1/subscriptions/${packageId}`)).toMatchObject({
      periodEnd: '2023-07-10',
    });
    expect((await retry()).body.code).toBe('renewal-not-stopped');
    const found = await shop.run(findings);
    expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });
});
