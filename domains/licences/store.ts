import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import type { Licence } from './licence.ts';

type LicenceRow = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  subscription_id: string;
  entitlement_id: string;
  component_id: string;
  supplier_id: string;
  product: string;
  state: Licence['state'];
  licence_key: string | null;
  deleted_at: Temporal.Instant | null;
  issued_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  known_keys: readonly string[] | null;
  asked_at_ms: bigint | null;
  last_asked_at_ms: bigint | null;
  surplus_keys: readonly string[];
  attempts: number;
  next_attempt_at: Temporal.Instant | null;
  queued_at: Temporal.Instant | null;
  last_error: string | null;
  created_at: Temporal.Instant;
};

type Tables = { licence: LicenceRow };

function toLicence(row: LicenceRow): Licence {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    subscriptionId: row.subscription_id,
    entitlementId: row.entitlement_id,
    componentId: row.component_id,
    supplierId: row.supplier_id,
    product: row.product,
    state: row.state,
    key: row.licence_key,
    deletedAt: row.deleted_at,
    issuedAt: row.issued_at,
    endedAt: row.ended_at,
    knownKeys: row.known_keys,
    askedAtMs: row.asked_at_ms === null ? null : Number(row.asked_at_ms),
    lastAskedAtMs: row.last_asked_at_ms === null ? null : Number(row.last_asked_at_ms),
    surplusKeys: row.surplus_keys,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    queuedAt: row.queued_at,
    lastError: row.last_error,
    createdAt: row.created_at,
  };
}

function toRow(licence: Licence) {
  return {
    branch_id: licence.branch,
    id: licence.id,
    brand_id: licence.brandId,
    seller_id: licence.sellerId,
    client_id: licence.clientId,
    subscription_id: licence.subscriptionId,
    entitlement_id: licence.entitlementId,
    component_id: licence.componentId,
    supplier_id: licence.supplierId,
    product: licence.product,
    state: licence.state,
    licence_key: licence.key,
    deleted_at: licence.deletedAt,
    issued_at: licence.issuedAt,
    ended_at: licence.endedAt,
    known_keys: licence.knownKeys === null ? null : jsonb(licence.knownKeys),
    asked_at_ms: licence.askedAtMs === null ? null : BigInt(licence.askedAtMs),
    last_asked_at_ms: licence.lastAskedAtMs === null ? null : BigInt(licence.lastAskedAtMs),
    surplus_keys: jsonb(licence.surplusKeys),
    attempts: licence.attempts,
    next_attempt_at: licence.nextAttemptAt,
    queued_at: licence.queuedAt,
    last_error: licence.lastError,
    created_at: licence.createdAt,
  };
}

/** Writes a new licence, or gives the one that its entitlement already has. */
export async function insertLicenceOnce(ctx: Ctx, licence: Licence): Promise<Licence> {
  const tables = tablesOf<Tables>(ctx.tx);
  const inserted = await tables
    .insertInto('licence')
    .values(toRow(licence))
    .onConflict((conflict) => conflict.constraint('licence_once_per_entitlement').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) return toLicence(inserted);
  const earlier = await licenceOfEntitlement(ctx, licence.entitlementId);
  if (!earlier) throw new Error(`licence of ${licence.entitlementId} is gone`);
  return earlier;
}

/** Writes a licence back; it must have been read in this transaction by `lockLicence`. */
export async function updateLicence(ctx: Ctx, licence: Licence): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('licence')
    .set(toRow(licence))
    .where('branch_id', '=', licence.branch)
    .where('id', '=', licence.id)
    .execute();
}

function selectOne(ctx: Ctx, id: string) {
  return tablesOf<Tables>(ctx.tx)
    .selectFrom('licence')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id);
}

export async function selectLicence(ctx: Ctx, id: string): Promise<Licence | null> {
  const row = await selectOne(ctx, id).executeTakeFirst();
  return row ? toLicence(row) : null;
}

export async function lockLicence(ctx: Ctx, id: string): Promise<Licence | null> {
  const row = await selectOne(ctx, id).forUpdate().executeTakeFirst();
  return row ? toLicence(row) : null;
}

export async function licenceOfEntitlement(
  ctx: Ctx,
  entitlementId: string,
): Promise<Licence | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('licence')
    .selectAll()
    .where('branch_id', '=', branchOf(entitlementId))
    .where('entitlement_id', '=', entitlementId)
    .executeTakeFirst();
  return row ? toLicence(row) : null;
}

/** All that a subscription has or had, newest first. */
export async function licencesOfSubscription(ctx: Ctx, subscriptionId: string): Promise<Licence[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('licence')
    .selectAll()
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toLicence);
}

export type LicenceFilter = {
  brandIds: readonly string[];
  state?: Licence['state'];
  clientId?: string;
  /** A key, whole or its beginning. */
  search?: string;
  cursor?: string;
  limit: number;
};

/** Newest first, one row more than `limit`. */
export async function selectLicences(ctx: Ctx, filter: LicenceFilter): Promise<Licence[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('licence')
    .selectAll()
    .where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : [''])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.search) {
    const prefix = likeText(filter.search);
    query = query.where('licence_key', 'like', `${prefix}%`);
  }
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  return (await query.execute()).map(toLicence);
}

export async function firstAttemptAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('licence')
    .select((select) => select.fn.min('next_attempt_at').as('at'))
    .where('next_attempt_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Ids of licences whose supplier is to be called now, the longest waiting first. */
export async function dueLicences(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('licence')
    .select('id')
    .where('next_attempt_at', '<=', ctx.now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Every key of ours from one supplier: none of them can be somebody's lost answer. */
export async function keysFrom(ctx: Ctx, supplierId: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select licence_key as key from licence
    where supplier_id = ${supplierId} and licence_key is not null`.execute(ctx.tx);
  return rows.map((row) => row.key);
}
