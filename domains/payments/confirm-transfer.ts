import type { Money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import type { Payment } from './payment.ts';
import { paymentOfStaff } from './payment-of-staff.ts';
import { receiveMoney } from './receive-money.ts';
import { updatePayment } from './store.ts';

/**
 * Staff saw the transfer on the account: books what really arrived. Less than asked leaves the
 * rest of the invoice due; more goes to the client's balance.
 */
export async function confirmTransfer(ctx: Ctx, id: string, received: Money): Promise<Payment> {
  const payment = await openTransfer(ctx, id);
  if (received.minor <= 0n) refuse('amount-invalid', { field: 'received' });
  if (received.currency !== payment.currency) refuse('currency-invalid', { field: 'received' });
  await receiveMoney(ctx, payment, received);
  return paymentOfStaff(ctx, id);
}

/** The transfer will not come: the payment is closed, the invoice stays as it is. */
export async function cancelTransfer(ctx: Ctx, id: string): Promise<Payment> {
  const payment = await openTransfer(ctx, id);
  await updatePayment(ctx, { ...payment, state: 'cancelled', finishedAt: ctx.now });
  return paymentOfStaff(ctx, id);
}

async function openTransfer(ctx: Ctx, id: string): Promise<Payment> {
  const payment = await paymentOfStaff(ctx, id);
  if (payment.gatewayId !== BANK_TRANSFER) refuse('payment-not-a-transfer');
  if (payment.state !== 'pending') refuse('payment-already-finished');
  return payment;
}
