import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { eventMismatch } from './gateway.ts';
import type { EventMismatch, GatewayEvent } from './gateway.ts';
import { paymentFailed } from './events.ts';
import { receiveMoney } from './receive-money.ts';
import type { Payment } from './payment.ts';
import { stateAfter } from './payment.ts';
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
  const first = await insertNotification(ctx, {
    branch: payment.branch,
    gatewayId,
    eventId: event.eventId,
    paymentId: payment.id,
    kind: event.type,
    outcome: why ?? 'applied',
  });
  if (!first) return { kind: 'repeated' };
  if (why) return { kind: 'mismatch', why };
  await changeState(ctx, payment, event);
  return { kind: 'applied' };
}

async function changeState(ctx: Ctx, payment: Payment, event: GatewayEvent): Promise<void> {
  const state = stateAfter(payment.state, event);
  if (state === payment.state && event.type !== 'payment.failed') return;
  if (state === 'succeeded' && payment.state !== 'succeeded') {
    const amount = money(payment.amountMinor, payment.currency);
    return receiveMoney(ctx, { ...payment, gatewayRef: event.gatewayRef }, amount);
  }
  const failure = event.type === 'payment.failed' ? event.failure : null;
  const failed: Payment = {
    ...payment,
    state,
    gatewayRef: event.gatewayRef,
    failureCode: failure?.code ?? payment.failureCode,
    failureMessage: failure?.message ?? payment.failureMessage,
    finishedAt: state === 'failed' ? ctx.now : null,
    nextCheckAt: state === 'failed' ? null : payment.nextCheckAt,
  };
  await updatePayment(ctx, failed);
  if (state !== 'failed' || payment.state === 'failed') return;
  await ctx.announce(paymentFailed, {
    branch: payment.branch,
    subject: payment.invoiceId ?? payment.clientId,
    payload: {
      paymentId: payment.id,
      invoiceId: payment.invoiceId,
      clientId: payment.clientId,
      gatewayId: payment.gatewayId,
      minor: Number(payment.amountMinor),
      currency: payment.currency,
      code: failed.failureCode,
    },
  });
}
