import type { Ctx } from '#platform/context.ts';
import { post } from '#domains/ledger/index.ts';
import { refundDone, refundFailed } from './events.ts';
import type { Refund } from './refund.ts';
import { refundPosting } from './refund-posting.ts';
import { updateRefund } from './refund-store.ts';

export type RefundEnd =
  | { state: 'done'; gatewayRef: string | null }
  | { state: 'failed'; code: NonNullable<Refund['failureCode']>; message: string };

/** Ends a locked refund that was asked: the money is with the payer, or on the balance again. */
export async function finishRefund(ctx: Ctx, refund: Refund, end: RefundEnd): Promise<Refund> {
  if (refund.state !== 'asked') return refund;
  const failed = end.state === 'failed';
  const finished: Refund = {
    ...refund,
    state: end.state,
    gatewayRef: failed ? refund.gatewayRef : (end.gatewayRef ?? refund.gatewayRef),
    failureCode: failed ? end.code : null,
    failureMessage: failed ? end.message : null,
    finishedAt: ctx.now,
    nextTryAt: null,
  };
  await post(ctx, refundPosting(finished, end.state));
  await updateRefund(ctx, finished);
  await ctx.announce(failed ? refundFailed : refundDone, {
    branch: refund.branch,
    subject: refund.paymentId,
    payload: {
      refundId: refund.id,
      paymentId: refund.paymentId,
      clientId: refund.clientId,
      gatewayId: refund.gatewayId,
      minor: Number(refund.amountMinor),
      currency: refund.currency,
      code: finished.failureCode,
    },
  });
  return finished;
}
