import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
beforeAll(async () => {
  shop = await startShop({ now: '2025-07-01T09:00:00Z' });
  staff = await shop.staff();
  const client = await shop.shopper();
  await shop.fund(client, 7_680_00n);
  // 12 months × 640.00 from 1 July 2025: 6 400.00 net of 20 % VAT.
  await client.ok('POST', '/v1/orders', {
    ...{ productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 12 },
    ...{ domainName: 'closing.example', expectedTotalMinor: 7_680_00, payFromBalance: true },
    autoRenew: false,
  });
  await shop.settle();
});
afterAll(() => shop.stop());

const set = (afterDays: number | null) =>
  staff.ok('PUT', '/v1/admin/reports/month-closing', { afterDays });
const close = (month: string) => staff.call('POST', `/v1/admin/reports/months/${month}/close`, {});

/** Closed months, oldest first, with what they posted. */
async function closed(): Promise<string[]> {
  const { items } = await staff.ok('GET', '/v1/admin/reports/months');
  return items
    .map(({ month, byItself, totals }: Month) =>
      [month, byItself ? 'itself' : 'hand', ...totals.map((one) => one.revenue.minor)].join(' '),
    )
    .toReversed();
}
type Month = { month: string; byItself: boolean; totals: { revenue: { minor: number } }[] };

describe('a book that closes its months by itself', () => {
  it('does not until it is told to', async () => {
    await shop.moveTo('2025-08-20T09:00:00Z');
    expect(await staff.ok('GET', '/v1/admin/reports/months')).toMatchObject({
      ...{ items: [], next: '2025-07', closing: null },
    });
  });

  it('closes what is overdue at once, and the next month on its day in the seller’s zone', async () => {
    expect((await set(5)).closing).toEqual({ afterDays: 5, nextOn: '2025-08-06' });
    await shop.moveTo('2025-08-20T09:00:01Z');
    // 6 400.00 × 31/365 = 543.56.
    expect(await closed()).toEqual(['2025-07 itself 54356']);
    // In Moscow 6 September begins three hours earlier than in Greenwich.
    await shop.moveTo('2025-09-05T20:59:59Z');
    expect(await closed()).toHaveLength(1);
    await shop.moveTo('2025-09-05T21:00:01Z');
    expect(await closed()).toEqual(['2025-07 itself 54356', '2025-08 itself 54356']);
  });

  it('leaves alone what was closed by hand before its day', async () => {
    await shop.moveTo('2025-10-02T09:00:00Z');
    const all = await Promise.all([close('2025-09'), close('2025-09')]);
    expect(all.map(({ status }) => status)).toEqual([200, 200]);
    expect(all[0]?.body.closing).toEqual({ afterDays: 5, nextOn: '2025-11-06' });
    await shop.moveTo('2025-10-10T09:00:00Z');
    expect((await closed()).slice(2)).toEqual(['2025-09 hand 52603']);
  });

  it('closes months one by one when time has passed over many, and each only once', async () => {
    await shop.moveTo('2026-01-07T09:00:00Z');
    expect((await closed()).slice(3).map((one) => one.slice(0, 14))).toEqual([
      ...['2025-10 itself', '2025-11 itself', '2025-12 itself'],
    ]);
    const path = '/v1/admin/reports/revenue?from=2025-07&through=2025-12';
    const { currencies } = await staff.ok('GET', path);
    // 6 400.00 × 184/365 = 3 226.30 up to New Year, posted and recognised.
    expect(currencies[0].ledger).toMatchObject({
      ...{ recognised: { minor: 3_226_30 }, posted: { minor: 3_226_30 } },
      difference: { minor: 0 },
    });
  });

  it('is seen to do so in the audit trail', async () => {
    const path = `/v1/admin/audit?actorKind=system&subjectId=${shop.shops.operator.id}`;
    const { items } = await staff.ok('GET', path);
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({
      ...{ operation: 'reports.months.close', actorId: 'reports.close-months' },
      input: { month: '2025-12' },
    });
  });

  it('stops when it is told to', async () => {
    expect((await set(null)).closing).toBeNull();
    await shop.moveTo('2026-03-01T09:00:00Z');
    expect(await closed()).toHaveLength(6);
  });

  it('is nobody else’s to decide, and within bounds', async () => {
    const stranger = await shop.staff('northbyte.localhost');
    const put = (who: typeof staff, body: object) =>
      who.call('PUT', '/v1/admin/reports/month-closing', body);
    const refused = await put(stranger, { sellerId: shop.shops.operator.id, afterDays: 1 });
    expect([refused.status, refused.body.code]).toEqual([404, 'seller-not-found']);
    expect((await put(staff, { afterDays: 61 })).status).toBe(422);
    expect((await put(staff, { afterDays: -1 })).status).toBe(422);
  });

  it('leaves books that agree', async () => {
    const found = await shop.run(findings);
    expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });
});
