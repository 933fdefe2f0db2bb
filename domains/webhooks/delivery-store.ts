import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { WebhookDelivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';
import type { DeliveryState, PostError } from './webhook-words.ts';

type Row = {
  branch_id: number;
  id: string;
  endpoint_id: string;
  message_id: string;
  event: string;
  body: string;
  state: DeliveryState;
  created_at: Temporal.Instant;
  attempts: number;
  first_attempt_at: Temporal.Instant | null;
  last_attempt_at: Temporal.Instant | null;
  next_attempt_at: Temporal.Instant | null;
  status: number | null;
  answer: string | null;
  error: PostError | null;
  took_ms: number | null;
};

type Tables = { webhook_delivery: Row };
type Place = Pick<Endpoint, 'branch' | 'id'>;

function toDelivery(row: Row): WebhookDelivery {
  return {
    id: row.id,
    branch: row.branch_id,
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    event: row.event,
    body: row.body,
    state: row.state,
    createdAt: row.created_at,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
    status: row.status,
    answer: row.answer,
    error: row.error,
    tookMs: row.took_ms,
  };
}

export type NewDelivery = Pick<WebhookDelivery, 'branch' | 'endpointId' | 'messageId'> & {
  event: string;
  body: string;
};

const COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  endpoint_id: 'text',
  message_id: 'text',
  event: 'text',
  body: 'text',
};

/** Writes what is to be sent, each message once to each endpoint; gives their ids. */
export async function insertDeliveries(
  ctx: Ctx,
  deliveries: readonly NewDelivery[],
): Promise<string[]> {
  const rows = deliveries.map((one) => ({
    branch_id: one.branch,
    id: ctx.newId('whd', one.branch),
    endpoint_id: one.endpointId,
    message_id: one.messageId,
    event: one.event,
    body: one.body,
  }));
  await sql`
    insert into webhook_delivery (branch_id, id, endpoint_id, message_id, event, body, state,
      created_at, attempts, next_attempt_at)
    select branch_id, id, endpoint_id, message_id, event, body, 'queued', ${ctx.now}, 0, ${ctx.now}
    from ${rowsOf(COLUMNS, rows)}
    on conflict (branch_id, endpoint_id, message_id) do nothing`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

export async function selectDelivery(ctx: Ctx, id: string): Promise<WebhookDelivery | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

/** Newest first; one row more than `limit`. */
export async function deliveriesOf(
  ctx: Ctx,
  { branch, id }: Place,
  filter: { state?: DeliveryState; event?: string; cursor?: string; limit: number },
): Promise<WebhookDelivery[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('endpoint_id', '=', id)
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.event) query = query.where('event', '=', filter.event);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  return (await query.execute()).map(toDelivery);
}

/** What is to be sent to an endpoint first: what has been due longest. */
export async function firstDueOf(ctx: Ctx, { branch, id }: Place): Promise<WebhookDelivery | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('endpoint_id', '=', id)
    .where('state', '=', 'queued')
    .where('next_attempt_at', '<=', ctx.now)
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

export async function updateDelivery(ctx: Ctx, delivery: WebhookDelivery): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('webhook_delivery')
    .set({
      state: delivery.state,
      attempts: delivery.attempts,
      first_attempt_at: delivery.firstAttemptAt,
      last_attempt_at: delivery.lastAttemptAt,
      next_attempt_at: delivery.nextAttemptAt,
      status: delivery.status,
      answer: delivery.answer,
      error: delivery.error,
      took_ms: delivery.tookMs,
    })
    .where('branch_id', '=', delivery.branch)
    .where('id', '=', delivery.id)
    .execute();
}

/** Nobody answers there: what is due waits too, and no try of it is counted. */
export async function postponeDue(
  ctx: Ctx,
  { branch, id }: Place,
  until: Temporal.Instant,
): Promise<void> {
  await sql`
    update webhook_delivery set next_attempt_at = ${until}
    where branch_id = ${branch} and endpoint_id = ${id} and state = 'queued'
      and next_attempt_at <= ${ctx.now}`.execute(ctx.tx);
}

/** Gives up what still waits for an endpoint that is off. */
export async function giveUpQueued(ctx: Ctx, { branch, id }: Place): Promise<void> {
  await sql`
    update webhook_delivery set state = 'failed', next_attempt_at = null,
      error = coalesce(error, 'endpoint-off')
    where branch_id = ${branch} and endpoint_id = ${id} and state = 'queued'`.execute(ctx.tx);
}

export async function earliestDue(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_delivery')
    .select((select) => select.fn.min('next_attempt_at').as('at'))
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Endpoints for which something is due and to which nobody is sending. */
export async function endpointsDue(ctx: Ctx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct e.id from webhook_delivery d
    join webhook_endpoint e on e.branch_id = d.branch_id and e.id = d.endpoint_id
    where d.state = 'queued' and d.next_attempt_at <= ${ctx.now}
      and (e.busy_until is null or e.busy_until < now())
    order by e.id limit ${limit}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

export async function oldestSettledAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_delivery')
    .select((select) => select.fn.min('created_at').as('at'))
    .where('state', '<>', 'queued')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Forgets what was settled and is older; tells how many. */
export async function forgetBefore(
  ctx: Ctx,
  before: Temporal.Instant,
  limit: number,
): Promise<number> {
  const { rows } = await sql`
    delete from webhook_delivery d using (
      select branch_id, id from webhook_delivery
      where state <> 'queued' and created_at < ${before} limit ${limit}
    ) old
    where d.branch_id = old.branch_id and d.id = old.id returning d.id`.execute(ctx.tx);
  return rows.length;
}
