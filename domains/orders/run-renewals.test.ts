import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outside } from '#platform/runtime.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { TURN } from './renewal-run-store.ts';
import { runRenewals } from './run-renewals.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let rich: { shopper: Shopper; id: string }[];
let poor: { shopper: Shopper; id: string };

let domains = 0;
async function monthly(): Promise<{ shopper: Shopper; id: string }> {
  const shopper = await shop.shopper();
  await shop.fund(shopper, 790_00n);
  const order = await shopper.ok('POST', '/v1/orders', {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName: `run-${(domains += 1)}.ru`,
    expectedTotalMinor: 790_00,
    payFromBalance: true,
  });
  return { shopper, id: order.subscriptionId };
}

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
  poor = await monthly();
  rich = [await monthly(), await monthly(), await monthly()];
  for (const { shopper } of rich) await shop.fund(shopper, 10_000_00n);
  await shop.moveTo('2023-06-02T06:00:00Z');
});
afterAll(() => shop.stop());

const ids = (): string[] => rich.map(({ id }) => id);
const runs = async () => (await staff.ok('GET', '/v1/admin/renewal-runs')).items;
const endOf = async ({ shopper, id }: { shopper: Shopper; id: string }): Promise<string> =>
  (await shopper.ok('GET', `/v1/subscriptions/${id}`)).periodEnd;

async function waitUntilOneWaits(db: Kysely<unknown>): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = 'stoika-renewals'
        and wait_event = 'advisory'`.execute(db);
    if (rows.length > 0) return;
  }
}

describe('a renewal run', () => {
  it('renews what is due and says of each that it did not renew why', async () => {
    expect(await runs()).toEqual([]);
    // One has ordered an add-on and not paid for it: its price was for the old period.
    const [first] = rich;
    await first?.shopper.ok('POST', `/v1/subscriptions/${first.id}/add-ons`, {
      componentId: 'dedicated-ip',
      expectedTotalMinor: (
        await first.shopper.ok('POST', `/v1/subscriptions/${first.id}/add-ons/quote`, {
          componentId: 'dedicated-ip',
        })
      ).totalMinor,
    });
    await shop.moveTo('2023-06-03T06:00:00Z');
    const [run] = await runs();
    expect(run).toMatchObject({
      state: 'done',
      renewed: 2,
      unpaid: 1,
      locked: 0,
      refused: 0,
      setAside: 1,
      remaining: 0,
    });
    expect(await Promise.all(rich.map(endOf))).toEqual(['2023-07-10', '2023-07-10', '2023-07-10']);
    expect(await endOf(poor)).toBe('2023-06-10');
    const path = `/v1/admin/renewal-runs/${run.id}`;
    expect(await staff.ok('GET', path)).toEqual(run);
    expect((await staff.ok('GET', `${path}/exceptions`)).items).toEqual([
      { subscriptionId: poor.id, outcome: 'unpaid', reason: 'balance-too-low' },
    ]);
    const orders = await first?.shopper.ok('GET', '/v1/orders');
    expect(
      orders.items.map((one: { kind: string; state: string }) => [one.kind, one.state]),
    ).toEqual(
      expect.arrayContaining([
        ['addon', 'cancelled'],
        ['renewal', 'done'],
      ]),
    );
  });

  it('that staff have paused renews nothing, while time goes on, until they resume it', async () => {
    await sql`insert into renewal_run (id, state, started_at)
      values ('rnr_00000000000000000000', 'running', now())`.execute(shop.runtime.db);
    const path = '/v1/admin/renewal-runs/rnr_00000000000000000000';
    expect(await staff.ok('POST', `${path}/pause`, {})).toMatchObject({ state: 'paused' });
    expect((await staff.call('POST', `${path}/pause`, {})).body.code).toBe(
      'renewal-run-not-running',
    );
    await shop.moveTo('2023-07-04T06:00:00Z');
    expect(await Promise.all(rich.map(endOf))).toEqual(['2023-07-10', '2023-07-10', '2023-07-10']);
    expect(await staff.ok('GET', path)).toMatchObject({ state: 'paused', remaining: 3 });
    expect(await staff.ok('POST', `${path}/resume`, {})).toMatchObject({ state: 'running' });
    await shop.moveTo('2023-07-04T06:00:01Z');
    expect(await Promise.all(rich.map(endOf))).toEqual(['2023-08-10', '2023-08-10', '2023-08-10']);
    expect(await staff.ok('GET', path)).toMatchObject({ state: 'done', remaining: 0, renewed: 3 });
    expect((await staff.call('POST', `${path}/resume`, {})).body.code).toBe(
      'renewal-run-not-paused',
    );
  });

  it('is the operator’s matter alone', async () => {
    const reseller = await shop.staff('northbyte.localhost');
    expect((await reseller.call('GET', '/v1/admin/renewal-runs')).status).toBe(403);
  });

  it('takes turns with others while people are about, who need processors too', async () => {
    await shop.moveTo('2023-08-02T06:00:00Z');
    shop.clock.set(Temporal.Instant.from('2023-08-03T06:00:00Z'));
    const asked = { batchSize: 1, lanes: 1, alone: () => Promise.reject(new Error('set aside')) };
    const renewed = async (db: Kysely<unknown>): Promise<number> => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from subscription
        where period_end = '2023-09-10' and id = any(${ids()})`.execute(db);
      return rows[0]?.count ?? 0;
    };
    await shop.runtime.db.connection().execute(async (session) => {
      await sql`begin`.execute(session); // somebody is about
      await sql`select pg_advisory_xact_lock(${TURN})`.execute(session); // and a batch under way
      const running = runRenewals(outside(shop.runtime, { kind: 'system', name: 'run' }), asked);
      await waitUntilOneWaits(shop.runtime.db);
      expect(await renewed(session)).toBe(1); // it saw them when it had written its first
      await sql`commit`.execute(session);
      expect(await running).toBe(3);
    });
    expect(await renewed(shop.runtime.db)).toBe(3);
    await shop.moveTo('2023-08-03T06:00:01Z');
  });

  it('goes on past a package that cannot be renewed at all, and says what failed', async () => {
    const broken = rich[1];
    if (!broken) throw new Error('nobody');
    // Its next period stands there already, which nothing but a defect could have caused.
    await sql`insert into subscription_period
      select branch_id, subscription_id, period_end, period_end + 31, 1, null, paid_at
      from subscription_period where subscription_id = ${broken.id}
      order by period_start desc limit 1`.execute(shop.runtime.db);
    await shop.moveTo('2023-09-03T06:00:00Z');
    const [run] = await runs();
    const { items } = await staff.ok('GET', `/v1/admin/renewal-runs/${run.id}/exceptions`);
    expect(items).toEqual([
      {
        subscriptionId: broken.id,
        outcome: 'failed',
        reason: '1 of 1 boundaries were paid for before',
      },
    ]);
    const others = rich.filter((one) => one !== broken);
    expect(await Promise.all(others.map(endOf))).toEqual(['2023-10-10', '2023-10-10']);
  });
});
