import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topUpWallet, walletBalance } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

const HOST = 'northbyte.localhost';
/** Windows Pro for three years. */
const CART = {
  productId: 'reseller-hosting-windows',
  planId: 'windows-pro',
  termMonths: 36,
};

let shop: TestShop;
let price: number;
let anna: Shopper;
beforeAll(async () => {
  shop = await startShop({ now: '2023-02-10T09:00:00Z' });
  anna = await shop.shopper({ host: HOST, language: 'en' });
  price = (await anna.ok('POST', '/v1/shop/quote', CART)).totalMinor;
});
afterAll(() => shop.stop());

const wallet = async (): Promise<bigint> =>
  (await shop.run((ctx) => walletBalance(ctx, shop.shops.reseller.id, 'RUB'))).minor;

async function order(domainName: string) {
  await shop.fund(anna, BigInt(price));
  return anna.ok('POST', '/v1/orders', {
    ...CART,
    domainName,
    expectedTotalMinor: price,
    payFromBalance: true,
  });
}

const balance = async (): Promise<number> => (await anna.ok('GET', '/v1/balance')).held.minor;

describe('a sale through a reseller', () => {
  let locked: { id: string; subscriptionId: string };

  it('charges the reseller’s wallet less than the client pays', async () => {
    await shop.run((ctx) =>
      topUpWallet(ctx, {
        seller: shop.shops.reseller,
        amount: money(20_000_00n, 'RUB'),
        cause: 'test:enough',
        from: 'cash:bank-transfer',
      }),
    );
    // 36 × 3 330.00 from the client, 36 × 2 170.00 to the operator; 60 000.00 + 20 000.00 are there.
    expect(price).toBe(119_880_00);
    const sold = await order('first.example');
    expect(sold.state).toBe('delivering');
    expect(await wallet()).toBe(80_000_00n - 78_120_00n);
  });

  it('with too little in the wallet delivers nothing and is locked', async () => {
    const before = await wallet();
    locked = await order('second.example');
    expect(locked).toMatchObject({ state: 'locked', lockReason: 'wallet-too-low' });
    expect(await anna.ok('GET', `/v1/subscriptions/${locked.subscriptionId}`)).toMatchObject({
      state: 'pending',
    });
    expect(await wallet()).toBe(before);
    expect(await anna.ok('POST', `/v1/orders/${locked.id}/retry`, {})).toMatchObject({
      state: 'locked',
    });
  });

  it('goes on by itself when the wallet is filled, and is charged once', async () => {
    await shop.run((ctx) =>
      topUpWallet(ctx, {
        seller: shop.shops.reseller,
        amount: money(100_000_00n, 'RUB'),
        cause: 'test:more',
        from: 'cash:bank-transfer',
      }),
    );
    await shop.settle();
    expect(await anna.ok('GET', `/v1/orders/${locked.id}`)).toMatchObject({ lockReason: null });
    const package2 = await anna.ok('GET', `/v1/subscriptions/${locked.subscriptionId}`);
    expect(package2.state).toBe('active');
    // 1 880.00 + 100 000.00 − 78 120.00
    expect(await wallet()).toBe(23_760_00n);
    expect((await anna.call('POST', `/v1/orders/${locked.id}/retry`, {})).body.code).toBe(
      'order-not-locked',
    );
    expect(await wallet()).toBe(23_760_00n);
  });

  it('cancelled while locked gives all of the client’s money back, licence included', async () => {
    const stuck = await order('third.example');
    expect(stuck.state).toBe('locked');
    expect(await balance()).toBe(0);
    await anna.ok('POST', `/v1/orders/${stuck.id}/cancel`, {});
    expect(await balance()).toBe(price);
    expect(await anna.ok('GET', `/v1/subscriptions/${stuck.subscriptionId}`)).toMatchObject({
      state: 'cancelled',
    });
    await anna.ok('POST', `/v1/orders/${stuck.id}/cancel`, {});
    expect(await balance()).toBe(price);
  });

  it('is seen by the operator’s staff and not by a stranger’s', async () => {
    const operator = await shop.staff();
    const seen = await operator.ok('GET', `/v1/admin/orders/${locked.id}`);
    expect(seen.id).toBe(locked.id);
    const operatorsOwn = await shop.shopper();
    await shop.fund(operatorsOwn, 790_00n);
    const other = await operatorsOwn.ok('POST', '/v1/orders', {
      productId: 'reseller-hosting-linux',
      planId: 'linux-start',
      termMonths: 1,
      domainName: 'operators.example',
      expectedTotalMinor: 790_00,
      payFromBalance: true,
    });
    const reseller = await shop.staff(HOST);
    for (const path of [`orders/${other.id}`, `subscriptions/${other.subscriptionId}`]) {
      expect((await reseller.call('GET', `/v1/admin/${path}`)).status).toBe(404);
    }
    const list = await reseller.ok('GET', '/v1/admin/orders');
    expect(list.items.some((one: { id: string }) => one.id === other.id)).toBe(false);
  });
});
