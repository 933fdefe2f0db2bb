import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import type { Payment } from './payment.ts';

type PaymentRow = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  invoice_id: string | null;
  gateway_id: string;
  amount_minor: bigint;
  currency: string;
  state: Payment['state'];
  gateway_ref: string | null;
  redirect_url: string | null;
  invoice_number: string | null;
  description: string;
  language: Payment['language'];
  return_url: string;
  notify_url: string;
  failure_code: Payment['failureCode'];
  failure_message: string | null;
  next_check_at: Temporal.Instant | null;
  checks: number;
  created_at: Temporal.Instant;
  finished_at: Temporal.Instant | null;
  received_minor: bigint | null;
  save_method: boolean;
  saved_method_id: string | null;
  card_brand: string | null;
  card_last4: string | null;
  cause: string;
};

type Tables = {
  payment: PaymentRow;
  payment_notification: {
    branch_id: number;
    gateway_id: string;
    event_id: string;
    payment_id: string;
    kind: string;
    outcome: string;
    received_at: Temporal.Instant;
  };
};

function toPayment(row: PaymentRow): Payment {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    invoiceId: row.invoice_id,
    gatewayId: row.gateway_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state,
    gatewayRef: row.gateway_ref,
    redirectUrl: row.redirect_url,
    invoiceNumber: row.invoice_number,
    description: row.description,
    language: row.language,
    returnUrl: row.return_url,
    notifyUrl: row.notify_url,
    failureCode: row.failure_code,
    failureMessage: row.failure_message,
    nextCheckAt: row.next_check_at,
    checks: row.checks,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    receivedMinor: row.received_minor,
    saveMethod: row.save_method,
    savedMethodId: row.saved_method_id,
    card:
      row.card_brand === null || row.card_last4 === null
        ? null
        : { brand: row.card_brand, last4: row.card_last4 },
    cause: row.cause,
  };
}

function toRow(payment: Payment): PaymentRow {
  return {
    branch_id: payment.branch,
    id: payment.id,
    brand_id: payment.brandId,
    seller_id: payment.sellerId,
    client_id: payment.clientId,
    invoice_id: payment.invoiceId,
    gateway_id: payment.gatewayId,
    amount_minor: payment.amountMinor,
    currency: payment.currency,
    state: payment.state,
    gateway_ref: payment.gatewayRef,
    redirect_url: payment.redirectUrl,
    invoice_number: payment.invoiceNumber,
    description: payment.description,
    language: payment.language,
    return_url: payment.returnUrl,
    notify_url: payment.notifyUrl,
    failure_code: payment.failureCode,
    failure_message: payment.failureMessage,
    next_check_at: payment.nextCheckAt,
    checks: payment.checks,
    created_at: payment.createdAt,
    finished_at: payment.finishedAt,
    received_minor: payment.receivedMinor,
    save_method: payment.saveMethod,
    saved_method_id: payment.savedMethodId,
    card_brand: payment.card?.brand ?? null,
    card_last4: payment.card?.last4 ?? null,
    cause: payment.cause,
  };
}

/**
 * Writes a new payment, or gives the one that the same client asked for under the same key; a
 * second call at the same moment waits here for the first.
 */
export async function insertPaymentOnce(ctx: Ctx, payment: Payment): Promise<Payment> {
  const tables = tablesOf<Tables>(ctx.tx);
  const inserted = await tables
    .insertInto('payment')
    .values(toRow(payment))
    .onConflict((conflict) => conflict.constraint('payment_once_per_cause').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) return toPayment(inserted);
  const earlier = await paymentByCause(ctx, payment.clientId, payment.cause);
  if (!earlier) throw new Error(`payment ${payment.id} is neither new nor known`);
  return earlier;
}

export async function paymentByCause(
  ctx: Ctx,
  clientId: string,
  cause: string,
): Promise<Payment | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('branch_id', '=', branchOf(clientId))
    .where('client_id', '=', clientId)
    .where('cause', '=', cause)
    .executeTakeFirst();
  return row ? toPayment(row) : null;
}

/** Writes a payment back; it must have been read in this transaction by `lockPayment`. */
export async function updatePayment(ctx: Ctx, payment: Payment): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('payment')
    .set(toRow(payment))
    .where('branch_id', '=', payment.branch)
    .where('id', '=', payment.id)
    .execute();
}

export async function selectPayment(ctx: Ctx, id: string): Promise<Payment | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toPayment(row) : null;
}

/** Reads a payment and keeps everybody else from changing it until the transaction ends. */
export async function lockPayment(ctx: Ctx, id: string): Promise<Payment | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toPayment(row) : null;
}

export async function paymentByGatewayRef(
  ctx: Ctx,
  gatewayId: string,
  gatewayRef: string,
): Promise<Payment | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('gateway_id', '=', gatewayId)
    .where('gateway_ref', '=', gatewayRef)
    .executeTakeFirst();
  return row ? toPayment(row) : null;
}

export type PaymentFilter = {
  /** A client's own, or all of these brands. */
  clientId?: string;
  brandIds?: readonly string[];
  invoiceId?: string;
  state?: Payment['state'];
  gatewayId?: string;
  /** An id of ours or of the gateway, or the beginning of an invoice's number. */
  search?: string;
  cursor?: string;
  limit: number;
};

/** Newest first, one row more than `limit`. */
export async function selectPayments(ctx: Ctx, filter: PaymentFilter): Promise<Payment[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.clientId) {
    query = query
      .where('branch_id', '=', branchOf(filter.clientId))
      .where('client_id', '=', filter.clientId);
  }
  if (filter.brandIds) {
    query = query.where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : ['']);
  }
  if (filter.invoiceId) {
    query = query
      .where('branch_id', '=', branchOf(filter.invoiceId))
      .where('invoice_id', '=', filter.invoiceId);
  }
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.gatewayId) query = query.where('gateway_id', '=', filter.gatewayId);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  const { search } = filter;
  if (search) {
    const beginning = `${likeText(search.toUpperCase())}%`;
    query = query.where((where) =>
      where.or([
        where('id', '=', search),
        where('gateway_ref', '=', search),
        where('invoice_id', '=', search),
        where('invoice_number', 'like', beginning),
      ]),
    );
  }
  return (await query.execute()).map(toPayment);
}

/** The transfer that is already awaited for an invoice: one is enough for staff to look for. */
export async function awaitedTransfer(
  ctx: Ctx,
  invoiceId: string,
  gatewayId: string,
): Promise<Payment | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('branch_id', '=', branchOf(invoiceId))
    .where('invoice_id', '=', invoiceId)
    .where('gateway_id', '=', gatewayId)
    .where('state', '=', 'pending')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ? toPayment(row) : null;
}

export async function firstCheckAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .select((select) => select.fn.min('next_check_at').as('at'))
    .where('next_check_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function paymentsToCheck(ctx: Ctx, limit: number): Promise<Payment[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('next_check_at', '<=', ctx.now)
    .orderBy('next_check_at')
    .limit(limit)
    .execute();
  return rows.map(toPayment);
}

export type Notification = {
  branch: number;
  gatewayId: string;
  eventId: string;
  paymentId: string;
  kind: string;
  outcome: string;
};

export type StoredNotification = Pick<Notification, 'eventId' | 'kind' | 'outcome'> & {
  receivedAt: Temporal.Instant;
};

const NOTIFICATIONS_MAX = 200;

/** False when this very notification was stored before. */
export async function insertNotification(ctx: Ctx, told: Notification): Promise<boolean> {
  const stored = await tablesOf<Tables>(ctx.tx)
    .insertInto('payment_notification')
    .values({
      branch_id: told.branch,
      gateway_id: told.gatewayId,
      event_id: told.eventId,
      payment_id: told.paymentId,
      kind: told.kind,
      outcome: told.outcome,
      received_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return stored !== undefined;
}

/** What a gateway told us of one payment, oldest first. */
export async function notificationsOf(ctx: Ctx, paymentId: string): Promise<StoredNotification[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment_notification')
    .selectAll()
    .where('branch_id', '=', branchOf(paymentId))
    .where('payment_id', '=', paymentId)
    .orderBy('received_at')
    .limit(NOTIFICATIONS_MAX)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    kind: row.kind,
    outcome: row.outcome,
    receivedAt: row.received_at,
  }));
}

/** What has been begun to pay an invoice and has no end yet. */
export async function openPaymentsOf(ctx: Ctx, invoiceId: string): Promise<Payment[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment')
    .selectAll()
    .where('branch_id', '=', branchOf(invoiceId))
    .where('invoice_id', '=', invoiceId)
    .where('state', 'in', ['starting', 'pending'])
    .execute();
  return rows.map(toPayment);
}
