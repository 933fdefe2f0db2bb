import type { Money } from '#kit/money.ts';
import { money } from '#kit/money.ts';
import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { payFromBalance, settleInvoice } from '#domains/billing/index.ts';
import { balanceCode, cashCode, post } from '#domains/ledger/index.ts';
import { paymentFact, paymentSucceeded } from './events.ts';
import type { Payment } from './payment.ts';
import { sharesOf } from './share-store.ts';
import { updatePayment } from './store.ts';

/**
 * Books money that has arrived for a payment: to its invoice (what is over goes to the client's
 * balance) or straight to the balance. The payment's id is the cause, so it is booked once.
 */
export async function receiveMoney(ctx: Ctx, payment: Payment, amount: Money): Promise<void> {
  await updatePayment(ctx, {
    ...payment,
    state: 'succeeded',
    receivedMinor: amount.minor,
    failureCode: null,
    failureMessage: null,
    nextCheckAt: null,
    finishedAt: ctx.now,
  });
  const from = cashCode(payment.gatewayId);
  if (payment.invoiceId) {
    await settleInvoice(ctx, payment.invoiceId, {
      amount,
      from: { code: from },
      cause: payment.id,
    });
  } else {
    await post(ctx, {
      branch: payment.branch,
      kind: 'top-up',
      cause: payment.id,
      documentId: payment.id,
      entries: [
        { book: payment.sellerId, code: from, amount },
        {
          book: payment.sellerId,
          code: balanceCode(payment.clientId),
          amount: money(-amount.minor, amount.currency),
        },
      ],
    });
    await payShares(ctx, payment);
  }
  await ctx.announce(paymentSucceeded, paymentFact(payment, amount.minor));
}

/** Pays the invoices that the money came for together; what was paid meanwhile leaves its part. */
async function payShares(ctx: Ctx, payment: Payment): Promise<void> {
  for (const invoiceId of await sharesOf(ctx, payment.id)) {
    try {
      await payFromBalance(ctx, invoiceId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
