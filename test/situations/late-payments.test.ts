import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

/**
 * Ordered before the day of a change and paid after it. The terms are those of the day on which it
 * was ordered (`subscribed_at`, rule 5): what was quoted is charged, also at renewals, until the
 * notice of rule 7 has been given in time. A change of 10 May: from 15 May Linux Start costs 890.00
 * instead of 790.00 and an address 999.00, for existing ones from 1 June with 40 days' notice.
 */
let shop: TestShop;
let anna: Shopper;
let early: string;
let late: string;
let addressMinor: number;

const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 };
const price = (kind: 'plan' | 'component', id: string, monthlyMinor: number) => ({
  ...{ audience: 'clients', item: { kind, id }, currency: 'RUB', action: 'add' },
  ...{ termMonths: 1, monthlyMinor },
});

async function pay(invoiceId: string): Promise<void> {
  await anna.ok('POST', `/v1/invoices/${invoiceId}/pay-from-balance`, {});
  await shop.settle();
}

const letters = async (): Promise<number> =>
  (await shop.mailTo(anna)).filter(({ template }) => template === 'orders.change-notice').length;

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  anna = await shop.shopper();
  await shop.fund(anna, 100_000_00n);
  const first = { ...CART, domainName: 'early.example', expectedTotalMinor: 790_00 };
  early = (await anna.ok('POST', '/v1/orders', { ...first, payFromBalance: true })).subscriptionId;
  await shop.settle();
  const staff = await shop.staff();
  const { id } = await staff.ok('POST', '/v1/admin/catalogue/editions', {
    ...{ title: 'Дороже', effectiveOn: '2023-05-15', existingOn: '2023-06-01', noticeDays: 40 },
    prices: [price('plan', 'linux-start', 890_00), price('component', 'dedicated-ip', 999_00)],
    inclusions: [],
  });
  await staff.ok('POST', `/v1/admin/catalogue/editions/${id}/publish`, {});
  await shop.settle();
}, 60_000);
afterAll(() => shop.stop());

describe('what is ordered before the day of a change and paid after it', () => {
  it('is charged as it was quoted, and its holder is told of what is to come when it begins', async () => {
    await shop.moveTo('2023-05-12T09:00:00Z');
    const path = `/v1/subscriptions/${early}/add-ons`;
    const choice = { componentId: 'dedicated-ip' };
    const quote = await anna.ok('POST', `${path}/quote`, choice);
    addressMinor = quote.lines[0].monthlyMinor;
    const expectedTotalMinor = quote.totalMinor;
    const address = await anna.ok('POST', path, { ...choice, expectedTotalMinor });
    const cart = { ...CART, domainName: 'late.example', expectedTotalMinor: 790_00 };
    const ordered = await anna.ok('POST', '/v1/orders', cart);
    late = ordered.subscriptionId;
    // The plan of the package that was there.
    expect(await letters()).toBe(1);
    await shop.moveTo('2023-05-17T09:00:00Z');
    await pay(address.invoiceId);
    expect(await letters()).toBe(2);
    await pay(ordered.invoiceId);
    expect(await letters()).toBe(3);
    expect(addressMinor).toBeLessThan(999_00);
  });

  it('renews at the old price until the notice was in time, then at the new one', async () => {
    await shop.moveTo('2023-07-12T09:00:00Z');
    const { items } = await anna.ok('GET', '/v1/invoices');
    const lines: string[] = [];
    for (const { id } of items) {
      const invoice = await anna.ok('GET', `/v1/invoices/${id}`);
      for (const { subscriptionId, itemId, periodStart, total } of invoice.lines) {
        const of = subscriptionId === late ? 'late' : 'early';
        lines.push(`${periodStart} ${of} ${itemId} ${total.minor}`);
      }
    }
    expect(lines.filter((line) => line >= '2023-06').toSorted()).toEqual([
      // Told on 17 May: 24 days before.
      `2023-06-10 early dedicated-ip ${addressMinor}`,
      '2023-06-10 early linux-start 79000',
      '2023-06-17 late linux-start 79000',
      '2023-07-10 early dedicated-ip 99900',
      '2023-07-10 early linux-start 89000',
      '2023-07-17 late linux-start 89000',
    ]);
  });
});
