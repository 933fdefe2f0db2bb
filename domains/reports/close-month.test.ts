import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let client: Shopper;
let invoiceId: string;

beforeAll(async () => {
  shop = await startShop({ now: '2025-07-01T09:00:00Z' });
  staff = await shop.staff();
  client = await shop.shopper();
  await shop.fund(client, 100_000_00n);
  // 12 months × 640.00 = 7 680.00 from 1 July 2025: 1 280.00 of 20 % VAT inside, 6 400.00 net.
  const order = await client.ok('POST', '/v1/orders', {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 12,
    domainName: 'straddle.example',
    expectedTotalMinor: 7_680_00,
    payFromBalance: true,
    autoRenew: false,
  });
  invoiceId = order.invoiceId;
  await shop.settle();
});
afterAll(() => shop.stop());
afterEach(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

const close = (month: string) => staff.call('POST', `/v1/admin/reports/months/${month}/close`, {});

async function turnover(code: string, from: string, through: string) {
  const path = `/v1/admin/reports/trial-balance?from=${from}&through=${through}`;
  const { rows } = await staff.ok('GET', path);
  const row = rows.find((one: { code: string }) => one.code === code);
  return { moved: row ? row.debit.minor + row.credit.minor : 0, closing: row?.closing.minor ?? 0 };
}

describe('closing a month', () => {
  it('that is not over is refused', async () => {
    const refused = await close('2025-07');
    expect([refused.status, refused.body.code]).toEqual([409, 'month-not-over']);
  });

  it('posts what was earned in it, dated within it, once', async () => {
    await shop.moveTo('2025-08-03T09:00:00Z');
    const all = await Promise.all([close('2025-07'), close('2025-07'), close('2025-07')]);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    // 6 400.00 × 31/365 = 543.56.
    expect(all[0]?.body.items).toMatchObject([
      { month: '2025-07', totals: [{ revenue: { minor: 543_56 }, taxDifference: { minor: 0 } }] },
    ]);
    const july = await turnover('revenue', '2025-07-01', '2025-07-31');
    expect(july.closing).toBe(-543_56);
    expect((await turnover('revenue', '2025-08-01', '2025-08-31')).moved).toBe(0);
    const deferred = await turnover('deferred-revenue', '2025-07-01', '2025-07-31');
    expect(deferred.closing).toBe(-(6_400_00 - 543_56));
  });

  it('closes the months left out before it as well, and leaves the report as it was', async () => {
    await shop.moveTo('2026-01-02T09:00:00Z');
    const closed = await close('2025-12');
    expect(closed.body.items.map(({ month }: { month: string }) => month)).toEqual([
      '2025-12',
      '2025-07',
    ]);
    // 6 400.00 × 184/365 = 3 226.30 up to New Year.
    expect((await turnover('revenue', '2025-07-01', '2025-12-31')).closing).toBe(-3_226_30);
    const path = '/v1/admin/reports/revenue?from=2025-07&through=2025-12';
    const { currencies } = await staff.ok('GET', path);
    expect(currencies[0].ledger).toMatchObject({
      difference: { minor: 0 },
      recognised: { minor: 3_226_30 },
      posted: { minor: 3_226_30 },
    });
    const refused = await close('2025-11');
    expect([refused.status, refused.body.code]).toEqual([409, 'month-closed-already']);
  });
});

describe('a year that was paid at 20 % VAT and goes on at 22 %', () => {
  it('owes the difference for what is rendered from 1 January 2026, and the seller bears it', async () => {
    const owedBefore = await turnover('tax:RU', '2025-07-01', '2025-12-31');
    await shop.moveTo('2026-02-02T09:00:00Z');
    const closed = await close('2026-01');
    // January: 6 400.00 × 31/365 = 543.56 net (543.57 by telescoping), 108.71 of VAT charged for
    // it; 652.28 × 22/122 = 117.62, so 8.91 more is owed.
    const [january] = closed.body.items;
    const { revenue, taxDifference } = january.totals[0];
    const tax = Math.round((revenue.minor * 1_280_00) / 6_400_00);
    const owed = Math.round(((revenue.minor + tax) * 22) / 122);
    expect(revenue.minor).toBeGreaterThan(543_00);
    expect(taxDifference.minor).toBe(owed - tax);
    expect(taxDifference.minor).toBe(8_91);
    const after = await turnover('tax:RU', '2026-01-01', '2026-01-31');
    expect(after.closing).toBe(owedBefore.closing - 8_91);
    expect((await turnover('tax-difference', '2026-01-01', '2026-01-31')).closing).toBe(8_91);
  });

  it('by its end owes 22 % of every day of 2026', async () => {
    await shop.moveTo('2026-07-02T09:00:00Z');
    await close('2026-06');
    expect((await turnover('deferred-revenue', '2026-01-01', '2026-06-30')).closing).toBe(0);
    // 3 173.70 net was rendered in 2026 with 634.74 of VAT; 3 808.44 × 22/122 = 686.77.
    const { closing } = await turnover('tax-difference', '2025-07-01', '2026-06-30');
    expect(Math.abs(closing - 52_03)).toBeLessThanOrEqual(2);
  });

  it('given back after its end changes no closed month', async () => {
    const before = await turnover('revenue', '2025-07-01', '2026-06-30');
    const refused = await staff.call('POST', `/v1/admin/invoices/${invoiceId}/credit`, {
      lineNos: [1],
      how: 'unused',
      reason: 'late',
    });
    expect(refused.body.code).toBe('nothing-to-credit');
    expect(await turnover('revenue', '2025-07-01', '2026-06-30')).toEqual(before);
  });
});

describe('the papers of a month', () => {
  it.each(['ru', 'en'])('are a file for a spreadsheet and a PDF (%s)', async (language) => {
    const at = '/v1/admin/reports/months/2026-01';
    const csv = await staff.call('GET', `${at}/csv?language=${language}`);
    expect(csv.status).toBe(200);
    const words = language === 'ru' ? ['Доход', '8,91'] : ['Revenue', '8.91'];
    for (const word of words) expect(String(csv.body)).toContain(word);
    const pdf = await staff.call('GET', `${at}/pdf?language=${language}`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('are of one’s own books alone', async () => {
    const stranger = await shop.staff('northbyte.localhost');
    const path = `/v1/admin/reports/months?sellerId=${shop.shops.operator.id}`;
    const refused = await stranger.call('GET', path);
    expect([refused.status, refused.body.code]).toEqual([404, 'seller-not-found']);
  });
});
