import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { eventMismatch } from './gateway.ts';
import type { EventMismatch, GatewayEvent } from './gateway.ts';
import { failPayment } from './fail-payment.ts';
import { finishRefund } from './finish-refund.ts';
import { keepMethod } from './keep-method.ts';
import { receiveMoney } from './receive-money.ts';
import type { Payment } from './payment.ts';
import { stateAfter } from './payment.ts';
import type { Refund } from './refund.ts';
import { parseRefundKey } from './refund.ts';
import { lockRefund } from './refund-store.ts';
import { insertNotification, lockPayment, updatePayment } from './store.ts';

export type Applied =
  | { kind: 'applied' }
  | { kind: 'repeated' }
  | { kind: 'unknown-payment' }
  | { kind: 'mismatch'; why: EventMismatch };

/**
 * Takes in what a gateway says of a payment, in the caller's transaction: the payment's state, the
 * money and the invoice change together or not at all. Copies of one event, at once or later, do
 * it once: the payment row is locked and the event is stored under its own id.
 */
export async function applyEvent(
  ctx: Ctx,
  gatewayId: string,
  event: GatewayEvent,
): Promise<Applied> {
  const payment = await lockPayment(ctx, event.paymentId);
  if (!payment || payment.gatewayId !== gatewayId) return { kind: 'unknown-payment' };
  const why = eventMismatch(event, {
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
  });
  const refund = event.type === 'payment.refunded' ? await refundOf(ctx, payment, event) : null;
  const first = await insertNotification(ctx, {
    branch: payment.branch,
    gatewayId,
    eventId: event.eventId,
    paymentId: payment.id,
    kind: event.type,
    outcome: why ?? (event.type === 'payment.refunded' ? refundOutcome(event, refund) : 'applied'),
  });
  if (!first) return { kind: 'repeated' };
  if (why) return { kind: 'mismatch', why };
  if (event.type !== 'payment.refunded') await changeState(ctx, payment, event);
  else if (refund && refundOutcome(event, refund) === 'applied') {
    await finishRefund(ctx, refund, { state: 'done', gatewayRef: event.refundRef });
  }
  return { kind: 'applied' };
}

type RefundEvent = Extract<GatewayEvent, { type: 'payment.refunded' }>;

/** The refund of ours that an event speaks of, locked; null for one made at the gateway itself. */
async function refundOf(ctx: Ctx, payment: Payment, event: RefundEvent): Promise<Refund | null> {
  const key = event.refundId === null ? null : parseRefundKey(event.refundId);
  const refund = key && (await lockRefund(ctx, key.id));
  return refund?.paymentId === payment.id && refund.attempt === key?.attempt ? refund : null;
}

/** What staff read beside the notification; all but `applied` is for them to look into. */
function refundOutcome(event: RefundEvent, refund: Refund | null): string {
  if (!refund) return 'refund-unknown';
  if (refund.amountMinor !== event.amountMinor) return 'amount-differs';
  return refund.state === 'failed' ? 'refund-failed-before' : 'applied';
}

async function changeState(
  ctx: Ctx,
  payment: Payment,
  event: Exclude<GatewayEvent, RefundEvent>,
): Promise<void> {
  const state = stateAfter(payment.state, event);
  if (state === payment.state && event.type !== 'payment.failed') return;
  if (state === 'succeeded' && payment.state !== 'succeeded') {
    const amount = money(payment.amountMinor, payment.currency);
    await receiveMoney(ctx, { ...payment, gatewayRef: event.gatewayRef }, amount);
    if (event.type === 'payment.succeeded' && event.kept)
      await keepMethod(ctx, payment, event.kept);
    return;
  }
  const told = { ...payment, gatewayRef: event.gatewayRef };
  if (event.type !== 'payment.failed') return updatePayment(ctx, { ...told, state });
  if (state === 'failed') {
    await failPayment(ctx, told, event.failure);
    return;
  }
  const { code: failureCode, message: failureMessage } = event.failure;
  await updatePayment(ctx, { ...told, state, failureCode, failureMessage });
}
