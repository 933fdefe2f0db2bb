import type { Ctx } from '#platform/context.ts';
import { lockSubscription } from '#domains/subscriptions/index.ts';
import { executeOrder } from './execute-order.ts';
import { selectMerged } from './merged-store.ts';
import type { Order } from './order.ts';
import { selectOrder } from './store.ts';

/**
 * All orders of a merged invoice with their packages, held in the one order in which rows are: no
 * order of it is carried out before all of them are held.
 */
export async function holdMerged(ctx: Ctx, mergedId: string): Promise<Order[]> {
  const seen = await selectMerged(ctx, mergedId);
  const packages = new Set(seen.map(({ subscriptionId }) => subscriptionId));
  for (const id of [...packages].toSorted()) await lockSubscription(ctx, id);
  return selectMerged(ctx, mergedId, 'lock');
}

/**
 * Carries out every order of a merged invoice that is paid. Each is a sale of its own up the chain:
 * a wallet that is too low for one package holds up that one alone (decision 6).
 */
export async function executeMerged(
  ctx: Ctx,
  { mergedId, invoiceId }: { mergedId: string; invoiceId: string | null },
): Promise<void> {
  // What was paid as it was issued is carried out already.
  const seen = await selectMerged(ctx, mergedId);
  if (!seen.some(({ state }) => state === 'awaiting-payment' || state === 'locked')) return;
  for (const order of await holdMerged(ctx, mergedId)) {
    if (order.invoiceId === invoiceId) await executeOrder(ctx, order.id);
  }
}

/** Carries out an order whose invoice is paid, with all that share it. Returns it as it then is. */
export async function executePaid(ctx: Ctx, order: Order): Promise<Order> {
  const { id, mergedId, invoiceId } = order;
  if (mergedId === null) return executeOrder(ctx, id);
  await executeMerged(ctx, { mergedId, invoiceId });
  return (await selectOrder(ctx, id)) ?? order;
}
