import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { Component, Localised, Plan, PlanLimits, Product } from './catalogue.ts';

type Tables = {
  product: {
    id: string;
    seller_id: string;
    kind: string;
    os: Product['os'];
    name: Localised;
    description: Localised;
    server_module: string;
    sort: number;
    retired_on: Temporal.PlainDate | null;
  };
  plan: { id: string; product_id: string; name: Localised; limits: PlanLimits; sort: number };
  component: {
    id: string;
    seller_id: string;
    kind: Component['kind'];
    name: Localised;
    description: Localised;
    refundable: boolean;
    irrevocable: boolean;
    quantity_max: number;
    provides: Partial<PlanLimits>;
    supplier: Component['supplier'];
    sort: number;
  };
  catalogue_revision: { one: boolean; revision: string };
};

export async function selectRevision(ctx: Ctx): Promise<string> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('catalogue_revision')
    .select('revision')
    .executeTakeFirstOrThrow();
  return row.revision;
}

/**
 * Marks the catalogue as changed, and tells every process that listens when this transaction
 * commits. Two changes at once wait for each other here.
 */
export async function bumpRevision(ctx: Ctx): Promise<void> {
  const revision = ctx.newId('rev', 0);
  await tablesOf<Tables>(ctx.tx).updateTable('catalogue_revision').set({ revision }).execute();
  await sql`select pg_notify('catalogue', ${revision})`.execute(ctx.tx);
}

export async function selectProducts(ctx: Ctx, sellerIds: readonly string[]): Promise<Product[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('product')
    .selectAll()
    .where('seller_id', 'in', sellerIds)
    .orderBy('sort')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    sellerId: row.seller_id,
    kind: row.kind,
    os: row.os,
    name: row.name,
    description: row.description,
    serverModule: row.server_module,
    sort: row.sort,
    retiredOn: row.retired_on,
  }));
}

export async function selectPlans(ctx: Ctx, sellerIds: readonly string[]): Promise<Plan[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('plan')
    .innerJoin('product', 'product.id', 'plan.product_id')
    .selectAll('plan')
    .where('product.seller_id', 'in', sellerIds)
    .orderBy('product.sort')
    .orderBy('plan.sort')
    .orderBy('plan.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    productId: row.product_id,
    name: row.name,
    limits: row.limits,
    sort: row.sort,
  }));
}

export async function selectComponents(
  ctx: Ctx,
  sellerIds: readonly string[],
): Promise<Component[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('component')
    .selectAll()
    .where('seller_id', 'in', sellerIds)
    .orderBy('sort')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    sellerId: row.seller_id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    refundable: row.refundable,
    irrevocable: row.irrevocable,
    quantityMax: row.quantity_max,
    provides: row.provides,
    supplier: row.supplier,
    sort: row.sort,
  }));
}

/** Writes a product as given; false when the key belongs to another seller. */
export async function upsertProduct(ctx: Ctx, product: Product): Promise<boolean> {
  const values = {
    kind: product.kind,
    os: product.os,
    name: jsonb(product.name),
    description: jsonb(product.description),
    server_module: product.serverModule,
    sort: product.sort,
    retired_on: product.retiredOn,
  };
  const written = await tablesOf<Tables>(ctx.tx)
    .insertInto('product')
    .values({ id: product.id, seller_id: product.sellerId, ...values })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('product.seller_id', '=', product.sellerId),
    )
    .returning('id')
    .execute();
  return written.length > 0;
}

/** Writes a plan as given; false when the key belongs to another product. */
export async function upsertPlan(ctx: Ctx, plan: Plan): Promise<boolean> {
  const values = { name: jsonb(plan.name), limits: jsonb(plan.limits), sort: plan.sort };
  const written = await tablesOf<Tables>(ctx.tx)
    .insertInto('plan')
    .values({ id: plan.id, product_id: plan.productId, ...values })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('plan.product_id', '=', plan.productId),
    )
    .returning('id')
    .execute();
  return written.length > 0;
}

/** Writes a component as given; false when the key belongs to another seller. */
export async function upsertComponent(ctx: Ctx, component: Component): Promise<boolean> {
  const values = {
    kind: component.kind,
    name: jsonb(component.name),
    description: jsonb(component.description),
    refundable: component.refundable,
    irrevocable: component.irrevocable,
    quantity_max: component.quantityMax,
    provides: jsonb(component.provides),
    supplier: component.supplier ? jsonb(component.supplier) : null,
    sort: component.sort,
  };
  const written = await tablesOf<Tables>(ctx.tx)
    .insertInto('component')
    .values({ id: component.id, seller_id: component.sellerId, ...values })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(values)
        .where('component.seller_id', '=', component.sellerId),
    )
    .returning('id')
    .execute();
  return written.length > 0;
}
