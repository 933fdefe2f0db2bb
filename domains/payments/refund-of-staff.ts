import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { moneyHeld, post } from '#domains/ledger/index.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import { finishRefund } from './finish-refund.ts';
import { nextCheckAfter } from './payment.ts';
import { brandIdsOfStaff } from './payment-of-staff.ts';
import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';
import { refundPosting } from './refund-posting.ts';
import { lockRefund, refundedMinor, selectRefund, updateRefund } from './refund-store.ts';
import { sendRefund } from './send-refund.ts';
import { balanceAccount } from './statement.ts';
import { lockPayment } from './store.ts';

/** A refund of the actor's own seller tree, locked; another's does not exist for them. */
export async function refundOfStaff(ctx: Ctx, id: string): Promise<Refund> {
  const refund = await lockRefund(ctx, id);
  if (!refund || !(await brandIdsOfStaff(ctx)).includes(refund.brandId)) {
    refuse('refund-not-found');
  }
  return refund;
}

/**
 * Asks the gateway again at once. One that failed is a new attempt: its money is taken off the
 * balance anew. Refuses `refund-by-hand`, `refund-already-done`, and what limits a refund.
 */
export async function retryRefund(outside: Outside, id: string): Promise<Refund> {
  await outside.transact((ctx) => wakeRefund(ctx, id));
  return sendRefund(outside, id);
}

/** Held in the order of a notification: the payment, then its refund. */
async function wakeRefund(ctx: Ctx, id: string): Promise<void> {
  const known = await selectRefund(ctx, id);
  const payment = known && (await lockPayment(ctx, known.paymentId));
  const refund = await refundOfStaff(ctx, id);
  if (refund.gatewayId === BANK_TRANSFER) refuse('refund-by-hand');
  if (refund.state === 'done') refuse('refund-already-done');
  const nextTryAt = nextCheckAfter(0, ctx.now);
  if (refund.state === 'asked') return updateRefund(ctx, { ...refund, tries: 0, nextTryAt });
  await refuseBeyondPayment(ctx, refund, payment);
  const again: Refund = {
    ...refund,
    state: 'asked',
    attempt: refund.attempt + 1,
    failureCode: null,
    failureMessage: null,
    finishedAt: null,
    tries: 0,
    nextTryAt,
  };
  await updateRefund(ctx, again);
  await post(ctx, refundPosting(again, 'asked'));
}

/** Others may have been refunded, and the balance spent, since this one failed. */
async function refuseBeyondPayment(
  ctx: Ctx,
  refund: Refund,
  payment: Payment | null,
): Promise<void> {
  const { paymentId, clientId: id, branch, sellerId, currency, amountMinor } = refund;
  const left = (payment?.receivedMinor ?? 0n) - (await refundedMinor(ctx, { paymentId }));
  if (amountMinor > left) refuse('refund-exceeds-payment');
  const held = await moneyHeld(ctx, balanceAccount({ id, branch, sellerId, currency }));
  if (amountMinor > held.minor) refuse('balance-too-low');
}

/** Staff have sent a transfer back by hand, or will not: then the money is on the balance again. */
export async function finishByHand(
  ctx: Ctx,
  id: string,
  end: 'sent' | 'cancelled',
): Promise<Refund> {
  const refund = await refundOfStaff(ctx, id);
  if (refund.gatewayId !== BANK_TRANSFER) refuse('refund-by-gateway');
  if (refund.state !== 'asked') refuse('refund-already-finished');
  return finishRefund(
    ctx,
    refund,
    end === 'sent'
      ? { state: 'done', gatewayRef: null }
      : { state: 'failed', code: 'cancelled', message: '' },
  );
}
