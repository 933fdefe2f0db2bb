import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { findings } from '#app/verify.ts';
import { DEMO_PASSWORD } from '#domains/identity/index.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { HttpVisitor } from '#test/harness/http-visitor.ts';
import type { Diary } from './live-as-client.ts';
import { readVendorBooks } from './vendor-books.ts';

/** Work that has not come to its end, by kind; staff's own queues are no such work. */
async function unsettled(runtime: Runtime, dataDir: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ what: string; count: number }>`
    select 'jobs' as what, count(*)::int as count from pgboss.job
      where name in ('work', 'outside', 'hooks') and state in ('created', 'retry', 'active')
    union all select 'licences', count(*)::int from licence where state in ('issuing', 'deleting')
    union all select 'deliveries', count(*)::int from delivery where state in ('waiting', 'running')
    union all select 'accounts', count(*)::int from hosting_account where wanted <> applied
    union all select 'mail', count(*)::int from message where state = 'queued'
    union all select 'payments', count(*)::int from payment
      where gateway_id = 'sandbox-card' and state in ('starting', 'pending')
        and id = any(${[...readVendorBooks(dataDir).captured.keys()]})`.execute(runtime.db);
  return Object.fromEntries(
    rows.filter((row) => row.count > 0).map((row) => [row.what, row.count]),
  );
}

export async function leftToStaff(runtime: Runtime): Promise<Record<string, number>> {
  const { rows } = await sql<{ what: string; count: number }>`
    select format('orders locked: %s', lock_reason) as what, count(*)::int as count
      from order_request where state = 'locked' group by 1
    union all select format('deliveries refused: %s', error_code), count(*)::int
      from delivery where state = 'failed' group by 1
    union all select 'jobs failed', count(*)::int
      from pgboss.job where state = 'failed' having count(*) > 0`.execute(runtime.db);
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}

/**
 * Lets all that was begun come to its end, moving the sandbox's clock past leases and pauses as
 * staff may. Tells what is still under way when the time is up.
 */
export async function letSettle(
  url: string,
  runtime: Runtime,
  dataDir: string,
  withinMs: number,
): Promise<Record<string, number>> {
  const staff = new HttpVisitor({ url });
  await staff.call('POST', '/v1/session', { email: 'owner@stoika.test', password: DEMO_PASSWORD });
  const endsAt = performance.now() + withinMs;
  for (;;) {
    const { body } = await staff.call('GET', '/v1/admin/clock');
    const isMoving = body.move?.state === 'running';
    const left = isMoving ? { 'clock moves': 1 } : await unsettled(runtime, dataDir);
    const isLate = performance.now() > endsAt;
    if (Object.keys(left).length === 0 || isLate) {
      staff.close();
      return left;
    }
    if (!isMoving) await staff.call('POST', '/v1/admin/clock/move', { toNextEvent: true });
    await pause(200);
  }
}

/** Everything that is wrong, in words; nothing is what we want. */
export async function judge(
  runtime: Runtime,
  dataDir: string,
  diaries: readonly Diary[],
): Promise<string[]> {
  return [
    ...(await wrongInBooks(runtime)),
    ...(await wrongAtSupplier(runtime, dataDir)),
    ...(await wrongAtGateway(runtime, dataDir)),
    ...(await unfinishedOrders(runtime)),
    ...(await wrongForClients(runtime, diaries)),
  ];
}

async function wrongInBooks(runtime: Runtime): Promise<string[]> {
  const found = await transact(runtime, { kind: 'system', name: 'verify' }, findings);
  return found.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
}

/** Exactly one live key for each active licence, and none for anything else. */
async function wrongAtSupplier(runtime: Runtime, dataDir: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select licence_key as key from licence where state = 'active'`.execute(runtime.db);
  const ours = new Set(rows.map(({ key }) => key));
  const theirs = new Set(readVendorBooks(dataDir).liveKeys);
  return [
    ...[...ours].filter((key) => !theirs.has(key)).map((key) => `${key} is dead at the supplier`),
    ...[...theirs].filter((key) => !ours.has(key)).map((key) => `${key} is paid for and unused`),
  ];
}

async function wrongAtGateway(runtime: Runtime, dataDir: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; minor: bigint }>`
    select id, received_minor as minor from payment
    where gateway_id = 'sandbox-card' and state = 'succeeded'`.execute(runtime.db);
  const booked = new Map(rows.map(({ id, minor }) => [id, minor]));
  const { captured } = readVendorBooks(dataDir);
  const all = new Set([...booked.keys(), ...captured.keys()]);
  return [...all]
    .filter((id) => booked.get(id) !== captured.get(id))
    .map((id) => `${id}: captured ${captured.get(id)}, booked ${booked.get(id)}`);
}

/** An order is done, cancelled, waits for money or a wallet, or for staff to whom a vendor said no. */
async function unfinishedOrders(runtime: Runtime): Promise<string[]> {
  const { rows } = await sql<{ id: string; kind: string; what: string | null }>`
    select o.id, o.kind, (
      select string_agg(format('%s %s %s %s', d.kind, d.state, d.error_code, d.last_error), '; ')
      from delivery d where d.branch_id = o.branch_id and d.order_id = o.id and d.state <> 'done'
    ) as what
    from order_request o where o.state = 'delivering' and not exists (
      select from delivery d
      where d.branch_id = o.branch_id and d.order_id = o.id and d.state = 'failed')
  `.execute(runtime.db);
  return rows.map(({ id, kind, what }) => `${id} (${kind}) is still being delivered: ${what}`);
}

/** What each client was told stands: its orders, no others, at the prices agreed to. */
async function wrongForClients(runtime: Runtime, diaries: readonly Diary[]): Promise<string[]> {
  const { rows: orders } = await sql<{
    id: string;
    client: string;
    minor: bigint;
    revision: number;
  }>`
    select o.id, c.name as client, o.total_minor as minor, o.revision
    from order_request o join client c on c.branch_id = o.branch_id and c.id = o.client_id
    where o.origin = 'client'`.execute(runtime.db);
  const { rows: licences } = await sql<{ id: string; state: string }>`
    select id, state from licence`.execute(runtime.db);
  return diaries.flatMap(({ client, agreed, deletedLicenceIds }) => {
    const placed = orders.filter((one) => one.client === client.name);
    const gone = new Set(licences.filter(({ state }) => state === 'deleted').map(({ id }) => id));
    return [
      ...placed
        .filter(({ id }) => !agreed.has(id))
        .map(({ id }) => `${client.name} never ordered ${id}`),
      // A renewal is priced anew when what it renews changes before it is paid.
      ...[...agreed]
        .filter(([id, minor]) => {
          const order = placed.find((one) => one.id === id);
          return !order || (order.revision === 0 && order.minor !== BigInt(minor));
        })
        .map(([id, minor]) => `${client.name} ordered ${id} for ${minor}, it is not so`),
      ...deletedLicenceIds
        .filter((id) => !gone.has(id))
        .map((id) => `${client.name} deleted ${id}, it is not gone`),
    ];
  });
}
