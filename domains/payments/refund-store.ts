import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { Refund, RefundState } from './refund.ts';

type RefundRow = {
  branch_id: number;
  id: string;
  payment_id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  gateway_id: string;
  credit_note_id: string | null;
  amount_minor: bigint;
  currency: string;
  state: RefundState;
  attempt: number;
  gateway_ref: string | null;
  failure_code: Refund['failureCode'];
  failure_message: string | null;
  reason: string;
  asked_at: Temporal.Instant;
  finished_at: Temporal.Instant | null;
  next_try_at: Temporal.Instant | null;
  tries: number;
  cause: string;
};

type Tables = { refund: RefundRow };

function toRefund(row: RefundRow): Refund {
  return {
    id: row.id,
    branch: row.branch_id,
    paymentId: row.payment_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    gatewayId: row.gateway_id,
    creditNoteId: row.credit_note_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state,
    attempt: row.attempt,
    gatewayRef: row.gateway_ref,
    failureCode: row.failure_code,
    failureMessage: row.failure_message,
    reason: row.reason,
    askedAt: row.asked_at,
    finishedAt: row.finished_at,
    nextTryAt: row.next_try_at,
    tries: row.tries,
    cause: row.cause,
  };
}

function toRow(refund: Refund): RefundRow {
  return {
    branch_id: refund.branch,
    id: refund.id,
    payment_id: refund.paymentId,
    brand_id: refund.brandId,
    seller_id: refund.sellerId,
    client_id: refund.clientId,
    gateway_id: refund.gatewayId,
    credit_note_id: refund.creditNoteId,
    amount_minor: refund.amountMinor,
    currency: refund.currency,
    state: refund.state,
    attempt: refund.attempt,
    gateway_ref: refund.gatewayRef,
    failure_code: refund.failureCode,
    failure_message: refund.failureMessage,
    reason: refund.reason,
    asked_at: refund.askedAt,
    finished_at: refund.finishedAt,
    next_try_at: refund.nextTryAt,
    tries: refund.tries,
    cause: refund.cause,
  };
}

export async function insertRefund(ctx: Ctx, refund: Refund): Promise<void> {
  await tablesOf<Tables>(ctx.tx).insertInto('refund').values(toRow(refund)).execute();
}

/** Writes a refund back; it must have been read in this transaction by `lockRefund`. */
export async function updateRefund(ctx: Ctx, refund: Refund): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('refund')
    .set(toRow(refund))
    .where('branch_id', '=', refund.branch)
    .where('id', '=', refund.id)
    .execute();
}

export async function selectRefund(ctx: Ctx, id: string): Promise<Refund | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toRefund(row) : null;
}

/** Reads a refund and keeps everybody else from changing it until the transaction ends. */
export async function lockRefund(ctx: Ctx, id: string): Promise<Refund | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toRefund(row) : null;
}

export async function refundByCause(
  ctx: Ctx,
  paymentId: string,
  cause: string,
): Promise<Refund | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .selectAll()
    .where('branch_id', '=', branchOf(paymentId))
    .where('payment_id', '=', paymentId)
    .where('cause', '=', cause)
    .executeTakeFirst();
  return row ? toRefund(row) : null;
}

export type RefundFilter = {
  brandIds: readonly string[];
  state?: RefundState | undefined;
  clientId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** Newest first, one row more than `limit`. */
export async function selectRefunds(ctx: Ctx, filter: RefundFilter): Promise<Refund[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .selectAll()
    .where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : [''])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  return (await query.execute()).map(toRefund);
}

const OF_PAYMENT_MAX = 200;

/** The refunds of one payment, oldest first. */
export async function refundsOf(ctx: Ctx, paymentId: string): Promise<Refund[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .selectAll()
    .where('branch_id', '=', branchOf(paymentId))
    .where('payment_id', '=', paymentId)
    .orderBy('id')
    .limit(OF_PAYMENT_MAX)
    .execute();
  return rows.map(toRefund);
}

/** What of a payment, or of a credit note, has gone back or is on its way. */
export async function refundedMinor(
  ctx: Ctx,
  of: { paymentId: string } | { creditNoteId: string },
): Promise<bigint> {
  const [column, id] =
    'paymentId' in of
      ? ([sql.ref('payment_id'), of.paymentId] as const)
      : ([sql.ref('credit_note_id'), of.creditNoteId] as const);
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(sum(amount_minor), 0)::bigint as minor from refund
    where branch_id = ${branchOf(id)} and ${column} = ${id} and state <> 'failed'`.execute(ctx.tx);
  return rows[0]?.minor ?? 0n;
}

export async function firstTryAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .select((select) => select.fn.min('next_try_at').as('at'))
    .where('next_try_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function refundsToSend(ctx: Ctx, limit: number): Promise<Refund[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund')
    .selectAll()
    .where('next_try_at', '<=', ctx.now)
    .orderBy('next_try_at')
    .limit(limit)
    .execute();
  return rows.map(toRefund);
}
