import type { Ctx } from '#platform/context.ts';
import { on } from '#platform/events.ts';
import type { Subscriber } from '#platform/events.ts';
import { findComponent, loadCatalogue } from '#domains/catalog/index.ts';
import { licenceIssued, licenceRefused } from '#domains/licences/index.ts';
import {
  entitlementAdded,
  entitlementDeleted,
  findSubscription,
  subscriptionActivated,
  subscriptionDeleted,
  subscriptionPlanChanged,
  subscriptionResumed,
  subscriptionSuspended,
} from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import type { DeliveryKind } from './delivery-words.ts';
import { packageOfSubscription } from './package-store.ts';
import { cancelDeliveries, wantDelivery } from './want-delivery.ts';
import { wakeLicenceDeliveries } from './wake-licence-deliveries.ts';

/** What brings a component of each kind, and what takes it away again. */
const OF_COMPONENT = {
  licence: { brings: 'licence', takes: null },
  capacity: { brings: 'capacity', takes: 'release-capacity' },
  address: { brings: 'address', takes: 'release-address' },
  protection: { brings: 'protection', takes: 'release-protection' },
} as const satisfies Record<string, { brings: DeliveryKind; takes: DeliveryKind | null }>;

/** What is delivered when something happens to a subscription. */
export const hostingSubscribers: readonly Subscriber[] = [
  on(subscriptionActivated, 'hosting.deliver-package', async (ctx, { payload }) => {
    const subscription = await subscriptionOf(ctx, payload.subscriptionId);
    const { orderId, subscriptionId } = payload;
    const cause = `${subscriptionId}:package`;
    await wantDelivery(ctx, { subscription, kind: 'package', cause, orderId });
  }),
  on(entitlementAdded, 'hosting.deliver-component', async (ctx, { payload }) => {
    const { entitlementId, componentId, orderId } = payload;
    const subscription = await subscriptionOf(ctx, payload.subscriptionId);
    const kind = await componentKind(ctx, subscription, componentId);
    if (!kind) return;
    await wantDelivery(ctx, {
      subscription,
      kind: OF_COMPONENT[kind].brings,
      cause: `${entitlementId}:added`,
      orderId,
      entitlement: { id: entitlementId, componentId },
    });
  }),
  on(entitlementDeleted, 'hosting.release-component', async (ctx, { payload }) => {
    const { entitlementId, componentId, subscriptionId } = payload;
    const subscription = await subscriptionOf(ctx, subscriptionId);
    // With its package everything on it goes: that is one delivery of its own.
    if (subscription.state === 'deleted') return;
    await cancelDeliveries(ctx, subscriptionId, (one) => one.entitlementId === entitlementId);
    const kind = await componentKind(ctx, subscription, componentId);
    const takes = kind && OF_COMPONENT[kind].takes;
    if (!takes || !(await packageOfSubscription(ctx, subscriptionId))) return;
    await wantDelivery(ctx, {
      subscription,
      kind: takes,
      cause: `${entitlementId}:deleted`,
      orderId: null,
      entitlement: { id: entitlementId, componentId },
    });
  }),
  on(subscriptionPlanChanged, 'hosting.change-limits', async (ctx, { payload }) => {
    const { subscriptionId, orderId, on: day } = payload;
    const subscription = await subscriptionOf(ctx, subscriptionId);
    // An order is done when its limits are set, so it waits for a package that is not there yet.
    if (!orderId && !(await packageOfSubscription(ctx, subscriptionId))) return;
    const cause = `${subscriptionId}:plan-of-${orderId ?? day}`;
    await wantDelivery(ctx, { subscription, kind: 'plan', cause, orderId });
  }),
  on(subscriptionSuspended, 'hosting.suspend-package', (ctx, { id, payload }) =>
    setSuspension(ctx, payload.subscriptionId, 'suspend', id),
  ),
  on(subscriptionResumed, 'hosting.resume-package', (ctx, { id, payload }) =>
    setSuspension(ctx, payload.subscriptionId, 'unsuspend', id),
  ),
  on(subscriptionDeleted, 'hosting.terminate-package', async (ctx, { payload }) => {
    const { subscriptionId } = payload;
    const subscription = await subscriptionOf(ctx, subscriptionId);
    await cancelDeliveries(ctx, subscriptionId, () => true);
    const cause = `${subscriptionId}:terminate`;
    await wantDelivery(ctx, { subscription, kind: 'terminate', cause, orderId: null });
  }),
  on(licenceIssued, 'hosting.licence-issued', (ctx, { payload }) =>
    wakeLicenceDeliveries(ctx, payload),
  ),
  on(licenceRefused, 'hosting.licence-refused', (ctx, { payload }) =>
    wakeLicenceDeliveries(ctx, payload),
  ),
];

async function setSuspension(
  ctx: Ctx,
  subscriptionId: string,
  kind: 'suspend' | 'unsuspend',
  eventId: string,
): Promise<void> {
  const subscription = await subscriptionOf(ctx, subscriptionId);
  if (subscription.state === 'deleted') return;
  await wantDelivery(ctx, { subscription, kind, cause: eventId, orderId: null });
}

async function subscriptionOf(ctx: Ctx, id: string): Promise<Subscription> {
  const subscription = await findSubscription(ctx, id);
  if (!subscription) throw new Error(`subscription ${id} is gone`);
  return subscription;
}

async function componentKind(ctx: Ctx, { sellerId }: Subscription, componentId: string) {
  const catalogue = await loadCatalogue(ctx, sellerId);
  return findComponent(catalogue, componentId)?.kind ?? null;
}
