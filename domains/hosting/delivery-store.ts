import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import type { Delivery, DeliveryStep } from './delivery.ts';
import type { DeliveryKind, DeliveryState } from './delivery-words.ts';

type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  subscription_id: string;
  entitlement_id: string | null;
  component_id: string | null;
  order_id: string | null;
  domain_name: string;
  kind: DeliveryKind;
  cause: string;
  state: DeliveryState;
  waits_for: Delivery['waitsFor'];
  steps: readonly DeliveryStep[];
  attempts: number;
  next_attempt_at: Temporal.Instant | null;
  error_code: string | null;
  last_error: string | null;
  created_at: Temporal.Instant;
  started_at: Temporal.Instant | null;
  finished_at: Temporal.Instant | null;
};

type Tables = { delivery: Row };

function toDelivery(row: Row): Delivery {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    subscriptionId: row.subscription_id,
    entitlementId: row.entitlement_id,
    componentId: row.component_id,
    orderId: row.order_id,
    domainName: row.domain_name,
    kind: row.kind,
    cause: row.cause,
    state: row.state,
    waitsFor: row.waits_for,
    steps: row.steps,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    errorCode: row.error_code,
    lastError: row.last_error,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

function toRow(delivery: Delivery) {
  return {
    branch_id: delivery.branch,
    id: delivery.id,
    brand_id: delivery.brandId,
    seller_id: delivery.sellerId,
    client_id: delivery.clientId,
    subscription_id: delivery.subscriptionId,
    entitlement_id: delivery.entitlementId,
    component_id: delivery.componentId,
    order_id: delivery.orderId,
    domain_name: delivery.domainName,
    kind: delivery.kind,
    cause: delivery.cause,
    state: delivery.state,
    waits_for: delivery.waitsFor,
    steps: jsonb(delivery.steps),
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt,
    error_code: delivery.errorCode,
    last_error: delivery.lastError,
    created_at: delivery.createdAt,
    started_at: delivery.startedAt,
    finished_at: delivery.finishedAt,
  };
}

/** Writes a new delivery; false when its cause has one already. */
export async function insertDeliveryOnce(ctx: Ctx, delivery: Delivery): Promise<boolean> {
  const inserted = await tablesOf<Tables>(ctx.tx)
    .insertInto('delivery')
    .values(toRow(delivery))
    .onConflict((conflict) => conflict.constraint('delivery_once_per_cause').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateDelivery(ctx: Ctx, delivery: Delivery): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('delivery')
    .set(toRow(delivery))
    .where('branch_id', '=', delivery.branch)
    .where('id', '=', delivery.id)
    .execute();
}

export async function selectDelivery(ctx: Ctx, id: string): Promise<Delivery | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('delivery')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

/** Everything delivered or to be delivered to a subscription, oldest first. */
export async function deliveriesOf(ctx: Ctx, subscriptionId: string): Promise<Delivery[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('delivery')
    .selectAll()
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .orderBy('id')
    .execute();
  return rows.map(toDelivery);
}

export type DeliveryFilter = {
  brandIds: readonly string[];
  state?: DeliveryState;
  kind?: DeliveryKind;
  subscriptionId?: string;
  clientId?: string;
  /** Part of the domain. */
  search?: string;
  cursor?: string;
  limit: number;
};

/** Newest first, one row more than `limit`. */
export async function selectDeliveries(ctx: Ctx, filter: DeliveryFilter): Promise<Delivery[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('delivery')
    .selectAll()
    .where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : [''])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.subscriptionId) query = query.where('subscription_id', '=', filter.subscriptionId);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  if (filter.search) {
    const part = `%${likeText(filter.search.toLowerCase())}%`;
    query = query.where('domain_name', 'like', part);
  }
  return (await query.execute()).map(toDelivery);
}

/**
 * The first moment at which some lane can go on: a delivery is due, and nobody is still at work
 * in its lane.
 */
export async function firstDeliveryAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(greatest(delivery.next_attempt_at, lane.held_until)) as at
    from delivery join delivery_lane lane using (branch_id, subscription_id)
    where delivery.next_attempt_at is not null`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

/** Subscriptions with something to do now, the longest waiting first. */
export async function dueLanes(ctx: Ctx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ subscription_id: string }>`
    select subscription_id from delivery join delivery_lane lane using (branch_id, subscription_id)
    where delivery.next_attempt_at <= ${ctx.now}
      and (lane.held_until is null or lane.held_until <= ${ctx.now})
    group by subscription_id order by min(delivery.next_attempt_at) limit ${limit}
  `.execute(ctx.tx);
  return rows.map((row) => row.subscription_id);
}
