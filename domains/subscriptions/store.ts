import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import { uniqueViolation } from '#platform/database/retry.ts';
import { updateRows } from '#platform/database/rows.ts';
import type { LifeCycleStepName } from './life-cycle.ts';
import type { Subscription, SubscriptionState, SuspensionCause } from './subscription.ts';

export type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  product_id: string;
  plan_id: string;
  next_plan_id: string | null;
  plan_changes_at: Temporal.Instant | null;
  domain_name: string;
  term_months: number;
  anchor_on: Temporal.PlainDate | null;
  cycle: number;
  period_start: Temporal.PlainDate | null;
  period_end: Temporal.PlainDate | null;
  subscribed_on: Temporal.PlainDate;
  zone: string;
  currency: string;
  state: SubscriptionState;
  auto_renew: boolean;
  created_at: Temporal.Instant;
  suspended_at: Temporal.Instant | null;
  suspended_for: SuspensionCause | null;
  deleted_at: Temporal.Instant | null;
  reminded_on: Temporal.PlainDate | null;
  notice_sent_for: Temporal.PlainDate | null;
  renewal_tried_for: Temporal.PlainDate | null;
  next_step: LifeCycleStepName | null;
  next_step_at: Temporal.Instant | null;
  step_attempts: number;
  step_error: string | null;
};

type Tables = { subscription: Row };

export function toSubscription(row: Row): Subscription {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    productId: row.product_id,
    planId: row.plan_id,
    planChange:
      row.next_plan_id && row.plan_changes_at
        ? { planId: row.next_plan_id, at: row.plan_changes_at }
        : null,
    domainName: row.domain_name,
    termMonths: row.term_months,
    anchorOn: row.anchor_on,
    cycle: row.cycle,
    period:
      row.period_start && row.period_end ? { start: row.period_start, end: row.period_end } : null,
    subscribedOn: row.subscribed_on,
    zone: row.zone,
    currency: row.currency,
    state: row.state,
    autoRenew: row.auto_renew,
    createdAt: row.created_at,
    suspendedAt: row.suspended_at,
    suspendedFor: row.suspended_for,
    deletedAt: row.deleted_at,
    marks: {
      remindedOn: row.reminded_on,
      noticeSentFor: row.notice_sent_for,
      renewalTriedFor: row.renewal_tried_for,
    },
    next: row.next_step && row.next_step_at ? { name: row.next_step, at: row.next_step_at } : null,
    stepAttempts: row.step_attempts,
    stepError: row.step_error,
  };
}

function toRow(subscription: Subscription): Row {
  return {
    branch_id: subscription.branch,
    id: subscription.id,
    brand_id: subscription.brandId,
    seller_id: subscription.sellerId,
    client_id: subscription.clientId,
    product_id: subscription.productId,
    plan_id: subscription.planId,
    next_plan_id: subscription.planChange?.planId ?? null,
    plan_changes_at: subscription.planChange?.at ?? null,
    domain_name: subscription.domainName,
    term_months: subscription.termMonths,
    anchor_on: subscription.anchorOn,
    cycle: subscription.cycle,
    period_start: subscription.period?.start ?? null,
    period_end: subscription.period?.end ?? null,
    subscribed_on: subscription.subscribedOn,
    zone: subscription.zone,
    currency: subscription.currency,
    state: subscription.state,
    auto_renew: subscription.autoRenew,
    created_at: subscription.createdAt,
    suspended_at: subscription.suspendedAt,
    suspended_for: subscription.suspendedFor,
    deleted_at: subscription.deletedAt,
    reminded_on: subscription.marks.remindedOn,
    notice_sent_for: subscription.marks.noticeSentFor,
    renewal_tried_for: subscription.marks.renewalTriedFor,
    next_step: subscription.next?.name ?? null,
    next_step_at: subscription.next?.at ?? null,
    step_attempts: subscription.stepAttempts,
    step_error: subscription.stepError,
  };
}

/** Refuses `domain-name-taken` when the client has, or is about to have, a package for its domain. */
export async function insertSubscription(ctx: Ctx, subscription: Subscription): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('subscription')
    .values(toRow(subscription))
    .execute()
    .catch((error: unknown) => {
      if (uniqueViolation(error) !== 'subscription_one_per_domain') throw error;
      refuse('domain-name-taken', { field: 'domainName' });
    });
}

export async function updateSubscription(ctx: Ctx, subscription: Subscription): Promise<void> {
  await updateSubscriptions(ctx, [subscription]);
}

/** What may change on a subscription; whose it is and when it was made never do. */
const CHANGING_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  product_id: 'text',
  plan_id: 'text',
  next_plan_id: 'text',
  plan_changes_at: 'timestamptz',
  domain_name: 'text',
  term_months: 'int4',
  anchor_on: 'date',
  cycle: 'int4',
  period_start: 'date',
  period_end: 'date',
  subscribed_on: 'date',
  state: 'text',
  auto_renew: 'bool',
  suspended_at: 'timestamptz',
  suspended_for: 'text',
  deleted_at: 'timestamptz',
  reminded_on: 'date',
  notice_sent_for: 'date',
  renewal_tried_for: 'date',
  next_step: 'text',
  next_step_at: 'timestamptz',
  step_attempts: 'int4',
  step_error: 'text',
};

export async function updateSubscriptions(
  ctx: Ctx,
  subscriptions: readonly Subscription[],
): Promise<void> {
  const rows = subscriptions.map(toRow);
  await updateRows(ctx.tx, 'subscription', CHANGING_COLUMNS, ['branch_id', 'id'], rows);
}

export async function selectSubscription(ctx: Ctx, id: string): Promise<Subscription | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toSubscription(row) : null;
}

/** The same, held until the transaction ends: whoever changes a subscription or what is on it. */
export async function lockSubscription(ctx: Ctx, id: string): Promise<Subscription | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toSubscription(row) : null;
}

export type SubscriptionFilter = {
  branch?: number;
  clientId?: string;
  sellerIds?: readonly string[];
  state?: SubscriptionState;
  /** Part of the domain name, or the whole id. */
  search?: string;
  before?: string;
  limit: number;
};

/** Newest first, one row more than `limit` when there are more. */
export async function selectSubscriptions(
  ctx: Ctx,
  filter: SubscriptionFilter,
): Promise<Subscription[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.branch !== undefined) query = query.where('branch_id', '=', filter.branch);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.sellerIds) query = query.where('seller_id', 'in', [...filter.sellerIds]);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.before) query = query.where('id', '<', filter.before);
  if (filter.search) {
    const { search } = filter;
    query = query.where((eb) =>
      eb.or([
        eb('id', '=', search),
        eb('domain_name', 'like', `%${likeText(search.toLowerCase())}%`),
      ]),
    );
  }
  return (await query.execute()).map(toSubscription);
}

/** Live subscriptions of some plans after a cursor, in the order of their ids. */
export async function selectHolders(
  ctx: Ctx,
  ask: { planIds: readonly string[]; sellerIds: readonly string[]; after: string; limit: number },
): Promise<Subscription[]> {
  if (ask.planIds.length === 0 || ask.sellerIds.length === 0) return [];
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription')
    .selectAll()
    .where('state', 'in', ['active', 'suspended'])
    .where('plan_id', 'in', [...ask.planIds])
    .where('seller_id', 'in', [...ask.sellerIds])
    .where('id', '>', ask.after)
    .orderBy('id')
    .limit(ask.limit)
    .execute();
  return rows.map(toSubscription);
}

/** Live subscriptions of one brand after a cursor, by id, held until the transaction ends. */
export async function lockLiveOfBrand(
  ctx: Ctx,
  ask: { brandId: string; sellerId: string; after: string; limit: number },
): Promise<Subscription[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription')
    .selectAll()
    .where('seller_id', '=', ask.sellerId)
    .where('brand_id', '=', ask.brandId)
    .where('state', 'in', ['active', 'suspended'])
    .where('id', '>', ask.after)
    .orderBy('id')
    .limit(ask.limit)
    .forUpdate()
    .execute();
  return rows.map(toSubscription);
}

/** When the next package goes over to another plan. */
export async function earliestPlanChangeAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant }>`
    select plan_changes_at as at from subscription
    where plan_changes_at is not null and state in ('active', 'suspended')
    order by plan_changes_at limit 1`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

export async function selectPlanChanges(ctx: Ctx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from subscription
    where plan_changes_at <= ${ctx.now} and state in ('active', 'suspended')
    order by plan_changes_at, id limit ${limit}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/** Where a walk through the clients of some sellers stands. */
type ClientCursor = { readonly branch: number; readonly clientId: string };

type ClientWalk = {
  sellerIds: readonly string[];
  after: ClientCursor;
  /** Clients, not subscriptions. */
  limit: number;
};

/** All live subscriptions of the next clients after a cursor, client by client. */
export async function selectLiveByClient(ctx: Ctx, walk: ClientWalk): Promise<Subscription[]> {
  const { sellerIds, after, limit } = walk;
  const { rows } = await sql<Row>`
    with next_clients as (
      select distinct branch_id, client_id from subscription
      where (branch_id, client_id) > (${after.branch}, ${after.clientId})
        and seller_id = any(${[...sellerIds]}) and state in ('active', 'suspended')
      order by branch_id, client_id limit ${limit}
    )
    select s.* from next_clients n
    join subscription s on s.branch_id = n.branch_id and s.client_id = n.client_id
    where s.state in ('active', 'suspended') and s.seller_id = any(${[...sellerIds]})
    order by s.branch_id, s.client_id, s.id`.execute(ctx.tx);
  return rows.map(toSubscription);
}

/** How many live subscriptions these sellers have. */
export async function countLive(ctx: Ctx, sellerIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from subscription
    where state in ('active', 'suspended') and seller_id = any(${[...sellerIds]})`.execute(ctx.tx);
  return rows[0]?.count ?? 0;
}

/** When the life cycle has its next work of these steps, over all subscriptions. */
export async function earliestStepAt(
  ctx: Ctx,
  steps: readonly LifeCycleStepName[],
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(first.at) as at
    from unnest(${[...steps]}::text[]) as step (name)
    cross join lateral (
      select next_step_at as at from subscription
      where next_step = step.name order by next_step_at limit 1
    ) first`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

/** Subscriptions for which one of these steps is due, the earliest first. */
export async function selectDue(
  ctx: Ctx,
  steps: readonly LifeCycleStepName[],
  limit: number,
): Promise<{ id: string; step: LifeCycleStepName }[]> {
  const { rows } = await sql<{ id: string; step: LifeCycleStepName }>`
    select due.id, step.name as step
    from unnest(${[...steps]}::text[]) as step (name)
    cross join lateral (
      select id, next_step_at as at from subscription
      where next_step = step.name and next_step_at <= ${ctx.now}
      order by next_step_at, id limit ${limit}
    ) due
    order by due.at, due.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** For how many a step is due. */
export async function countDue(ctx: Ctx, step: LifeCycleStepName): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from subscription
    where next_step = ${step} and next_step_at <= ${ctx.now}`.execute(ctx.tx);
  return rows[0]?.count ?? 0;
}

/**
 * Takes subscriptions whose step is due, the earliest first, and holds them until the transaction
 * ends. Those that another worker holds are its own and passed over.
 */
export async function claimDue(
  ctx: Ctx,
  step: LifeCycleStepName,
  limit: number,
): Promise<Subscription[]> {
  const { rows } = await sql<Row>`
    select * from subscription
    where next_step = ${step} and next_step_at <= ${ctx.now}
    order by next_step_at, id limit ${limit}
    for update skip locked`.execute(ctx.tx);
  return rows.map(toSubscription);
}
