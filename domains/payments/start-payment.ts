import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { sendCharge } from './charge-method.ts';
import { connectGateway } from './connect-gateway.ts';
import { failPayment } from './fail-payment.ts';
import type { GatewayConnection } from './gateway.ts';
import { openPayment } from './open-payment.ts';
import type { PaymentRequest } from './open-payment.ts';
import type { Payment } from './payment.ts';
import { readAgain } from './read-again.ts';
import { lockPayment, selectPayment, updatePayment } from './store.ts';

/**
 * Opens a payment at a gateway and gives the page to send the payer to. The payment's row is
 * written before the gateway is asked and its id is the gateway's idempotency key, so an answer
 * that is lost costs nothing: the same call again finds the same payment.
 */
export async function startPayment(outside: Outside, request: PaymentRequest): Promise<Payment> {
  const { payment, isNew } = await outside.transact((ctx) => openPayment(ctx, request));
  if (!payment.savedMethodId || payment.state !== 'starting')
    return openAtGateway(outside, payment);
  if (isNew) return sendCharge(outside, payment);
  await readAgain(outside, payment);
  return outside.transact(async (ctx) => (await selectPayment(ctx, payment.id)) ?? payment);
}

/** Asks the gateway for a payment's page, unless it has answered before. Safe to repeat. */
export async function openAtGateway(outside: Outside, payment: Payment): Promise<Payment> {
  if (payment.state !== 'starting') return payment;
  const connection = await outside.transact((ctx) =>
    connectGateway(ctx, payment.brandId, payment.gatewayId),
  );
  if (!connection) refuse('gateway-unavailable', { field: 'gatewayId' });
  const answer = await connection.startPayment({
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    description: payment.description,
    returnUrl: payment.returnUrl,
    notifyUrl: payment.notifyUrl,
    locale: payment.language,
    ...(payment.saveMethod && { saveMethod: true }),
  });
  return outside.transact((ctx) => takeAnswer(ctx, payment.id, answer));
}

type GatewayAnswer = Awaited<ReturnType<GatewayConnection['startPayment']>>;

async function takeAnswer(ctx: Ctx, id: string, answer: GatewayAnswer): Promise<Payment> {
  const payment = await lockPayment(ctx, id);
  if (!payment) throw new Error(`payment ${id} is gone`);
  // A notification may have overtaken the answer: what it said stands.
  if (payment.state !== 'starting' || answer.kind === 'unreachable') return payment;
  if (answer.kind === 'refused') {
    return failPayment(ctx, payment, { code: 'refused', message: answer.message });
  }
  const { gatewayRef, redirectUrl } = answer;
  const opened: Payment = { ...payment, state: 'pending', gatewayRef, redirectUrl };
  await updatePayment(ctx, opened);
  return opened;
}
