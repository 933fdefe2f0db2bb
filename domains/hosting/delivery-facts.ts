import type { Ctx } from '#platform/context.ts';
import { findComponent, findPlan, findProduct, loadCatalogue } from '#domains/catalog/index.ts';
import type { Component, Plan, Product } from '#domains/catalog/index.ts';
import { entitlementsOf, findSubscription, isHeld } from '#domains/subscriptions/index.ts';
import type { Entitlement, Subscription } from '#domains/subscriptions/index.ts';
import { packageOfSubscription } from './package-store.ts';
import type { PackageAccount } from './package-account.ts';

export type HeldComponent = {
  entitlement: Entitlement;
  component: Component;
  quantity: number;
};

/** What a delivery is decided by, as it stands now; not as it stood when it was asked for. */
export type DeliveryFacts = {
  subscription: Subscription;
  product: Product;
  plan: Plan;
  /** Components that are held, with what the catalogue says of them. */
  held: readonly HeldComponent[];
  account: PackageAccount | null;
};

/** Reads the facts behind a subscription's deliveries. What is sold stays in the catalogue. */
export async function deliveryFacts(ctx: Ctx, subscriptionId: string): Promise<DeliveryFacts> {
  const subscription = await findSubscription(ctx, subscriptionId);
  if (!subscription) throw new Error(`subscription ${subscriptionId} is gone`);
  const catalogue = await loadCatalogue(ctx, subscription.sellerId);
  const plan = findPlan(catalogue, subscription.planId);
  const product = findProduct(catalogue, subscription.productId);
  if (!plan || !product) throw new Error(`plan ${subscription.planId} is not in the catalogue`);
  const entitlements = await entitlementsOf(ctx, subscriptionId);
  const held = entitlements.filter(isHeld).flatMap((entitlement) => {
    const component = findComponent(catalogue, entitlement.componentId);
    return component ? [{ entitlement, component, quantity: entitlement.quantity }] : [];
  });
  const account = await packageOfSubscription(ctx, subscriptionId);
  return { subscription, product, plan, held, account };
}
