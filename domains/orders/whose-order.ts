import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import type { Order } from './order.ts';
import { selectOrder } from './store.ts';

/** The client's own order; anybody else's does not exist for them. */
export async function ownOrder(ctx: Ctx, id: string): Promise<Order> {
  if (ctx.actor.kind !== 'client') refuse('not-allowed');
  const order = await selectOrder(ctx, id);
  if (order?.clientId !== ctx.actor.clientId) refuse('order-not-found', { field: 'id' });
  return order;
}

/** An order of the staff's seller or of one below it. */
export async function staffOrder(ctx: Ctx, id: string): Promise<Order> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const order = await selectOrder(ctx, id);
  const seller = order && (await findSeller(ctx, order.sellerId));
  if (!order || !seller || !isWithin(seller, ctx.actor.sellerId)) {
    refuse('order-not-found', { field: 'id' });
  }
  return order;
}
