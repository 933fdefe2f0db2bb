import type { Ctx } from '#platform/context.ts';
import { findInvoice } from '#domains/billing/index.ts';
import { cancelUnpaidOrder } from './cancel-order.ts';
import { selectOpenOrders } from './store.ts';

/**
 * What was priced for the old period or the old plan and is not yet paid for ends when the package
 * is renewed or changes its plan; the client sees the new price when ordering again. What is being
 * paid meanwhile must not hold that up: it ends in its own turn.
 */
export async function cancelAddOnsOfPast(ctx: Ctx, subscriptionId: string): Promise<void> {
  for (const other of await selectOpenOrders(ctx, subscriptionId)) {
    if (other.kind === 'plan' && other.state !== 'delivering') {
      await cancelUnpaidOrder(ctx, other, 'replaced');
    }
    if (other.kind !== 'addon' || other.state !== 'awaiting-payment') continue;
    const invoice = other.invoiceId ? await findInvoice(ctx, other.invoiceId) : null;
    if (invoice && (invoice.state === 'paid' || invoice.paidMinor > 0n)) continue;
    await cancelUnpaidOrder(ctx, other, 'replaced');
  }
}
