import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;

beforeAll(async () => {
  shop = await startShop({ now: '2025-12-20T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  await shop.stop();
});

const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 };

describe('a client who is exempt from tax', () => {
  it('is charged none from the day staff note the document, and again when it is gone', async () => {
    const client = await shop.shopper();
    const path = `/v1/admin/clients/${client.clientId}/tax-exemption`;
    const before = await client.ok('POST', '/v1/shop/quote', CART);
    expect(before.tax).toMatchObject({ rateBp: 2000, reason: null });
    await staff.ok('PUT', path, { document: 'Уведомление № 7 от 01.12.2025' });
    const exempt = await client.ok('POST', '/v1/shop/quote', CART);
    expect(exempt).toMatchObject({ tax: { rateBp: 0, reason: 'exempt' }, taxMinor: 0 });
    const order = await client.ok('POST', '/v1/orders', {
      ...CART,
      domainName: 'exempt.example',
      expectedTotalMinor: exempt.totalMinor,
    });
    const invoice = await client.ok('GET', `/v1/invoices/${order.invoiceId}`);
    expect(invoice).toMatchObject({ taxReason: 'exempt', tax: { minor: 0 } });
    await staff.ok('PUT', path, { document: null });
    expect((await client.ok('POST', '/v1/shop/quote', CART)).tax.rateBp).toBe(2000);
  });

  it('of another seller is not to be exempted', async () => {
    const client = await shop.shopper();
    const stranger = await shop.staff('northbyte.localhost');
    const path = `/v1/admin/clients/${client.clientId}/tax-exemption`;
    const refused = await stranger.call('PUT', path, { document: 'мой' });
    expect([refused.status, refused.body.code]).toEqual([404, 'client-not-found']);
  });
});

describe('the VAT of Russia', () => {
  it('is 20 % on what is charged in 2025 and 22 % on what is charged from New Year', async () => {
    const client = await shop.shopper();
    expect((await client.ok('POST', '/v1/shop/quote', CART)).tax.rateBp).toBe(2000);
    await shop.moveTo('2025-12-31T21:00:00Z');
    // Midnight in Moscow.
    expect((await client.ok('POST', '/v1/shop/quote', CART)).tax.rateBp).toBe(2200);
  });
});

describe('rates', () => {
  it('are added for days to come, and end the one before', async () => {
    const added = await staff.ok('POST', '/v1/admin/tax-rates', {
      place: 'RU',
      rateBp: 2300,
      effectiveFrom: '2027-01-01',
    });
    expect(added.effectiveUntil).toBeNull();
    const { items } = await staff.ok('GET', '/v1/admin/tax-rates');
    const [newest, last] = items.filter(({ place }: { place: string }) => place === 'RU');
    expect(newest).toMatchObject({ rateBp: 2300, effectiveFrom: '2027-01-01' });
    expect(last).toMatchObject({ rateBp: 2200, effectiveUntil: '2027-01-01' });
  });

  it.each([
    ['in the past', '2025-06-01'],
    ['before the newest begins', '2026-06-01'],
  ])('%s are refused', async (_when, effectiveFrom) => {
    const rate = { place: 'RU', rateBp: 1000, effectiveFrom };
    const refused = await staff.call('POST', '/v1/admin/tax-rates', rate);
    expect([refused.status, refused.body.code]).toEqual([422, 'rate-date-invalid']);
  });

  it('are the operator’s to change', async () => {
    const reseller = await shop.staff('northbyte.localhost');
    const rate = { place: 'KZ', rateBp: 1200, effectiveFrom: '2026-06-01' };
    const refused = await reseller.call('POST', '/v1/admin/tax-rates', rate);
    expect([refused.status, refused.body.code]).toEqual([403, 'not-allowed']);
  });
});
