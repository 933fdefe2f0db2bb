import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Announcement } from '#platform/events.ts';
import { findBrand } from '#domains/brands/index.ts';
import { nextStep } from './life-cycle.ts';
import type { LifeCyclePolicy } from './life-cycle.ts';
import { lockSubscription, updateSubscription } from './store.ts';
import type { Subscription } from './subscription.ts';

/** Holds the row for a change, or refuses `subscription-not-found`. */
export async function takeSubscription(ctx: Ctx, id: string): Promise<Subscription> {
  return (await lockSubscription(ctx, id)) ?? refuse('subscription-not-found', { field: 'id' });
}

/** Saves a changed subscription with what time will do to it next. Earlier failures are past. */
export async function saveSubscription(
  ctx: Ctx,
  subscription: Subscription,
): Promise<Subscription> {
  const brand = await findBrand(ctx, subscription.brandId);
  if (!brand) throw new Error(`brand ${subscription.brandId} is gone`);
  const saved = withNextStep(subscription, brand.policy);
  await updateSubscription(ctx, saved);
  return saved;
}

/** The changed subscription as it is saved: with its next step, tried no times yet. */
export function withNextStep(subscription: Subscription, policy: LifeCyclePolicy): Subscription {
  return {
    ...subscription,
    next: nextStep(subscription, policy),
    stepAttempts: 0,
    stepError: null,
  };
}

type Fact = {
  subscriptionId: string;
  clientId: string;
  sellerId: string;
  orderId: string | null;
};

/** A fact about the subscription; its whole history lies under the subscription's id. */
export function factOf<P extends object>(
  subscription: Subscription,
  orderId: string | null,
  more: P,
): Announcement<Fact & P> {
  return {
    branch: subscription.branch,
    subject: subscription.id,
    payload: {
      subscriptionId: subscription.id,
      clientId: subscription.clientId,
      sellerId: subscription.sellerId,
      orderId,
      ...more,
    },
  };
}
