import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import type { ColumnTypes } from '#platform/database/rows.ts';
import { insertRows, rowsOf, updateRows } from '#platform/database/rows.ts';
import type { Order } from './order.ts';
import type { CancelCause, OrderKind, OrderOrigin, OrderState } from './order-words.ts';
import type { Recipe } from './recipe.ts';
import { RecipeShape } from './recipe.ts';

export type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  kind: OrderKind;
  state: OrderState;
  origin: OrderOrigin;
  subscription_id: string;
  period_start: Temporal.PlainDate | null;
  invoice_id: string | null;
  merged_id: string | null;
  revision: number;
  quote_hash: string;
  currency: string;
  total_minor: bigint;
  title: { ru: string; en: string };
  domain_name: string;
  recipe: Recipe;
  promo_id: string | null;
  placed_at: Temporal.Instant;
  expires_at: Temporal.Instant | null;
  locked_at: Temporal.Instant | null;
  waits_for_seller_id: string | null;
  lock_reason: string | null;
  done_at: Temporal.Instant | null;
  cancelled_at: Temporal.Instant | null;
  cancelled_for: CancelCause | null;
};

type Tables = { order_request: Row };

export function toOrder(row: Row): Order {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    kind: row.kind,
    state: row.state,
    origin: row.origin,
    subscriptionId: row.subscription_id,
    periodStart: row.period_start,
    invoiceId: row.invoice_id,
    mergedId: row.merged_id,
    revision: row.revision,
    quoteHash: row.quote_hash,
    currency: row.currency,
    totalMinor: row.total_minor,
    title: row.title,
    domainName: row.domain_name,
    recipe: RecipeShape.parse(row.recipe),
    promoId: row.promo_id,
    placedAt: row.placed_at,
    expiresAt: row.expires_at,
    lockedAt: row.locked_at,
    waitsForSellerId: row.waits_for_seller_id,
    lockReason: row.lock_reason,
    doneAt: row.done_at,
    cancelledAt: row.cancelled_at,
    cancelledFor: row.cancelled_for,
  };
}

function toRow(order: Order): Row {
  return {
    branch_id: order.branch,
    id: order.id,
    brand_id: order.brandId,
    seller_id: order.sellerId,
    client_id: order.clientId,
    kind: order.kind,
    state: order.state,
    origin: order.origin,
    subscription_id: order.subscriptionId,
    period_start: order.periodStart,
    invoice_id: order.invoiceId,
    merged_id: order.mergedId,
    revision: order.revision,
    quote_hash: order.quoteHash,
    currency: order.currency,
    total_minor: order.totalMinor,
    title: order.title,
    domain_name: order.domainName,
    recipe: order.recipe,
    promo_id: order.promoId,
    placed_at: order.placedAt,
    expires_at: order.expiresAt,
    locked_at: order.lockedAt,
    waits_for_seller_id: order.waitsForSellerId,
    lock_reason: order.lockReason,
    done_at: order.doneAt,
    cancelled_at: order.cancelledAt,
    cancelled_for: order.cancelledFor,
  };
}

const COLUMNS: ColumnTypes<Row> = {
  branch_id: 'int4',
  id: 'text',
  brand_id: 'text',
  seller_id: 'text',
  client_id: 'text',
  kind: 'text',
  state: 'text',
  origin: 'text',
  subscription_id: 'text',
  period_start: 'date',
  invoice_id: 'text',
  merged_id: 'text',
  revision: 'int4',
  quote_hash: 'text',
  currency: 'text',
  total_minor: 'int8',
  title: 'jsonb',
  domain_name: 'text',
  recipe: 'jsonb',
  promo_id: 'text',
  placed_at: 'timestamptz',
  expires_at: 'timestamptz',
  locked_at: 'timestamptz',
  waits_for_seller_id: 'text',
  lock_reason: 'text',
  done_at: 'timestamptz',
  cancelled_at: 'timestamptz',
  cancelled_for: 'text',
};

export async function insertOrders(ctx: Ctx, orders: readonly Order[]): Promise<void> {
  await insertRows(ctx.tx, 'order_request', COLUMNS, orders.map(toRow));
}

export async function updateOrder(ctx: Ctx, order: Order): Promise<void> {
  await updateRows(ctx.tx, 'order_request', COLUMNS, ['branch_id', 'id'], [toRow(order)]);
}

export async function selectOrder(ctx: Ctx, id: string): Promise<Order | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toOrder(row) : null;
}

/**
 * The same, held until the transaction ends. Rows are always held in one order: the subscription,
 * its order, the invoice, accounts.
 */
export async function lockOrder(ctx: Ctx, id: string): Promise<Order | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toOrder(row) : null;
}

const OPEN = ['awaiting-payment', 'locked', 'delivering'] as const;

/** Orders of one subscription that are neither done nor cancelled, oldest first. */
export async function selectOpenOrders(ctx: Ctx, subscriptionId: string): Promise<Order[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .selectAll()
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .where('state', 'in', OPEN)
    .orderBy('id')
    .execute();
  return rows.map(toOrder);
}

/** Which of these subscriptions have such orders. */
export async function selectOrdered(
  ctx: Ctx,
  subscriptions: readonly { branch: number; id: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select r.id from ${rowsOf({ branch: 'int4', id: 'text' }, subscriptions)}
    where exists (
      select from order_request o
      where o.branch_id = r.branch and o.subscription_id = r.id and o.state = any(${[...OPEN]}))
  `.execute(ctx.tx);
  return new Set(rows.map(({ id }) => id));
}

/** Those of the orders that may still be carried out: unpaid or locked. */
export async function selectToCarryOut(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const asked = ids.map((id) => ({ branch: branchOf(id), id }));
  const { rows } = await sql<{ id: string }>`
    select o.id from ${rowsOf({ branch: 'int4', id: 'text' }, asked)}
    join order_request o on o.branch_id = r.branch and o.id = r.id
    where o.state in ('awaiting-payment', 'locked') order by o.id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

export type OrderFilter = {
  branch?: number;
  clientId?: string;
  sellerIds?: readonly string[];
  subscriptionId?: string;
  state?: OrderState | undefined;
  /** Part of the domain name, or the whole id. */
  search?: string;
  before?: string;
  limit: number;
};

/** Newest first, one row more than `limit` when there are more. */
export async function selectOrders(ctx: Ctx, filter: OrderFilter): Promise<Order[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.branch !== undefined) query = query.where('branch_id', '=', filter.branch);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.sellerIds) query = query.where('seller_id', 'in', [...filter.sellerIds]);
  if (filter.subscriptionId) query = query.where('subscription_id', '=', filter.subscriptionId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.before) query = query.where('id', '<', filter.before);
  if (filter.search) {
    const { search } = filter;
    const part = `%${likeText(search.toLowerCase())}%`;
    query = query.where((eb) => eb.or([eb('id', '=', search), eb('domain_name', 'like', part)]));
  }
  return (await query.execute()).map(toOrder);
}

/** When the next unpaid order runs out. */
export async function earliestExpiryAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .select('expires_at')
    .where('state', '=', 'awaiting-payment')
    .where('expires_at', 'is not', null)
    .orderBy('expires_at')
    .limit(1)
    .executeTakeFirst();
  return row?.expires_at ?? null;
}

export async function selectExpired(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .select('id')
    .where('state', '=', 'awaiting-payment')
    .where('expires_at', '<=', ctx.now)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Orders that wait for one seller's wallet, the oldest first: who paid first is served first. */
export async function selectLocked(ctx: Ctx, sellerId: string): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .select('id')
    .where('state', '=', 'locked')
    .where('waits_for_seller_id', '=', sellerId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Changes of the plan that wait for money on the client's balance, oldest first. */
export async function selectAwaitedPlans(
  ctx: Ctx,
  { branch, clientId }: { branch: number; clientId: string },
): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('order_request')
    .select('id')
    .where('branch_id', '=', branch)
    .where('client_id', '=', clientId)
    .where('kind', '=', 'plan')
    .where('state', '=', 'awaiting-payment')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
