import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import type { Entitlement } from './entitlement.ts';
import { selectEntitlements } from './entitlement-store.ts';

export type { LiveSubscription, Subscription } from './subscription.ts';
export { isLive, paidPlan } from './subscription.ts';
export type { Entitlement } from './entitlement.ts';
export { heldQuantity, isHeld } from './entitlement.ts';
export { nextPosition } from './period.ts';
export type { LifeCycleStepName } from './life-cycle.ts';
export { autoRenewOn, deletionOn, LIFE_CYCLE_STEPS } from './life-cycle.ts';
export {
  entitlementAdded,
  entitlementChanged,
  entitlementDeleted,
  subscriptionActivated,
  subscriptionDeleted,
  subscriptionExtended,
  subscriptionPlanChanged,
  subscriptionResumed,
  subscriptionSuspended,
} from './events.ts';
export { openSubscription } from './open-subscription.ts';
export { activateSubscription } from './activate-subscription.ts';
export { extended } from './extension.ts';
export type { Extended, Extension } from './extension.ts';
export { extendSubscription, saveExtended } from './extend-subscription.ts';
export { addEntitlement } from './add-entitlement.ts';
export { switchPlan } from './switch-plan.ts';
export { deleteEntitlement } from './delete-entitlement.ts';
export { grandfatherEntitlement, restoreEntitlement } from './set-renewal.ts';
export { resumeSubscription, suspendSubscription } from './suspend-subscription.ts';
export { cancelSubscription, endSubscription } from './end-subscription.ts';
export { factOf, withNextStep } from './save-subscription.ts';
export { markStep, postponeStep, takeDueSubscription, withMark } from './life-cycle-step.ts';
export { domainTitle, readDomainName } from './domain-name.ts';
export { ownSubscription, staffSubscription } from './whose-subscription.ts';
export {
  claimDue,
  countDue,
  countLive,
  earliestStepAt,
  lockLiveOfBrand,
  lockSubscription,
  selectLiveByClient as liveByClient,
  selectDue as subscriptionsDue,
  selectHolders as holdersOf,
  selectSubscription as findSubscription,
  updateSubscriptions as saveSubscriptions,
} from './store.ts';
export { lockDueOfClient, selectInCompany } from './company-store.ts';
export { selectEntitlements as entitlementsOfAll } from './entitlement-store.ts';
export type { Notice } from './period-store.ts';
export {
  insertNotice as recordNotice,
  selectNotices as noticesOf,
  selectPeriods as periodsOf,
  selectTold as toldOf,
  selectNoticesOfAll as noticesOfAll,
} from './period-store.ts';
export { subscriptionsRoutes } from './routes.ts';
export { subscriptionsAgenda } from './agenda.ts';
export { verifySubscriptions } from './verify.ts';

/** Everything that is or was on a subscription, oldest first; `isHeld` tells what still is. */
export function entitlementsOf(ctx: Ctx, subscriptionId: string): Promise<Entitlement[]> {
  return selectEntitlements(ctx, [{ branch: branchOf(subscriptionId), id: subscriptionId }]);
}
