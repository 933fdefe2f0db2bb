import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { startEntitlements } from './activate-subscription.ts';
import { removeEntitlement } from './delete-entitlement.ts';
import { isHeld } from './entitlement.ts';
import { selectEntitlements, updateEntitlement } from './entitlement-store.ts';
import { subscriptionPlanChanged } from './events.ts';
import { factOf, saveSubscription, takeSubscription } from './save-subscription.ts';
import { isLive } from './subscription.ts';
import type { Subscription } from './subscription.ts';

export type PlanSwitch = {
  planId: string;
  /** The first local day under the new plan: from now on its terms are those of that day. */
  on: Temporal.PlainDate;
  orderId: string;
  invoiceId: string;
  noteIds: readonly string[];
  /** What becomes of components that are held; those not named stay as they are. */
  moves: readonly {
    entitlementId: string;
    as: 'included' | 'grandfathered' | 'bought' | 'deleted';
  }[];
  /** Components that come with the new plan. */
  added: readonly string[];
};

/**
 * Puts a running package on the plan that was bought for it, within its paid period: anchor, term
 * and paid end stay. A change to come by a retired plan's successor is void. Refuses
 * `subscription-not-found`, `subscription-state-forbids`.
 */
export async function switchPlan(ctx: Ctx, id: string, change: PlanSwitch): Promise<Subscription> {
  const before = await takeSubscription(ctx, id);
  if (!isLive(before)) refuse('subscription-state-forbids');
  const { planId, on, orderId, invoiceId } = change;
  const after = await saveSubscription(ctx, {
    ...before,
    planId,
    planChange: null,
    subscribedOn: on,
  });
  await ctx.announce(
    subscriptionPlanChanged,
    factOf(after, orderId, {
      fromPlanId: before.planId,
      toPlanId: planId,
      on: on.toString(),
      invoiceId,
      noteIds: [...change.noteIds],
    }),
  );
  await moveEntitlements(ctx, after, change);
  await startEntitlements(
    ctx,
    after,
    orderId,
    change.added.map((componentId) => ({ componentId, quantity: 1, state: 'included' as const })),
  );
  return after;
}

async function moveEntitlements(
  ctx: Ctx,
  subscription: Subscription,
  { moves, orderId }: PlanSwitch,
): Promise<void> {
  for (const one of (await selectEntitlements(ctx, [subscription])).filter(isHeld)) {
    const move = moves.find(({ entitlementId }) => entitlementId === one.id);
    if (!move || move.as === one.state) continue;
    if (move.as === 'deleted') await removeEntitlement(ctx, subscription, one, orderId);
    else await updateEntitlement(ctx, { ...one, state: move.as }, subscription.zone);
  }
}
