import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';

export type ClockMove = {
  id: string;
  fromAt: Temporal.Instant;
  toAt: Temporal.Instant;
  reachedAt: Temporal.Instant;
  stops: number;
  state: 'running' | 'done' | 'failed';
  startedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  error: string | null;
};

type Tables = {
  clock_move: {
    id: string;
    from_at: Temporal.Instant;
    to_at: Temporal.Instant;
    reached_at: Temporal.Instant;
    stops: number;
    state: ClockMove['state'];
    requested_by: string;
    started_at: Temporal.Instant;
    finished_at: Temporal.Instant | null;
    error: string | null;
  };
  audit_entry: {
    id: string;
    at: Temporal.Instant;
    operation: string;
    actor_kind: string;
    actor_id: string | null;
    brand_id: string | null;
    subject_id: string | null;
    address: string | null;
    request_id: string;
    input: unknown;
  };
};

export type AuditRow = Tables['audit_entry'];

export async function insertClockMove(
  ctx: Ctx,
  move: { id: string; toAt: Temporal.Instant; requestedBy: string },
): Promise<void> {
  await sql`
    insert into clock_move (id, from_at, to_at, reached_at, state, requested_by)
    values (${move.id}, ${ctx.now}, ${move.toAt}, ${ctx.now}, 'running', ${move.requestedBy})
  `.execute(ctx.tx);
}

/** The move under way, or the last one. */
export async function latestClockMove(ctx: Ctx): Promise<ClockMove | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('clock_move')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    fromAt: row.from_at,
    toAt: row.to_at,
    reachedAt: row.reached_at,
    stops: row.stops,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: row.error,
  };
}

export async function noteClockStop(ctx: Ctx, id: string, at: Temporal.Instant): Promise<void> {
  await sql`update clock_move set stops = stops + 1, reached_at = ${at}
    where id = ${id}`.execute(ctx.tx);
}

export async function finishClockMove(ctx: Ctx, id: string, error: string | null): Promise<void> {
  await sql`
    update clock_move set state = ${error === null ? 'done' : 'failed'}, error = ${error},
      reached_at = ${ctx.now}, finished_at = now()
    where id = ${id}`.execute(ctx.tx);
}

export type AuditFilter = {
  brandIds: readonly string[];
  subjectId?: string;
  actorId?: string;
  actorKind?: string;
  /** A whole name, or the beginning of one. */
  operation?: string;
  cursor?: string;
  limit: number;
};

export async function selectAudit(ctx: Ctx, filter: AuditFilter): Promise<AuditRow[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('audit_entry')
    .select([
      'id',
      'at',
      'operation',
      'actor_kind',
      'actor_id',
      'brand_id',
      'subject_id',
      'address',
      'request_id',
      'input',
    ])
    .where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : [''])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId);
  if (filter.actorKind) query = query.where('actor_kind', '=', filter.actorKind);
  if (filter.operation) {
    const beginning = likeText(filter.operation);
    query = query.where('operation', 'like', `${beginning}%`);
  }
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  return query.execute();
}

export type QueuedJob = {
  id: string;
  queue: string;
  name: string;
  state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
  retryCount: number;
  createdAt: Temporal.Instant;
  startAfter: Temporal.Instant;
  error: string | null;
};

/** What waits, runs and has failed, newest first. The queue's own schema holds it (pg-boss 12). */
export async function selectJobs(
  ctx: Ctx,
  filter: { state?: QueuedJob['state']; limit: number },
): Promise<QueuedJob[]> {
  const { rows } = await sql<{
    id: string;
    queue: string;
    label: string;
    state: QueuedJob['state'];
    retry_count: number;
    created_on: Temporal.Instant;
    start_after: Temporal.Instant;
    error: string | null;
  }>`
    select id::text, name as queue, state::text as state, retry_count, created_on, start_after,
      coalesce(data ->> 'subscriber', data ->> 'name', name) as label,
      output ->> 'message' as error
    from pgboss.job
    where name in ('work', 'outside', 'hooks') and (${filter.state ?? null}::text is null
      or state::text = ${filter.state ?? null})
    order by created_on desc limit ${filter.limit}`.execute(ctx.tx);
  return rows.map((row) => ({
    id: row.id,
    queue: row.queue,
    name: row.label,
    state: row.state,
    retryCount: row.retry_count,
    createdAt: row.created_on,
    startAfter: row.start_after,
    error: row.error,
  }));
}

export async function countJobs(ctx: Ctx): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state::text as state, count(*)::int as n from pgboss.job
    where name in ('work', 'outside', 'hooks') group by state`.execute(ctx.tx);
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** Puts a failed job back in the queue; false when there is no such failed job. */
export async function requeueJob(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`
    update pgboss.job set state = 'created', retry_count = 0, start_after = now(),
      started_on = null, completed_on = null
    where id = ${id}::uuid and name in ('work', 'outside', 'hooks') and state::text = 'failed'
    returning id`.execute(ctx.tx);
  return rows.length > 0;
}
