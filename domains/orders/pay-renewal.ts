import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findInvoice, payFromBalance } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { executePaid } from './merged-orders.ts';
import type { Order } from './order.ts';

/**
 * Pays an unpaid renewal from the balance and carries it out in the same breath, if that works. One
 * on a merged invoice is paid with all that share it.
 */
export async function payRenewal(ctx: Ctx, order: Order): Promise<Order> {
  if (order.state !== 'awaiting-payment' || !order.invoiceId) return order;
  const paid = await tryBalance(ctx, order.invoiceId);
  return paid?.state === 'paid' ? executePaid(ctx, order) : order;
}

/** Null when the balance does not cover it; nothing is written then. */
async function tryBalance(ctx: Ctx, invoiceId: string): Promise<Invoice | null> {
  const invoice = await findInvoice(ctx, invoiceId);
  if (invoice?.state === 'paid') return invoice;
  try {
    return await payFromBalance(ctx, invoiceId);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
