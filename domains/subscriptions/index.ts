import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import type { Entitlement } from './entitlement.ts';
import { selectEntitlements } from './entitlement-store.ts';

export type {
  LiveSubscription,
  Subscription,
  SubscriptionState,
  SuspensionCause,
} from './subscription.ts';
export { isLive } from './subscription.ts';
export type { Entitlement, EntitlementState } from './entitlement.ts';
export { heldQuantity, isHeld, wantsRenewal } from './entitlement.ts';
export type { Position } from './period.ts';
export { nextPosition } from './period.ts';
export type { LifeCyclePolicy, LifeCycleStep, LifeCycleStepName } from './life-cycle.ts';
export { autoRenewOn, deletionOn, nextStep } from './life-cycle.ts';
export {
  entitlementAdded,
  entitlementChanged,
  entitlementDeleted,
  subscriptionActivated,
  subscriptionDeleted,
  subscriptionExtended,
  subscriptionResumed,
  subscriptionSuspended,
} from './events.ts';
export type { NewSubscription } from './open-subscription.ts';
export { openSubscription } from './open-subscription.ts';
export type { Activation } from './activate-subscription.ts';
export { activateSubscription } from './activate-subscription.ts';
export type { Extension } from './extend-subscription.ts';
export { extendSubscription } from './extend-subscription.ts';
export type { Addition } from './add-entitlement.ts';
export { addEntitlement } from './add-entitlement.ts';
export { deleteEntitlement } from './delete-entitlement.ts';
export { grandfatherEntitlement, setAutoRenew, setEntitlementRenewal } from './set-renewal.ts';
export { resumeSubscription, suspendSubscription } from './suspend-subscription.ts';
export { cancelSubscription, endSubscription } from './end-subscription.ts';
export { factOf } from './save-subscription.ts';
export { markStep, postponeStep, takeDueSubscription } from './life-cycle-step.ts';
export { readDomainName } from './domain-name.ts';
export { ownSubscription, staffSubscription } from './whose-subscription.ts';
export {
  earliestStepAt,
  holdsDomain,
  lockSubscription,
  selectDue as subscriptionsDue,
  selectHolders as holdersOf,
  selectSubscription as findSubscription,
} from './store.ts';
export { selectEntitlement as findEntitlement } from './entitlement-store.ts';
export type { Notice } from './period-store.ts';
export { insertNotice as recordNotice, selectNotices as noticesOf } from './period-store.ts';
export { subscriptionsContract } from './contract.ts';
export { subscriptionsRoutes } from './routes.ts';
export { subscriptionsAgenda } from './agenda.ts';
export { verifySubscriptions } from './verify.ts';

/** Everything that is or was on a subscription, oldest first; `isHeld` tells what still is. */
export function entitlementsOf(ctx: Ctx, subscriptionId: string): Promise<Entitlement[]> {
  return selectEntitlements(ctx, branchOf(subscriptionId), [subscriptionId]);
}
