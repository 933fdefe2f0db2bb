import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
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

/** Written last. True when somebody outside of the run waits for what some transaction holds. */
export async function insertBatch(
  ctx: Ctx,
  runId: string,
  counts: RenewalCounts,
): Promise<boolean> {
  const { renewed, unpaid, locked, refused, setAside } = counts;
  const { rows } = await sql<{ isAwaited: boolean }>`
    insert into renewal_batch (run_id, id, renewed, unpaid, locked, refused, set_aside)
    values (${runId}, ${ctx.newId('rnb', 0)}, ${renewed}, ${unpaid}, ${locked}, ${refused},
      ${setAside})
    returning exists (
      select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
        and application_name <> ${AS_RUN}) as "isAwaited"`.execute(ctx.tx);
  return rows[0]?.isAwaited ?? false;
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
