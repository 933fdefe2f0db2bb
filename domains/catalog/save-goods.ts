import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Component, Plan, Product } from './catalogue.ts';
import { findProduct } from './catalogue.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { bumpRevision, upsertComponent, upsertPlan, upsertProduct } from './store.ts';

/** Texts, limits and rules hold from now on for new deliveries; prices wait for an edition. */
export async function saveProduct(ctx: Ctx, product: Product): Promise<void> {
  await bumpRevision(ctx);
  if (!(await upsertProduct(ctx, product))) {
    refuse('product-of-another-seller', { field: 'id' });
  }
}

export async function savePlan(ctx: Ctx, sellerId: string, plan: Plan): Promise<void> {
  const product = findProduct(await loadCatalogue(ctx, sellerId), plan.productId);
  if (product?.sellerId !== sellerId) refuse('product-not-found', { field: 'productId' });
  await bumpRevision(ctx);
  if (!(await upsertPlan(ctx, plan))) refuse('plan-of-another-product', { field: 'id' });
}

export async function saveComponent(ctx: Ctx, component: Component): Promise<void> {
  await bumpRevision(ctx);
  if (!(await upsertComponent(ctx, component))) {
    refuse('component-of-another-seller', { field: 'id' });
  }
}
