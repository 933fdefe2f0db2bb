import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
});
afterAll(() => shop.stop());

let count = 0;

/**
 * A package for a month with an address and its renewal ordered, neither of them paid; both are
 * then paid in one moment, before anything is carried out. What costs how much: the package 790.00
 * a month; an address 250.00 a month.
 */
async function payBoth(first: 'add-on' | 'renewal') {
  const shopper = await shop.shopper();
  await shop.fund(shopper, 790_00n + 250_00n + 790_00n);
  const { subscriptionId: id } = await shopper.ok('POST', '/v1/orders', {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName: `late-${(count += 1)}.ru`,
    expectedTotalMinor: 790_00,
    payFromBalance: true,
  });
  await shop.settle();
  const path = `/v1/subscriptions/${id}`;
  const addOn = await shopper.ok('POST', `${path}/add-ons`, {
    componentId: 'dedicated-ip',
    expectedTotalMinor: 250_00,
  });
  const renewal = await shopper.ok('POST', `${path}/renewal`, {
    termMonths: 1,
    expectedTotalMinor: 790_00,
  });
  for (const { invoiceId } of first === 'add-on' ? [addOn, renewal] : [renewal, addOn]) {
    await shopper.ok('POST', `/v1/invoices/${invoiceId}/pay-from-balance`, {});
  }
  await shop.settle();
  return { shopper, path, addOn };
}

async function nothingIsWrong(): Promise<void> {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
}

const held = async (shopper: Shopper): Promise<number> =>
  (await shopper.ok('GET', '/v1/balance')).held.minor;

describe('an add-on and the renewal that lacks it, paid in one moment', () => {
  it('the add-on first: it is there until the boundary, and gone with it', async () => {
    const { shopper, path } = await payBoth('add-on');
    const { components, periodStart } = await shopper.ok('GET', path);
    expect(periodStart).toBe('2023-06-10');
    expect(components).toContainEqual(
      expect.objectContaining({
        componentId: 'dedicated-ip',
        state: 'bought',
        renews: false,
        endsOn: '2023-06-10',
      }),
    );
    expect(await held(shopper)).toBe(0);
    await nothingIsWrong();
  });

  it('the renewal first: the add-on’s price is of the past, and its money comes back', async () => {
    const { shopper, path, addOn } = await payBoth('renewal');
    expect(await shopper.ok('GET', path)).toMatchObject({ periodStart: '2023-06-10' });
    expect(await shopper.ok('GET', `/v1/orders/${addOn.id}`)).toMatchObject({
      state: 'cancelled',
      cancelledFor: 'replaced',
    });
    expect(await held(shopper)).toBe(250_00);
    await nothingIsWrong();
  });
});
