import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { removeEntitlement } from './delete-entitlement.ts';
import { selectEntitlements } from './entitlement-store.ts';
import { subscriptionDeleted } from './events.ts';
import { factOf, saveSubscription, takeSubscription } from './save-subscription.ts';
import { mayMove } from './subscription.ts';
import type { Subscription, SuspensionCause } from './subscription.ts';

/**
 * Deletes a subscription with everything on it, for good. A second call changes nothing.
 * Refuses `subscription-not-found`, `subscription-state-forbids`.
 */
export async function endSubscription(
  ctx: Ctx,
  id: string,
  { cause, reason = null }: { cause: SuspensionCause; reason?: string | null },
): Promise<Subscription> {
  const before = await takeSubscription(ctx, id);
  if (before.state === 'deleted') return before;
  if (!mayMove(before.state, 'deleted')) refuse('subscription-state-forbids');
  const deleted = await saveSubscription(ctx, {
    ...before,
    state: 'deleted',
    autoRenew: false,
    deletedAt: ctx.now,
  });
  for (const entitlement of await selectEntitlements(ctx, [deleted])) {
    await removeEntitlement(ctx, deleted, entitlement, null);
  }
  await ctx.announce(subscriptionDeleted, factOf(deleted, null, { cause, reason }));
  return deleted;
}

/** Drops a subscription that was ordered and never paid. Doing it again changes nothing. */
export async function cancelSubscription(ctx: Ctx, id: string): Promise<Subscription> {
  const before = await takeSubscription(ctx, id);
  if (before.state === 'cancelled') return before;
  if (!mayMove(before.state, 'cancelled')) refuse('subscription-state-forbids');
  return saveSubscription(ctx, { ...before, state: 'cancelled' });
}
