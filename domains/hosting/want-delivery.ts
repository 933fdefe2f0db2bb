import type { Ctx } from '#platform/context.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { DELIVERY_PLANS, isUnfinished, newSteps } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { deliveriesOf, insertDeliveryOnce } from './delivery-store.ts';
import type { DeliveryKind } from './delivery-words.ts';
import { advanceDeliveriesJob } from './jobs.ts';
import { lockLane } from './lane-store.ts';
import { isThere } from './package-account.ts';
import { packageOfSubscription } from './package-store.ts';
import { cancelDelivery } from './take-outcome.ts';

export type Wanted = {
  subscription: Subscription;
  kind: DeliveryKind;
  /** The fact that asks for it: the same one makes no second delivery. */
  cause: string;
  orderId: string | null;
  entitlement?: { id: string; componentId: string };
};

/** Writes down what is to be delivered and sets it going after this transaction commits. */
export async function wantDelivery(ctx: Ctx, wanted: Wanted): Promise<void> {
  const { subscription, kind, cause, orderId, entitlement } = wanted;
  await lockLane(ctx, subscription.id);
  const account = await packageOfSubscription(ctx, subscription.id);
  const mustWait = DELIVERY_PLANS[kind].needsPackage && !isThere(account);
  const isNew = await insertDeliveryOnce(ctx, {
    id: ctx.newId('dlv', subscription.branch),
    branch: subscription.branch,
    brandId: subscription.brandId,
    sellerId: subscription.sellerId,
    clientId: subscription.clientId,
    subscriptionId: subscription.id,
    entitlementId: entitlement?.id ?? null,
    componentId: entitlement?.componentId ?? null,
    orderId,
    domainName: subscription.domainName,
    kind,
    cause,
    state: 'waiting',
    waitsFor: mustWait ? 'package' : null,
    steps: newSteps(kind),
    attempts: 0,
    nextAttemptAt: mustWait ? null : ctx.now,
    errorCode: null,
    lastError: null,
    createdAt: ctx.now,
    startedAt: null,
    finishedAt: null,
  });
  if (isNew) await ctx.enqueue(advanceDeliveriesJob, { subscriptionId: subscription.id });
}

/**
 * Cancels what is not wanted any more and has not come. One that is just being done is left: it
 * sees for itself what is held when it is done, and what follows it puts things right.
 */
export async function cancelDeliveries(
  ctx: Ctx,
  subscriptionId: string,
  which: (delivery: Delivery) => boolean,
): Promise<void> {
  await lockLane(ctx, subscriptionId);
  for (const delivery of await deliveriesOf(ctx, subscriptionId)) {
    if (!isUnfinished(delivery) || delivery.state === 'running' || !which(delivery)) continue;
    await cancelDelivery(ctx, delivery);
  }
}
