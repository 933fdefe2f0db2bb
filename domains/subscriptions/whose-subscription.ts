import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import { selectSubscription } from './store.ts';
import type { Subscription } from './subscription.ts';

/** The client's own subscription; anybody else's does not exist for them. */
export async function ownSubscription(ctx: Ctx, id: string): Promise<Subscription> {
  const { actor } = ctx;
  if (actor.kind !== 'client') refuse('not-allowed');
  const found = await selectSubscription(ctx, id);
  if (found?.clientId !== actor.clientId) refuse('subscription-not-found', { field: 'id' });
  return found;
}

/** A subscription of the staff's seller or of one below it. */
export async function staffSubscription(ctx: Ctx, id: string): Promise<Subscription> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') refuse('not-allowed');
  const found = await selectSubscription(ctx, id);
  const seller = found && (await findSeller(ctx, found.sellerId));
  if (!found || !seller || !isWithin(seller, actor.sellerId)) {
    refuse('subscription-not-found', { field: 'id' });
  }
  return found;
}
