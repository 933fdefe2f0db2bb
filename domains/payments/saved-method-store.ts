import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { SavedMethod } from './saved-method.ts';

type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  client_id: string;
  gateway_id: string;
  payment_id: string;
  sealed: string | null;
  card_brand: string;
  last4: string;
  expires_year: number;
  expires_month: number;
  state: SavedMethod['state'];
  failure_code: SavedMethod['failureCode'];
  is_default: boolean;
  saved_at: Temporal.Instant;
  removed_at: Temporal.Instant | null;
  forget_at: Temporal.Instant | null;
  forgets: number;
};

type Tables = { saved_method: Row };

const PURPOSE = 'saved-method';

function toMethod(row: Row): SavedMethod {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    clientId: row.client_id,
    gatewayId: row.gateway_id,
    paymentId: row.payment_id,
    cardBrand: row.card_brand,
    last4: row.last4,
    expires: { year: row.expires_year, month: row.expires_month },
    state: row.state,
    failureCode: row.failure_code,
    isDefault: row.is_default,
    savedAt: row.saved_at,
    removedAt: row.removed_at,
    forgetAt: row.forget_at,
    forgets: row.forgets,
  };
}

/** All but the token, which is written once and taken away once. */
function toRow(method: SavedMethod): Omit<Row, 'sealed'> {
  return {
    branch_id: method.branch,
    id: method.id,
    brand_id: method.brandId,
    client_id: method.clientId,
    gateway_id: method.gatewayId,
    payment_id: method.paymentId,
    card_brand: method.cardBrand,
    last4: method.last4,
    expires_year: method.expires.year,
    expires_month: method.expires.month,
    state: method.state,
    failure_code: method.failureCode,
    is_default: method.isDefault,
    saved_at: method.savedAt,
    removed_at: method.removedAt,
    forget_at: method.forgetAt,
    forgets: method.forgets,
  };
}

export async function insertMethod(ctx: Ctx, method: SavedMethod, token: string): Promise<void> {
  const sealed = ctx.seal(PURPOSE, token);
  await tablesOf<Tables>(ctx.tx)
    .insertInto('saved_method')
    .values({ ...toRow(method), sealed })
    .execute();
}

export async function updateMethod(ctx: Ctx, method: SavedMethod): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('saved_method')
    .set(toRow(method))
    .where('branch_id', '=', method.branch)
    .where('id', '=', method.id)
    .execute();
}

/** Of one client, those that are not removed, oldest first, held until the transaction ends. */
export async function lockMethodsOf(ctx: Ctx, clientId: string): Promise<SavedMethod[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .selectAll()
    .where('branch_id', '=', branchOf(clientId))
    .where('client_id', '=', clientId)
    .where('state', '<>', 'removed')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toMethod);
}

/** The same, the default one first and the newest of the others after it. */
export async function methodsOf(ctx: Ctx, clientId: string): Promise<SavedMethod[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .selectAll()
    .where('branch_id', '=', branchOf(clientId))
    .where('client_id', '=', clientId)
    .where('state', '<>', 'removed')
    .orderBy('is_default', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toMethod);
}

/** What automatic payments of these clients are taken from, where that can be charged. */
export async function usableDefaults(
  ctx: Ctx,
  clientIds: readonly string[],
): Promise<Map<string, SavedMethod>> {
  if (clientIds.length === 0) return new Map();
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .selectAll()
    .where('branch_id', 'in', [...new Set(clientIds.map(branchOf))])
    .where('client_id', 'in', [...clientIds])
    .where('is_default', '=', true)
    .where('state', '=', 'usable')
    .execute();
  return new Map(rows.map((row) => [row.client_id, toMethod(row)]));
}

/** Removed ones too: payments remember what they charged. */
export async function selectMethods(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, SavedMethod>> {
  if (ids.length === 0) return new Map();
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .selectAll()
    .where('branch_id', 'in', [...new Set(ids.map(branchOf))])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toMethod(row)]));
}

const OF_CLIENT_MAX = 100;

/** Those that were ever saved, newest first; `isForgotten`: the vendor keeps it no longer. */
export async function everSaved(
  ctx: Ctx,
  clientId: string,
): Promise<(SavedMethod & { isForgotten: boolean })[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .selectAll()
    .where('branch_id', '=', branchOf(clientId))
    .where('client_id', '=', clientId)
    .orderBy('id', 'desc')
    .limit(OF_CLIENT_MAX)
    .execute();
  return rows.map((row) => ({ ...toMethod(row), isForgotten: row.sealed === null }));
}

/** The vendor's token; null once it is forgotten. It never leaves for anybody but the vendor. */
export async function tokenOf(ctx: Ctx, id: string): Promise<string | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .select('sealed')
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.sealed ? ctx.unseal(PURPOSE, row.sealed) : null;
}

/** The vendor has forgotten it, and so do we. */
export async function eraseToken(ctx: Ctx, { branch, id }: SavedMethod): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('saved_method')
    .set({ sealed: null, forget_at: null })
    .where('branch_id', '=', branch)
    .where('id', '=', id)
    .where('state', '=', 'removed')
    .execute();
}

export async function firstForgetAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .select((select) => select.fn.min('forget_at').as('at'))
    .where('forget_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function methodsToForget(ctx: Ctx, limit: number): Promise<SavedMethod[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('saved_method')
    .selectAll()
    .where('forget_at', '<=', ctx.now)
    .orderBy('forget_at')
    .limit(limit)
    .execute();
  return rows.map(toMethod);
}
