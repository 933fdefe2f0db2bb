import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Entitlement } from './entitlement.ts';
import { isHeld } from './entitlement.ts';
import { selectEntitlement, updateEntitlement } from './entitlement-store.ts';
import { entitlementChanged } from './events.ts';
import { factOf, saveSubscription, takeSubscription } from './save-subscription.ts';
import { isLive } from './subscription.ts';
import type { Subscription } from './subscription.ts';

/** Turns automatic renewal on or off. Refuses what is not live: `subscription-state-forbids`. */
export async function setAutoRenew(
  ctx: Ctx,
  id: string,
  autoRenew: boolean,
): Promise<Subscription> {
  const before = await takeSubscription(ctx, id);
  if (before.autoRenew === autoRenew) return before;
  if (!isLive(before)) refuse('subscription-state-forbids');
  return saveSubscription(ctx, { ...before, autoRenew });
}

/**
 * Says whether the next period is to have a component, also one that a change would only let stay
 * when its owner wants it. Until the paid end nothing changes.
 * Refuses `entitlement-not-found`, `entitlement-deleted` (final), `entitlement-ends-already`
 * (the next period was paid without it).
 */
export async function setEntitlementRenewal(
  ctx: Ctx,
  id: string,
  renews: boolean,
): Promise<Entitlement> {
  const found = await selectEntitlement(ctx, id);
  if (!found) refuse('entitlement-not-found', { field: 'id' });
  const subscription = await takeSubscription(ctx, found.subscriptionId);
  const current = (await selectEntitlement(ctx, id)) ?? found;
  if (!isHeld(current)) refuse('entitlement-deleted');
  if (current.renews === renews && (current.optedIn ?? false) === renews) return current;
  if (current.endsOn !== null) refuse('entitlement-ends-already');
  const changed: Entitlement = { ...current, renews, optedIn: renews };
  await updateEntitlement(ctx, changed, subscription.zone);
  await ctx.announce(
    entitlementChanged,
    factOf(subscription, null, {
      entitlementId: id,
      componentId: changed.componentId,
      quantity: changed.quantity,
      renews,
    }),
  );
  return changed;
}

/** What was kept for free is part of the plan again, because the change will not come. */
export async function restoreEntitlement(
  ctx: Ctx,
  subscription: Subscription,
  entitlement: Entitlement,
): Promise<void> {
  if (entitlement.state !== 'grandfathered') return;
  await updateEntitlement(ctx, { ...entitlement, state: 'included' }, subscription.zone);
}

/** Marks an included component as kept for free until a later edition prices it (rule 6). */
export async function grandfatherEntitlement(
  ctx: Ctx,
  subscription: Subscription,
  entitlement: Entitlement,
): Promise<void> {
  if (entitlement.state !== 'included') return;
  await updateEntitlement(ctx, { ...entitlement, state: 'grandfathered' }, subscription.zone);
}
