import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { clientOf } from '#domains/clients/index.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import type { Payment } from './payment.ts';
import { readAgain } from './read-again.ts';
import { openAtGateway } from './start-payment.ts';
import { selectPayment } from './store.ts';

/** The client's own payment; anybody else's does not exist for them. */
export async function ownPayment(ctx: Ctx, id: string): Promise<Payment> {
  const client = await clientOf(ctx);
  const payment = await selectPayment(ctx, id);
  if (!payment || payment.clientId !== client.id) refuse('payment-not-found');
  return payment;
}

/**
 * The payer waits: a gateway that never gave its page is asked for it again, one that has said
 * nothing final is asked how the payment stands.
 */
export async function refreshPayment(outside: Outside, id: string): Promise<Payment> {
  const payment = await outside.transact((ctx) => ownPayment(ctx, id));
  if (payment.state === 'starting' && !payment.savedMethodId) {
    return openAtGateway(outside, payment);
  }
  const isOpen = payment.state === 'pending' || payment.state === 'starting';
  if (isOpen && payment.gatewayId !== BANK_TRANSFER) {
    await readAgain(outside, payment);
  }
  return outside.transact((ctx) => ownPayment(ctx, id));
}
