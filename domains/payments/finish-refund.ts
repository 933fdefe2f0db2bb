import type { Ctx } from '#platform/context.ts';
import { findInvoice, invoiceNumber, issueRefundNote } from '#domains/billing/index.ts';
import { post } from '#domains/ledger/index.ts';
import { gatewayKind } from './connect-gateway.ts';
import { refundDone, refundFailed } from './events.ts';
import type { Refund } from './refund.ts';
import { cardTitle } from './saved-method.ts';
import { refundPosting } from './refund-posting.ts';
import { updateRefund } from './refund-store.ts';
import { selectPayment } from './store.ts';

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
  // Its number comes last: others wait for theirs from here on.
  if (!failed) await issueRefundNote(ctx, await factsOf(ctx, finished));
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

/** What its document says of it. */
async function factsOf(ctx: Ctx, refund: Refund) {
  const payment = await selectPayment(ctx, refund.paymentId);
  if (!payment?.finishedAt) throw new Error(`${refund.id} gives back what never came`);
  const { creditNoteId, gatewayId } = refund;
  const note = creditNoteId ? await findInvoice(ctx, creditNoteId) : null;
  const title = ctx.extension(gatewayKind, gatewayId)?.title ?? { ru: gatewayId, en: gatewayId };
  const card = payment.card ? `, ${cardTitle(payment.card)}` : '';
  return {
    branch: refund.branch,
    sellerId: refund.sellerId,
    clientId: refund.clientId,
    brandId: refund.brandId,
    amountMinor: refund.amountMinor,
    currency: refund.currency,
    refundId: refund.id,
    paymentId: payment.id,
    paidAt: payment.finishedAt,
    method: { ru: `${title.ru}${card}`, en: `${title.en}${card}` },
    gatewayRef: refund.gatewayRef,
    invoiceNumber: payment.invoiceNumber,
    creditNoteNumber: note && invoiceNumber(note),
    reason: refund.reason,
  };
}
