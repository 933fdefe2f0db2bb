import type { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { aboutLocked, orderLocked } from './events.ts';
import { lockedBy } from './order.ts';
import type { Order } from './order.ts';
import { updateOrder } from './store.ts';

/** The order waits for a level above: it is told once for whom. */
export async function lockUnpaidChain(ctx: Ctx, order: Order, refusal: Refusal): Promise<Order> {
  const locked = lockedBy(order, refusal, ctx.now);
  await updateOrder(ctx, locked);
  if (order.state !== 'locked' || order.waitsForSellerId !== locked.waitsForSellerId) {
    await ctx.announce(orderLocked, aboutLocked(locked));
  }
  return locked;
}
