import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Entitlement } from './entitlement.ts';
import { isHeld } from './entitlement.ts';
import { selectEntitlement, updateEntitlement } from './entitlement-store.ts';
import { entitlementDeleted } from './events.ts';
import { factOf, takeSubscription } from './save-subscription.ts';
import type { Subscription } from './subscription.ts';

/**
 * Ends a component at once and for good (rule 8). A second call finds it gone and changes nothing.
 * The caller has checked whose it is. Refuses `entitlement-not-found`.
 */
export async function deleteEntitlement(ctx: Ctx, id: string): Promise<Entitlement> {
  const found = await selectEntitlement(ctx, id);
  if (!found) refuse('entitlement-not-found', { field: 'id' });
  const subscription = await takeSubscription(ctx, found.subscriptionId);
  const current = (await selectEntitlement(ctx, id)) ?? found;
  return removeEntitlement(ctx, subscription, current, null);
}

/** The same for a caller that holds the subscription's row. */
export async function removeEntitlement(
  ctx: Ctx,
  subscription: Subscription,
  entitlement: Entitlement,
  orderId: string | null,
): Promise<Entitlement> {
  if (!isHeld(entitlement)) return entitlement;
  const deleted: Entitlement = {
    ...entitlement,
    state: 'deleted',
    renews: false,
    deletedAt: ctx.now,
  };
  await updateEntitlement(ctx, deleted, subscription.zone);
  await ctx.announce(
    entitlementDeleted,
    factOf(subscription, orderId, {
      entitlementId: deleted.id,
      componentId: deleted.componentId,
      quantity: deleted.quantity,
    }),
  );
  return deleted;
}
