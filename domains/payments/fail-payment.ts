import type { Ctx } from '#platform/context.ts';
import { paymentFact, paymentFailed } from './events.ts';
import type { Payment } from './payment.ts';
import { failureKind } from './saved-method.ts';
import { lockMethodsOf, updateMethod } from './saved-method-store.ts';
import { updatePayment } from './store.ts';

export type Failure = { code: NonNullable<Payment['failureCode']>; message: string };

/** Ends a locked payment without money. A saved method that will never pay again is marked so. */
export async function failPayment(
  ctx: Ctx,
  payment: Payment,
  { code, message }: Failure,
): Promise<Payment> {
  const failed: Payment = {
    ...payment,
    state: 'failed',
    failureCode: code,
    failureMessage: message,
    finishedAt: ctx.now,
    nextCheckAt: null,
  };
  await updatePayment(ctx, failed);
  // A copy of the news that comes late changes the reason at most.
  if (payment.state === 'failed') return failed;
  if (failureKind(code) === 'method') await markFailed(ctx, failed);
  const fact = paymentFact(failed, failed.amountMinor);
  await ctx.announce(paymentFailed, { ...fact, payload: { ...fact.payload, code } });
  return failed;
}

async function markFailed(ctx: Ctx, { clientId, savedMethodId, failureCode }: Payment) {
  const methods = savedMethodId === null ? [] : await lockMethodsOf(ctx, clientId);
  const method = methods.find((one) => one.id === savedMethodId);
  if (method) await updateMethod(ctx, { ...method, state: 'failed', failureCode });
}
