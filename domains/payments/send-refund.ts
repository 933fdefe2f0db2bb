import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { askRefund } from './ask-refund.ts';
import type { RefundRequest } from './ask-refund.ts';
import { connectGateway, BANK_TRANSFER } from './connect-gateway.ts';
import { finishRefund } from './finish-refund.ts';
import type { GatewayConnection } from './gateway.ts';
import { nextCheckAfter } from './payment.ts';
import type { Refund } from './refund.ts';
import { refundKey } from './refund.ts';
import { firstTryAt, lockRefund, refundsToSend, updateRefund } from './refund-store.ts';
import { selectPayment } from './store.ts';

/** Asks gateways again for refunds they have given no answer to; the key makes it one refund. */
export const sendRefunds: AgendaItem = {
  name: 'payments.refund',
  nextDueAt: firstTryAt,
  runDue: eachDue(refundsToSend, async (outside, { id }) => {
    await sendRefund(outside, id);
  }),
};

/** Writes a refund, then asks its gateway: an answer that is lost costs nothing. */
export async function startRefund(outside: Outside, request: RefundRequest): Promise<Refund> {
  const refund = await outside.transact((ctx) => askRefund(ctx, request));
  return sendRefund(outside, refund.id);
}

/** Asks the gateway for a refund that is not finished. Safe to repeat, also at the same moment. */
export async function sendRefund(outside: Outside, id: string): Promise<Refund> {
  const { refund, gatewayRef, connection } = await outside.transact((ctx) => takeUp(ctx, id));
  if (!connection || gatewayRef === null) return refund;
  const answer = await connection.refund({
    refundId: refundKey(refund),
    gatewayRef,
    amountMinor: refund.amountMinor,
    currency: refund.currency,
  });
  return outside.transact((ctx) => takeAnswer(ctx, refund, answer));
}

/** The next try is set first: a process that dies while it asks must not ask in a loop. */
async function takeUp(ctx: Ctx, id: string) {
  const refund = await lockRefund(ctx, id);
  if (!refund) throw new Error(`refund ${id} is gone`);
  if (refund.state !== 'asked' || refund.gatewayId === BANK_TRANSFER) {
    return { refund, gatewayRef: null, connection: null };
  }
  const tries = refund.tries + 1;
  const taken = { ...refund, tries, nextTryAt: nextCheckAfter(tries - 1, ctx.now) };
  await updateRefund(ctx, taken);
  const payment = await selectPayment(ctx, refund.paymentId);
  return {
    refund: taken,
    gatewayRef: payment?.gatewayRef ?? null,
    connection: await connectGateway(ctx, refund.brandId, refund.gatewayId),
  };
}

type RefundAnswer = Awaited<ReturnType<GatewayConnection['refund']>>;

async function takeAnswer(ctx: Ctx, asked: Refund, answer: RefundAnswer): Promise<Refund> {
  const refund = await lockRefund(ctx, asked.id);
  if (!refund) throw new Error(`refund ${asked.id} is gone`);
  // A notification may have overtaken the answer: what it said stands.
  if (refund.state !== 'asked' || refund.attempt !== asked.attempt) return refund;
  if (answer.kind === 'unreachable') return refund;
  if (answer.kind === 'refused') {
    return finishRefund(ctx, refund, {
      state: 'failed',
      code: answer.code,
      message: answer.message,
    });
  }
  if (answer.amountMinor !== refund.amountMinor) {
    ctx.log.error({ refund: refund.id, answer }, 'a gateway refunds another amount');
    return refund;
  }
  if (answer.kind === 'refunded') {
    return finishRefund(ctx, refund, { state: 'done', gatewayRef: answer.refundRef });
  }
  const accepted = { ...refund, gatewayRef: answer.refundRef };
  await updateRefund(ctx, accepted);
  return accepted;
}
