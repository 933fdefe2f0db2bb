import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { applyEvent } from './apply-event.ts';
import { sendCharge } from './charge-method.ts';
import { connectGateway } from './connect-gateway.ts';
import { eventOfRead } from './event-of-read.ts';
import { nextCheckAfter } from './payment.ts';
import type { Payment } from './payment.ts';
import { firstCheckAt, lockPayment, paymentsToCheck, updatePayment } from './store.ts';

/**
 * Asks gateways about payments they have said nothing final of: a notification may be lost, and
 * an answer to our own call too. Pauses grow; after some nine days staff decide.
 */
export const checkPayments: AgendaItem = {
  name: 'payments.read-again',
  nextDueAt: firstCheckAt,
  runDue: eachDue(paymentsToCheck, async (outside, payment) => {
    // The next check is set first: a process that dies here must not ask in a loop.
    await outside.transact((ctx) => postponeCheck(ctx, payment.id));
    await readAgain(outside, payment);
  }),
};

/**
 * Reads one payment at its gateway and takes in what it says. The charge of a saved method that
 * never got there is sent once more, under the same key.
 */
export async function readAgain(outside: Outside, payment: Payment): Promise<void> {
  const connection = await outside.transact((ctx) =>
    connectGateway(ctx, payment.brandId, payment.gatewayId),
  );
  if (!connection) return;
  const answer = await connection.readPayment(
    payment.gatewayRef
      ? { gatewayRef: payment.gatewayRef, paymentId: payment.id }
      : { paymentId: payment.id },
  );
  if (answer.kind === 'refused' && answer.code === 'payment-not-found') {
    if (payment.savedMethodId && payment.state === 'starting') await sendCharge(outside, payment);
    return;
  }
  if (answer.kind !== 'payment') return;
  const event = eventOfRead(answer.payment, outside.now());
  if (event) await outside.transact((ctx) => applyEvent(ctx, payment.gatewayId, event));
}

async function postponeCheck(ctx: Ctx, id: string): Promise<void> {
  const payment = await lockPayment(ctx, id);
  if (!payment?.nextCheckAt) return;
  const checks = payment.checks + 1;
  await updatePayment(ctx, { ...payment, checks, nextCheckAt: nextCheckAfter(checks, ctx.now) });
}
