import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findInvoice, voidInvoice } from '#domains/billing/index.ts';
import { releasePromo } from '#domains/catalog/index.ts';
import {
  cancelSubscription,
  findSubscription,
  lockSubscription,
} from '#domains/subscriptions/index.ts';
import { creditWholeOrder } from './credit-order.ts';
import { aboutOrder, orderCancelled } from './events.ts';
import { selectMerged } from './merged-store.ts';
import type { Order } from './order.ts';
import type { CancelCause } from './order-words.ts';
import { reissueMerged } from './reissue-merged.ts';
import { lockOrder, selectOrder, updateOrder } from './store.ts';

/**
 * Drops an order before anything of it was delivered: an unpaid one with its invoice, a locked one
 * with the client's money back on the balance. Cancelling twice is cancelling once. Refuses
 * `order-not-found`, `order-already-paid` (it is being delivered), `invoice-partly-paid`.
 */
export async function cancelOrder(ctx: Ctx, orderId: string, cause: CancelCause): Promise<Order> {
  const named = await selectOrder(ctx, orderId);
  if (named) await lockSubscription(ctx, named.subscriptionId);
  if (named?.mergedId) await selectMerged(ctx, named.mergedId, 'lock');
  const order = await lockOrder(ctx, orderId);
  if (!order) refuse('order-not-found', { field: 'id' });
  if (order.state === 'cancelled') return order;
  if (order.state === 'locked') return cancelPaidOrder(ctx, order, cause);
  if (order.state !== 'awaiting-payment') refuse('order-already-paid');
  return cancelUnpaidOrder(ctx, order, cause);
}

/** The caller holds the order's row. An invoice paid this very moment refuses: the order goes on. */
export async function cancelUnpaidOrder(
  ctx: Ctx,
  order: Order,
  cause: CancelCause,
): Promise<Order> {
  if (order.invoiceId) {
    const invoice = await findInvoice(ctx, order.invoiceId);
    if (invoice?.state === 'paid') refuse('order-already-paid');
    if (invoice) await voidInvoice(ctx, { invoiceId: invoice.id, reason: cause });
    // One that staff took back is nobody's any more; else the other packages stay invoiced.
    if (order.mergedId && invoice?.state === 'issued') await reissueMerged(ctx, order, null);
  }
  return writeCancelled(ctx, order, cause);
}

/** Paid, and cannot or shall not be carried out: all of the money goes back to the balance. */
export async function cancelPaidOrder(ctx: Ctx, order: Order, cause: CancelCause): Promise<Order> {
  await creditWholeOrder(ctx, order, cause);
  return writeCancelled(ctx, order, cause);
}

async function writeCancelled(ctx: Ctx, order: Order, cause: CancelCause): Promise<Order> {
  const cancelled: Order = {
    ...order,
    state: 'cancelled',
    waitsForSellerId: null,
    lockReason: null,
    cancelledAt: ctx.now,
    cancelledFor: cause,
  };
  await updateOrder(ctx, cancelled);
  if (order.promoId) {
    await releasePromo(ctx, { branch: order.branch, promoId: order.promoId, cause: order.id });
  }
  if (order.kind === 'package') {
    const subscription = await findSubscription(ctx, order.subscriptionId);
    if (subscription?.state === 'pending') await cancelSubscription(ctx, subscription.id);
  }
  await ctx.announce(orderCancelled, aboutOrder(cancelled, { cause }));
  return cancelled;
}

const EXTRA_HOURS = 24 * 7;

/** An unpaid order that cannot be dropped, because money for it is on its way, gets a week more. */
export async function postponeExpiry(ctx: Ctx, orderId: string): Promise<void> {
  const order = await lockOrder(ctx, orderId);
  if (order?.state !== 'awaiting-payment') return;
  await updateOrder(ctx, { ...order, expiresAt: ctx.now.add({ hours: EXTRA_HOURS }) });
}
