import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEdition } from '#domains/catalog/index.ts';
import { findSubscription } from '#domains/subscriptions/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { foreseeing } from './foresee-change.ts';
import { openFutureSales } from './future-sales.ts';
import { travellersOf } from './traveller.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(() => shop.stop());

type Held = { shopper: Shopper; id: string };

/** A paid package for one month, bought on 10 May 2023, with money for all its renewals. */
async function monthly(planId: string, rubles: number): Promise<Held> {
  const shopper = await shop.shopper();
  await shop.fund(shopper, 100_000_00n);
  const order = await shopper.ok('POST', '/v1/orders', {
    ...{ productId: 'reseller-hosting-linux', planId, termMonths: 1 },
    domainName: `${shopper.clientId.replace('_', '-').toLowerCase()}.example`,
    expectedTotalMinor: rubles * 100,
    payFromBalance: true,
  });
  await shop.settle();
  return { shopper, id: order.subscriptionId };
}

async function buyAddress({ shopper, id }: Held): Promise<void> {
  const ask = { componentId: 'dedicated-ip', quantity: 1 };
  const path = `/v1/subscriptions/${id}/add-ons`;
  const { totalMinor } = await shopper.ok('POST', `${path}/quote`, ask);
  const order = { ...ask, expectedTotalMinor: totalMinor, payFromBalance: true };
  await shopper.ok('POST', path, order);
  await shop.settle();
}

/** What the shop says before the purchase of the price to come. */
async function offered({ shopper, id }: Held) {
  const { items } = await shopper.ok('GET', `/v1/subscriptions/${id}/add-ons`);
  return items.find((one: { componentId: string }) => one.componentId === 'dedicated-ip').coming;
}

const price = (id: string, kind: 'plan' | 'component', rubles: number) => ({
  ...{ audience: 'clients', item: { kind, id }, currency: 'RUB', action: 'add' },
  ...{ termMonths: 1, monthlyMinor: rubles * 100 },
});

/** Subjects of the letters about changes, oldest first. */
async function letters({ shopper }: Held): Promise<string[]> {
  const mails = await shop.mailTo(shopper);
  return mails
    .filter(({ template }) => template === 'orders.change-notice')
    .map(({ subject }) => subject.replace(/^\S+ /, '').replaceAll(/[\u202f\u00a0]/g, ' '));
}

/** Each renewal's boundary and what stood on its invoice, in the order of lines. */
async function charged({ id }: Held): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', o.period_start,
      string_agg((l.total_minor / 100)::text, ' + ' order by l.no)) as line
    from invoice_line l join invoice i on i.branch_id = l.branch_id and i.id = l.invoice_id
    join order_request o on o.branch_id = i.branch_id and o.id = i.subject
    where l.subscription_id = ${id} and o.kind = 'renewal' and i.state = 'paid'
    group by o.period_start order by o.period_start`.execute(shop.runtime.db);
  return rows.map(({ line }) => line);
}

/** The same as it is foreseen today, until 4 August. */
async function foreseen({ id }: Held, editionId: string): Promise<string[]> {
  return shop.run(async (ctx) => {
    const edition = await findEdition(ctx, editionId);
    const subscription = await findSubscription(ctx, id);
    const [traveller] = await travellersOf(ctx, subscription ? [subscription] : []);
    if (!edition || !traveller) throw new Error('nothing to foresee');
    const until = Temporal.Instant.from('2023-08-04T09:00:00Z');
    const { withIt } = await foreseeing(edition, {
      ...{ now: ctx.now, until, sales: openFutureSales(ctx) },
    })(traveller);
    return withIt.flatMap((one) => {
      if (one.kind !== 'invoiced') return [];
      const lines = one.offer.quote.lines.flatMap(({ totalMinor }) =>
        totalMinor === 0n ? [] : [totalMinor / 100n],
      );
      return [`${one.subscription.period.end} ${lines.join(' + ')}`];
    });
  });
}

describe('an address bought after it was published that it will cost more', () => {
  let told: Held;
  let late: Held;
  let untouched: Held;
  let after: Held;
  let editionId: string;

  it('is no business of those who do not have one', async () => {
    [told, late] = [await monthly('linux-start', 790), await monthly('linux-start', 790)];
    untouched = await monthly('linux-pro', 2890);
    after = await monthly('linux-pro', 2890);
    const draft = await staff.ok('POST', '/v1/admin/catalogue/editions', {
      ...{ title: 'Дороже', effectiveOn: '2023-07-01', existingOn: '2023-07-01', noticeDays: 30 },
      prices: [price('linux-start', 'plan', 890), price('dedicated-ip', 'component', 300)],
      inclusions: [],
    });
    editionId = draft.id;
    await staff.ok('POST', `/v1/admin/catalogue/editions/${editionId}/publish`, {});
    await shop.settle();
    expect(await letters(told)).toEqual(['с 10 июля 2023 продление стоит 890,00 ₽']);
    expect(await letters(untouched)).toEqual([]);
  });

  it('is told of at its purchase, with what the renewal costs with it', async () => {
    await shop.moveTo('2023-06-05T09:00:00Z');
    expect(await offered(told)).toEqual({ on: '2023-07-10', monthlyMinor: 300_00 });
    await buyAddress(told);
    await buyAddress(untouched);
    expect((await letters(told)).slice(1)).toEqual(['с 10 июля 2023 продление стоит 1 190,00 ₽']);
    expect(await letters(untouched)).toEqual(['с 10 июля 2023 продление стоит 3 190,00 ₽']);
  });

  it('keeps its price for one more renewal when it was bought too late for the notice', async () => {
    await shop.moveTo('2023-06-20T09:00:00Z');
    expect(await offered(late)).toEqual({ on: '2023-08-10', monthlyMinor: 300_00 });
    await buyAddress(late);
    expect((await letters(late)).slice(1)).toEqual([
      'с 10 августа 2023 продление стоит 1 190,00 ₽',
    ]);
  });

  it('is not told of who buys it at the new price, which was shown', async () => {
    await shop.moveTo('2023-07-02T09:00:00Z');
    expect(await offered(after)).toBeNull();
    await buyAddress(after);
    expect(await letters(after)).toEqual([]);
  });

  it('is renewed as the letters said, and as was foreseen', async () => {
    const all = [told, untouched, late, after];
    const [before, expected] = [await Promise.all(all.map(charged)), [] as string[][]];
    for (const one of all) expected.push(await foreseen(one, editionId));
    await shop.moveTo('2023-08-04T09:00:00Z');
    expect(await charged(told)).toEqual([
      ...['2023-06-10 790', '2023-07-10 890 + 300', '2023-08-10 890 + 300'],
    ]);
    expect(await charged(untouched)).toEqual([
      ...['2023-06-10 2890', '2023-07-10 2890 + 300', '2023-08-10 2890 + 300'],
    ]);
    expect(await charged(late)).toEqual([
      ...['2023-06-10 790', '2023-07-10 890 + 250', '2023-08-10 890 + 300'],
    ]);
    expect((await charged(after)).slice(1)).toEqual([
      ...['2023-07-10 2890 + 300', '2023-08-10 2890 + 300'],
    ]);
    for (const [index, one] of all.entries()) {
      expect(await charged(one)).toEqual([...(before[index] ?? []), ...(expected[index] ?? [])]);
    }
  });
});
