import type { Ctx, Outside } from '#platform/context.ts';
import { applyEvent } from './apply-event.ts';
import { connectGateway } from './connect-gateway.ts';
import { eventOfRead } from './event-of-read.ts';
import { failPayment } from './fail-payment.ts';
import type { ChargeOrder, SavedMethods } from './gateway.ts';
import type { Payment } from './payment.ts';
import { selectMethods, tokenOf } from './saved-method-store.ts';
import { lockPayment } from './store.ts';

/**
 * How long a charge may be sent again under its key. Vendors keep keys for a day at the least
 * (Stripe, YooKassa); a charge that a vendor has not heard of by then is given up instead.
 */
const SEND_WITHIN_HOURS = 12;

/**
 * Charges a saved method at its gateway: for a payment that was just written, or one that the
 * gateway says it has not heard of. The payment's id is the idempotency key, so sent again it is
 * the same charge; once that key may be forgotten nothing is sent, and the payment has failed.
 */
export async function sendCharge(outside: Outside, payment: Payment): Promise<Payment> {
  const ready = await outside.transact((ctx) => takeUp(ctx, payment.id));
  if (ready.order === null) return ready.payment;
  const answer = await ready.methods.charge(ready.order);
  return outside.transact((ctx) => takeAnswer(ctx, ready.payment, answer));
}

type Ready =
  | { payment: Payment; order: ChargeOrder; methods: SavedMethods }
  | { payment: Payment; order: null };

async function takeUp(ctx: Ctx, id: string): Promise<Ready> {
  const payment = await lockPayment(ctx, id);
  if (!payment) throw new Error(`payment ${id} is gone`);
  const ended = async (why: Payment | Promise<Payment>) => ({ payment: await why, order: null });
  if (payment.state !== 'starting' || !payment.savedMethodId) return ended(payment);
  const until = payment.createdAt.add({ hours: SEND_WITHIN_HOURS });
  if (Temporal.Instant.compare(ctx.now, until) > 0) {
    const message = 'the gateway has not heard of it';
    return ended(failPayment(ctx, payment, { code: 'other', message }));
  }
  const method = (await selectMethods(ctx, [payment.savedMethodId])).get(payment.savedMethodId);
  const token = method?.state === 'usable' ? await tokenOf(ctx, method.id) : null;
  if (token === null) {
    const message = 'the method was removed before it was charged';
    return ended(failPayment(ctx, payment, { code: 'method-unknown', message }));
  }
  const connection = await connectGateway(ctx, payment.brandId, payment.gatewayId);
  if (!connection?.savedMethods) {
    const message = 'the gateway is switched off';
    return ended(failPayment(ctx, payment, { code: 'refused', message }));
  }
  return { payment, order: orderOf(payment, token), methods: connection.savedMethods };
}

function orderOf(payment: Payment, token: string): ChargeOrder {
  return {
    paymentId: payment.id,
    token,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    description: payment.description,
    notifyUrl: payment.notifyUrl,
    locale: payment.language,
  };
}

type ChargeAnswer = Awaited<ReturnType<SavedMethods['charge']>>;

async function takeAnswer(ctx: Ctx, asked: Payment, answer: ChargeAnswer): Promise<Payment> {
  if (answer.kind === 'payment') {
    const event = eventOfRead(answer.payment, ctx.now);
    if (event) await applyEvent(ctx, asked.gatewayId, event);
  }
  const payment = await lockPayment(ctx, asked.id);
  if (!payment) throw new Error(`payment ${asked.id} is gone`);
  // A notification may have overtaken the answer: what it said stands.
  if (answer.kind !== 'refused' || payment.state !== 'starting') return payment;
  const code = answer.code === 'method-not-found' ? 'method-unknown' : 'refused';
  return failPayment(ctx, payment, { code, message: answer.message });
}
