import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordersAgenda, ordersJobs, ordersSubscribers } from '#domains/orders/index.ts';
import { subscriptionsAgenda } from '#domains/subscriptions/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { forecastsJobs } from './jobs.ts';

/** Where renewals are merged, a bill is paid as a whole or not at all: so it is in a simulation. */
let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let names = 0;

beforeAll(async () => {
  shop = await startShop({
    now: '2023-05-10T09:00:00Z',
    parts: {
      subscribers: ordersSubscribers,
      jobs: [...ordersJobs, ...forecastsJobs],
      agenda: [...subscriptionsAgenda, ...ordersAgenda],
    },
  });
  staff = await shop.staff();
  // Letters take time and change nothing of what is compared.
  await policyOf({ mergeRenewals: true, reminderDaysOfMonth: [] });
});
afterAll(() => shop.stop());

async function policyOf(change: object): Promise<void> {
  const { id } = shop.shops.operatorBrand;
  const { items } = await staff.ok('GET', '/v1/admin/collection-policies');
  const { policy } = items.find(({ brandId }: { brandId: string }) => brandId === id);
  const path = `/v1/admin/brands/${id}/collection-policy`;
  await staff.ok('PUT', path, { policy: { ...policy, ...change } });
  await shop.settle();
}

async function client(plans: string[], more: bigint): Promise<void> {
  const shopper = await shop.shopper();
  for (const planId of plans) {
    const cart = { productId: 'reseller-hosting-linux', planId, termMonths: 1 };
    const { totalMinor } = await shopper.ok('POST', '/v1/shop/quote', cart);
    await shop.fund(shopper, BigInt(totalMinor));
    const domainName = `purse-${(names += 1)}.example`;
    const bought = { expectedTotalMinor: totalMinor, payFromBalance: true };
    await shopper.ok('POST', '/v1/orders', { ...cart, domainName, ...bought });
  }
  await shop.settle();
  await shop.fund(shopper, more);
}

type Sum = { count: number; total: { minor: number } };
type Month = { month: string; invoiced: Sum; paid: Sum; suspended: number; deleted: number };

describe('a simulation of merged renewals that balances pay', () => {
  it('says what then is invoiced, paid, suspended and deleted, month by month', async () => {
    // One renewal of both and not a second; one of two packages; both, for ever.
    await client(['linux-start', 'linux-start'], 2_000_00n);
    await client(['linux-start', 'linux-start'], 1_000_00n);
    await client(['linux-start', 'linux-grow'], 50_000_00n);
    // Days up to a billing day first, then months from it: money for both parts and one month.
    await policyOf({ billingDay: { dayOfMonth: 25, wholeTermUnderDays: 0 } });
    await client(['linux-start', 'linux-start'], 2_000_00n);
    await staff.ok('POST', '/v1/admin/simulation', { months: 3, payers: 'balances' });
    await shop.settle();
    const { simulation } = await staff.ok('GET', '/v1/admin/simulation');
    const foreseen = simulation.currencies[0].months.map((one: Month) =>
      [
        one.month,
        ...[one.invoiced.count, one.invoiced.total.minor, one.paid.count, one.paid.total.minor],
        ...[one.suspended, one.deleted],
      ].join(' '),
    );
    await shop.moveTo('2023-08-10T08:59:59Z');
    expect(foreseen).toEqual(await happened());
  }, 60_000);
});

async function happened(): Promise<string[]> {
  const month = (at: string) => sql.raw(`to_char(${at} at time zone 'Europe/Moscow', 'YYYY-MM')`);
  const { rows } = await sql<{ text: string }>`
    with fact as (
      select ${month('placed_at')} as month, 'invoiced' as what, total_minor as minor
      from order_request where kind = 'renewal'
      union all select ${month('done_at')}, 'paid', total_minor
      from order_request where kind = 'renewal' and state = 'done'
      union all select ${month('at')}, name, 0 from event
      where name in ('subscription.suspended', 'subscription.deleted')
    )
    select concat_ws(' ', month,
      count(*) filter (where what = 'invoiced'), coalesce(sum(minor) filter (where what = 'invoiced'), 0),
      count(*) filter (where what = 'paid'), coalesce(sum(minor) filter (where what = 'paid'), 0),
      count(*) filter (where what = 'subscription.suspended'),
      count(*) filter (where what = 'subscription.deleted')) as text
    from fact group by month order by month`.execute(shop.runtime.db);
  return rows.map(({ text }) => text);
}
