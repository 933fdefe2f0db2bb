import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagesCsv } from './export-packages.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

/**
 * The demo shop, with 20 % VAT inside: Linux Start 790.00 by the month, 640.00 × 12 by the year.
 * A draft raises both by 100.00 a month from 1 July 2023, for existing ones from 1 August 2023,
 * with 30 days' notice. Figures are worked out by hand in the comments beside them.
 */
let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let editionId: string;
let monthly: { shopper: Shopper; id: string };

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
  monthly = await buy(1, 790_00, 'monthly.example');
  await buy(12, 7_680_00, 'yearly.example');
  const { id } = await staff.ok('POST', '/v1/admin/catalogue/editions', {
    title: 'Start дороже',
    effectiveOn: '2023-07-01',
    existingOn: '2023-08-01',
    noticeDays: 30,
    prices: [
      [1, 890_00],
      [12, 740_00],
    ].map(([termMonths, monthlyMinor]) => ({
      ...{ audience: 'clients', item: { kind: 'plan', id: 'linux-start' }, currency: 'RUB' },
      ...{ action: 'add', termMonths, monthlyMinor },
    })),
    inclusions: [],
  });
  editionId = id;
});
afterAll(() => shop.stop());

async function buy(termMonths: number, totalMinor: number, domainName: string) {
  const shopper = await shop.shopper();
  await shop.fund(shopper, BigInt(totalMinor));
  const order = await shopper.ok('POST', '/v1/orders', {
    ...{ productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths, domainName },
    expectedTotalMinor: totalMinor,
    payFromBalance: true,
  });
  return { shopper, id: order.subscriptionId };
}

const path = (rest = '') => `/v1/admin/catalogue/editions/${editionId}/forecast${rest}`;

describe('a forecast of a drafted change', () => {
  it('is not there before somebody asks for it', async () => {
    expect(await staff.ok('GET', path())).toEqual({ forecast: null });
    expect((await staff.call('GET', path('/packages'))).body.code).toBe('forecast-not-found');
  });

  it('says what is invoiced by month with the change and without it', async () => {
    const begun = await staff.ok('POST', path(), { months: 6 });
    expect(begun).toMatchObject({ state: 'running', packages: 2, packagesDone: 0 });
    await shop.settle();
    const { forecast: read } = await staff.ok('GET', path());
    expect(read).toMatchObject({ state: 'done', packages: 2, packagesDone: 2, isStale: false });
    const [rubles] = read.currencies;
    // Monthly from 10 May, invoiced on the 3rd: 10 June … 10 November. Boundaries from 1 August
    // are 10 August (invoiced 3 August) and on: four of them by 10 November, 890.00 each.
    expect(rubles.months.map((one: Month) => [one.month, one.before.total.minor])).toEqual(
      ['06', '07', '08', '09', '10', '11'].map((month) => [`2023-${month}`, 790_00]),
    );
    expect(rubles.months.map((one: Month) => one.after.total.minor)).toEqual([
      790_00, 790_00, 890_00, 890_00, 890_00, 890_00,
    ]);
    // 890.00 with 20 % inside: 148.33 of tax.
    expect(rubles.months[2].after.net.minor).toBe(741_67);
    expect(rubles.after.total.minor - rubles.before.total.minor).toBe(400_00);
  });

  it('lists who pays more from when, and who must be told by when', async () => {
    const { items } = await staff.ok('GET', path('/packages'));
    expect(items).toMatchObject([
      {
        ...{ domainName: 'monthly.example', payerKind: 'client', effect: 'dearer' },
        ...{ boundaryOn: '2023-08-10', chargedOn: '2023-08-03', telling: 'to-tell' },
        before: { minor: 790_00 },
        after: { minor: 890_00 },
        // 30 days before 10 August.
        tellBy: '2023-07-11',
        // Six renewals: 6 × 790.00, and 2 × 790.00 + 4 × 890.00.
        sumBefore: { minor: 4_740_00 },
        sumAfter: { minor: 5_140_00 },
      },
    ]);
  });

  it('is searched, filtered and exported', async () => {
    const found = await staff.ok('GET', path('/packages?search=monthly&effect=dearer'));
    expect(found.items).toHaveLength(1);
    expect((await staff.ok('GET', path('/packages?search=nobody'))).items).toEqual([]);
    expect((await staff.ok('GET', path('/packages?telling=late'))).items).toEqual([]);
    const { operator, operatorBrand } = shop.shops;
    const file = await shop.run((ctx) => packagesCsv(ctx, { id: editionId, language: 'en' }), {
      ...{ kind: 'staff', brandId: operatorBrand.id, userId: 'usr', sellerId: operator.id },
      ...{ permissions: ['reports.read'], scopes: null, address: '' },
    });
    const csv = await file.text();
    expect(csv).toContain('monthly.example');
    expect(csv).toContain('790.00,890.00');
  });

  it('shows every renewal to come of one package', async () => {
    const { items } = await staff.ok('GET', path(`/packages/${monthly.id}`));
    expect(items).toHaveLength(6);
    expect(items[2]).toEqual({
      boundaryOn: '2023-08-10',
      chargedOn: '2023-08-03',
      before: { minor: 790_00, currency: 'RUB' },
      after: { minor: 890_00, currency: 'RUB' },
    });
    const stranger = await shop.staff('northbyte.localhost');
    const { body } = await stranger.call('GET', path(`/packages/${monthly.id}`));
    expect(body.code).toBe('edition-not-found');
  });

  it('looks further when asked to, and takes the place of the old one', async () => {
    await staff.ok('POST', path(), { months: 13 });
    await shop.settle();
    const { items } = await staff.ok('GET', path('/packages?search=yearly'));
    // 12 × 640.00 and 12 × 740.00, from 10 May 2024; invoiced 30 days before.
    expect(items).toMatchObject([
      {
        ...{ boundaryOn: '2024-05-10', chargedOn: '2024-04-10', tellBy: '2024-04-10' },
        before: { minor: 7_680_00 },
        after: { minor: 8_880_00 },
      },
    ]);
  });

  it('wrote nothing of the business', async () => {
    const { rows } = await sql<{ notices: number; invoices: number; letters: number }>`
      select (select count(*)::int from subscription_notice) as notices,
        (select count(*)::int from invoice) as invoices,
        (select count(*)::int from message where template = 'orders.change-notice') as letters
      `.execute(shop.runtime.db);
    expect(rows).toEqual([{ notices: 0, invoices: 2, letters: 0 }]);
  });

  it('says that it is old once the catalogue has changed', async () => {
    await staff.ok('POST', `/v1/admin/catalogue/editions/${editionId}/publish`, {});
    await shop.settle();
    expect(await staff.ok('GET', path())).toMatchObject({ forecast: { isStale: true } });
    await staff.ok('POST', path(), { months: 13 });
    await shop.settle();
    const { items } = await staff.ok('GET', path('/packages'));
    expect(items).toMatchObject([
      { telling: 'told', toldOn: '2023-05-10', boundaryOn: '2023-08-10' },
      { telling: 'told', toldOn: '2023-05-10', boundaryOn: '2024-05-10' },
    ]);
  });
});

describe('a simulation', () => {
  it('lets the base run ahead when everyone pays', async () => {
    await staff.ok('POST', '/v1/admin/simulation', { months: 3, payers: 'everyone' });
    await shop.settle();
    const { simulation } = await staff.ok('GET', '/v1/admin/simulation');
    expect(simulation).toMatchObject({ state: 'done', payers: 'everyone', packages: 2 });
    // 10 June, 10 July at 790.00; 10 August at 890.00, invoiced on the 3rd of each.
    expect(simulation.currencies[0].months).toMatchObject(
      [790_00, 790_00, 890_00].map((minor) => ({
        invoiced: { count: 1, total: { minor } },
        paid: { count: 1, total: { minor } },
        suspended: 0,
      })),
    );
  });

  it('shows what is suspended and deleted when only balances pay', async () => {
    await shop.fund(monthly.shopper, 790_00n);
    await staff.ok('POST', '/v1/admin/simulation', { months: 3, payers: 'balances' });
    await shop.settle();
    const { simulation } = await staff.ok('GET', '/v1/admin/simulation');
    // One renewal is covered; the next is not: suspended on 10 July, deleted fifteen days later.
    expect(simulation.currencies[0].months).toMatchObject([
      { month: '2023-06', invoiced: { count: 1 }, paid: { count: 1 }, suspended: 0 },
      { month: '2023-07', invoiced: { count: 1 }, paid: { count: 0 }, suspended: 1, deleted: 1 },
    ]);
  });
});

type Month = { month: string; before: Total; after: Total };
type Total = { total: { minor: number } };
