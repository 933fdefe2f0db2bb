import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { AS_POOL } from '#platform/database/database.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { RenewalCounts, RenewalException, RenewalRun, RunState } from './renewal-run.ts';

type RunRow = Omit<RenewalRun, 'counts' | 'seconds'> & RenewalCounts & { seconds: number };

const RUN = sql`
  select n.id, n.state, n.started_at as "startedAt", n.finished_at as "finishedAt",
    coalesce(sum(b.renewed), 0)::int as renewed, coalesce(sum(b.unpaid), 0)::int as unpaid,
    coalesce(sum(b.locked), 0)::int as locked, coalesce(sum(b.refused), 0)::int as refused,
    coalesce(sum(b.set_aside), 0)::int as "setAside",
    coalesce(extract(epoch from max(b.written_at) - min(b.written_at)), 0)::float8 as seconds
  from renewal_run n left join renewal_batch b on b.run_id = n.id`;

function runOf({ id, state, startedAt, finishedAt, seconds, ...counts }: RunRow): RenewalRun {
  return { id, state, startedAt, finishedAt, seconds, counts };
}

/** The latest runs, newest first; one more than `limit` when there are more. */
export async function selectRuns(
  ctx: Ctx,
  page: { before?: string | undefined; limit: number },
): Promise<RenewalRun[]> {
  const { rows } = await sql<RunRow>`
    ${RUN} where ${page.before ?? null}::text is null or n.id < ${page.before ?? null}
    group by n.id order by n.id desc limit ${page.limit + 1}`.execute(ctx.tx);
  return rows.map(runOf);
}

export async function selectRun(ctx: Ctx, id: string): Promise<RenewalRun | null> {
  const { rows } = await sql<RunRow>`${RUN} where n.id = ${id} group by n.id`.execute(ctx.tx);
  return rows[0] ? runOf(rows[0]) : null;
}

/** The run that is not done, of which there is one at most. */
export async function selectOpenRun(ctx: Ctx): Promise<{ id: string; state: RunState } | null> {
  const { rows } = await sql<{ id: string; state: RunState }>`
    select id, state from renewal_run where state <> 'done'`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** Begins a run unless another process has just done so. */
export async function insertRun(ctx: Ctx, id: string): Promise<void> {
  await sql`
    insert into renewal_run (id, state, started_at) values (${id}, 'running', ${ctx.now})
    on conflict do nothing`.execute(ctx.tx);
}

/** False when the run was not in that state. */
export async function moveRun(
  ctx: Ctx,
  id: string,
  from: RunState,
  to: RunState,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update renewal_run set state = ${to}, finished_at = ${to === 'done' ? ctx.now : null}
    where id = ${id} and state = ${from}`.execute(ctx.tx);
  return numAffectedRows === 1n;
}

/** The name under which PostgreSQL lists a transaction that works on a run. */
const AS_RUN = 'stoika-renewals';

/** `selectOpenRun` for a transaction that works on it. */
export async function joinOpenRun(ctx: Ctx): Promise<{ id: string; state: RunState } | null> {
  const { rows } = await sql<{ id: string; state: RunState }>`
    select id, state, set_config('application_name', ${AS_RUN}, true) from renewal_run
    where state <> 'done'`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** Any constant will do: it only has to be the same in every process that renews. */
export const TURN = 727_005;

/** Waits until no other batch that takes turns is under way, and keeps them waiting to its end. */
export async function takeTurn(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TURN})`.execute(ctx.tx);
}

/**
 * Who else is there. `isAwaited`: somebody outside of the run waits for what some transaction holds.
 * `isCrowded`: somebody was served within the last quarter of a second, over a connection that no
 * batch went over lately.
 */
export type Others = { isAwaited: boolean; isCrowded: boolean };

/** Written last. Connections are looked at once in a transaction, for PostgreSQL keeps the picture. */
export async function insertBatch(ctx: Ctx, runId: string, counts: RenewalCounts): Promise<Others> {
  const { renewed, unpaid, locked, refused, setAside } = counts;
  const { rows } = await sql<Others>`
    with others as materialized (
      select * from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name <> ${AS_RUN}
    ), ours as materialized (
      select pid from renewal_batch where run_id = ${runId} order by id desc limit 32
    )
    insert into renewal_batch (run_id, id, renewed, unpaid, locked, refused, set_aside)
    values (${runId}, ${ctx.newId('rnb', 0)}, ${renewed}, ${unpaid}, ${locked}, ${refused},
      ${setAside})
    returning exists (select from others where wait_event_type = 'Lock') as "isAwaited",
      exists (
        select from others o
        where o.application_name = ${AS_POOL} and not exists (select from ours where pid = o.pid)
          and (o.state <> 'idle' or o.state_change > clock_timestamp() - interval '250 ms')
      ) as "isCrowded"`.execute(ctx.tx);
  return rows[0] ?? { isAwaited: false, isCrowded: false };
}

/** A subscription has one exception in a run: the last. */
export async function upsertExceptions(
  ctx: Ctx,
  runId: string,
  exceptions: readonly RenewalException[],
): Promise<void> {
  if (exceptions.length === 0) return;
  const rows = exceptions.map(({ subscriptionId, outcome, reason }) => ({
    branch: branchOf(subscriptionId),
    id: subscriptionId,
    outcome,
    reason: reason.slice(0, 500),
  }));
  const types = { branch: 'int4', id: 'text', outcome: 'text', reason: 'text' };
  await sql`
    insert into renewal_exception (branch_id, run_id, subscription_id, outcome, reason)
    select r.branch, ${runId}, r.id, r.outcome, r.reason from ${rowsOf(types, rows)}
    on conflict (branch_id, run_id, subscription_id)
      do update set outcome = excluded.outcome, reason = excluded.reason`.execute(ctx.tx);
}

export async function selectExceptions(
  ctx: Ctx,
  runId: string,
  page: { after?: string | undefined; limit: number },
): Promise<RenewalException[]> {
  const { rows } = await sql<RenewalException>`
    select subscription_id as "subscriptionId", outcome, reason from renewal_exception
    where run_id = ${runId} and subscription_id > ${page.after ?? ''}
    order by subscription_id limit ${page.limit + 1}`.execute(ctx.tx);
  return rows;
}
