import type { Money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findInvoice } from '#domains/billing/index.ts';
import { moneyHeld, post } from '#domains/ledger/index.ts';
import { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
import { balanceAccount } from './statement.ts';
import type { Payment } from './payment.ts';
import { nextCheckAfter } from './payment.ts';
import { paymentOfStaff } from './payment-of-staff.ts';
import type { Refund, RefundRoom } from './refund.ts';
import { refundLimit } from './refund.ts';
import { refundPosting } from './refund-posting.ts';
import { insertRefund, refundByCause, refundedMinor } from './refund-store.ts';

export type RefundRequest = {
  paymentId: string;
  /** The credit note whose money goes back; without one it is money of the balance. */
  creditNoteId?: string | undefined;
  amount: Money;
  reason: string;
  /** The caller's idempotency key: asked twice, one refund is made. */
  key: string;
};

/**
 * Writes a refund and takes its money off the client's balance, before any gateway hears of it.
 * Refuses `payment-not-found`, `payment-not-refundable`, `amount-invalid`, `currency-invalid`,
 * `refund-exceeds-payment`, `refund-exceeds-note`, `balance-too-low`, `credit-note-not-found`.
 */
export async function askRefund(ctx: Ctx, request: RefundRequest): Promise<Refund> {
  const payment = await paymentOfStaff(ctx, request.paymentId);
  const earlier = await refundByCause(ctx, payment.id, request.key);
  if (earlier) return sameAsAsked(earlier, request);
  if (!mayRefund(ctx, payment)) refuse('payment-not-refundable');
  const { amount } = request;
  if (amount.minor <= 0n) refuse('amount-invalid', { field: 'amount' });
  if (amount.currency !== payment.currency) refuse('currency-invalid', { field: 'amount' });
  const limit = refundLimit(
    amount.minor,
    await refundRoom(ctx, payment, request.creditNoteId ?? null),
  );
  if (limit) refuse(limit, { field: 'amount' });
  const refund = newRefund(ctx, payment, request);
  await insertRefund(ctx, refund);
  await post(ctx, refundPosting(refund, 'asked'));
  return refund;
}

/** A transfer goes back by hand; a gateway must be able to. */
export function mayRefund({ extension }: Pick<Ctx, 'extension'>, payment: Payment): boolean {
  if (payment.state !== 'succeeded') return false;
  if (payment.gatewayId === BANK_TRANSFER) return true;
  const gateway = extension(gatewayKind, payment.gatewayId);
  return gateway?.capabilities.refunds === true && payment.gatewayRef !== null;
}

/** What limits a refund of a payment now. Refuses `credit-note-not-found`. */
export async function refundRoom(
  ctx: Ctx,
  payment: Payment,
  creditNoteId: string | null,
): Promise<RefundRoom> {
  const { id: paymentId, clientId: id, branch, sellerId, currency } = payment;
  const received = payment.receivedMinor ?? 0n;
  return {
    paymentMinor: received - (await refundedMinor(ctx, { paymentId })),
    heldMinor: (await moneyHeld(ctx, balanceAccount({ id, branch, sellerId, currency }))).minor,
    noteMinor: creditNoteId === null ? null : await leftOfNote(ctx, payment, creditNoteId),
  };
}

async function leftOfNote(ctx: Ctx, payment: Payment, creditNoteId: string): Promise<bigint> {
  const note = await findInvoice(ctx, creditNoteId);
  if (note?.kind !== 'credit-note' || note.buyerId !== payment.clientId) {
    refuse('credit-note-not-found', { field: 'creditNoteId' });
  }
  return note.totalMinor - (await refundedMinor(ctx, { creditNoteId }));
}

/** A key that was used for another refund is somebody's mistake. */
function sameAsAsked(refund: Refund, request: RefundRequest): Refund {
  const same =
    refund.amountMinor === request.amount.minor &&
    refund.creditNoteId === (request.creditNoteId ?? null);
  if (!same) refuse('idempotency-key-reused', { field: 'Idempotency-Key' });
  return refund;
}

function newRefund(ctx: Ctx, payment: Payment, request: RefundRequest): Refund {
  const { branch, brandId, sellerId, clientId, gatewayId } = payment;
  return {
    id: ctx.newId('rfd', branch),
    branch,
    paymentId: payment.id,
    brandId,
    sellerId,
    clientId,
    gatewayId,
    creditNoteId: request.creditNoteId ?? null,
    amountMinor: request.amount.minor,
    currency: request.amount.currency,
    state: 'asked',
    attempt: 1,
    gatewayRef: null,
    failureCode: null,
    failureMessage: null,
    reason: request.reason,
    askedAt: ctx.now,
    finishedAt: null,
    nextTryAt: gatewayId === BANK_TRANSFER ? null : nextCheckAfter(0, ctx.now),
    tries: 0,
    cause: request.key,
  };
}
