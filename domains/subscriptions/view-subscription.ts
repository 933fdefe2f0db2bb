import type { Ctx } from '#platform/context.ts';
import { readHistory } from '#platform/events.ts';
import type { Brand } from '#domains/brands/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Catalogue } from '#domains/catalog/index.ts';
import { findComponent, findPlan, findProduct, loadCatalogue } from '#domains/catalog/index.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import type {
  HistoryView,
  StaffSubscriptionView,
  SubscriptionDetailView,
  SubscriptionView,
} from './contract.ts';
import { domainTitle } from './domain-name.ts';
import type { Entitlement } from './entitlement.ts';
import { selectEntitlements } from './entitlement-store.ts';
import { autoRenewOn, deletionOn } from './life-cycle.ts';
import type { Subscription } from './subscription.ts';
import { isLive } from './subscription.ts';

/** Names for what the catalogue no longer knows: the id says more than nothing. */
function unnamed(id: string): { ru: string; en: string } {
  return { ru: id, en: id };
}

function subscriptionView(catalogue: Catalogue, subscription: Subscription): SubscriptionView {
  const { id, productId, planId, period } = subscription;
  return {
    id,
    clientId: subscription.clientId,
    sellerId: subscription.sellerId,
    productId,
    planId,
    productName: findProduct(catalogue, productId)?.name ?? unnamed(productId),
    planName: findPlan(catalogue, planId)?.name ?? unnamed(planId),
    domainName: subscription.domainName,
    domainTitle: domainTitle(subscription.domainName),
    state: subscription.state,
    suspendedFor: subscription.suspendedFor,
    termMonths: subscription.termMonths,
    currency: subscription.currency,
    subscribedOn: subscription.subscribedOn.toString(),
    periodStart: period?.start.toString() ?? null,
    periodEnd: period?.end.toString() ?? null,
    zone: subscription.zone,
    autoRenew: subscription.autoRenew,
    createdAt: subscription.createdAt.toString(),
  };
}

/** A list for people, with one catalogue read per seller. */
export async function viewSubscriptions(
  ctx: Ctx,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionView[]> {
  const catalogues = new Map<string, Catalogue>();
  for (const { sellerId } of subscriptions) {
    if (!catalogues.has(sellerId)) catalogues.set(sellerId, await loadCatalogue(ctx, sellerId));
  }
  return subscriptions.flatMap((subscription) => {
    const catalogue = catalogues.get(subscription.sellerId);
    return catalogue ? [subscriptionView(catalogue, subscription)] : [];
  });
}

function componentView(
  catalogue: Catalogue,
  entitlement: Entitlement,
): SubscriptionDetailView['components'][number] {
  const component = findComponent(catalogue, entitlement.componentId);
  return {
    id: entitlement.id,
    componentId: entitlement.componentId,
    name: component?.name ?? unnamed(entitlement.componentId),
    kind: component?.kind ?? 'capacity',
    state: entitlement.state,
    quantity: entitlement.quantity,
    sinceOn: entitlement.sinceOn.toString(),
    renews: entitlement.renews,
    endsOn: entitlement.endsOn?.toString() ?? null,
    deletedAt: entitlement.deletedAt?.toString() ?? null,
    refundable: component?.refundable ?? false,
    irrevocable: component?.irrevocable ?? true,
  };
}

export async function viewSubscription(
  ctx: Ctx,
  subscription: Subscription,
): Promise<SubscriptionDetailView> {
  const catalogue = await loadCatalogue(ctx, subscription.sellerId);
  const brand = await findBrand(ctx, subscription.brandId);
  if (!brand) throw new Error(`brand ${subscription.brandId} is gone`);
  const entitlements = await selectEntitlements(ctx, [subscription]);
  return {
    ...subscriptionView(catalogue, subscription),
    components: entitlements.map((one) => componentView(catalogue, one)),
    ...futureDates(subscription, brand),
  };
}

function futureDates(
  subscription: Subscription,
  { policy }: Brand,
): { autoRenewOn: string | null; deletionOn: string | null } {
  if (!isLive(subscription)) return { autoRenewOn: null, deletionOn: null };
  const tried = subscription.marks.renewalTriedFor?.equals(subscription.period.end) ?? false;
  const renews = subscription.state === 'active' && subscription.autoRenew && !tried;
  return {
    autoRenewOn: renews ? autoRenewOn(subscription, policy).toString() : null,
    deletionOn: deletionOn(subscription, policy).toString(),
  };
}

export async function viewForStaff(
  ctx: Ctx,
  subscription: Subscription,
): Promise<StaffSubscriptionView> {
  const [client] = await titlesOf(ctx, [subscription.clientId]);
  return {
    ...(await viewSubscription(ctx, subscription)),
    clientName: client ? clientTitle(client) : subscription.clientId,
    nextStep: subscription.next?.name ?? null,
    nextStepAt: subscription.next?.at.toString() ?? null,
    stepAttempts: subscription.stepAttempts,
    stepError: subscription.stepError,
  };
}

/** The history under the subscription's id: its own facts and those of its orders. */
export async function viewHistory(ctx: Ctx, subscription: Subscription): Promise<HistoryView> {
  const events = await readHistory(ctx, subscription.branch, subscription.id);
  return {
    items: events.map(({ id, name, at, actor, payload }) => ({
      id,
      name,
      at: at.toString(),
      actor: actor.split(':')[0] ?? 'system',
      details: payload as Record<string, unknown>,
    })),
  };
}
