import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { Brand, Language } from './brand.ts';
import { DEFAULT_POLICY } from './policy.ts';
import type { BrandPolicy } from './policy.ts';

type Tables = {
  brand: {
    id: string;
    seller_id: string;
    name: string;
    hosts: string[];
    languages: Language[];
    default_language: Language;
    currency: string;
    accent: string;
    prices_include_tax: boolean;
    policy: BrandPolicy;
    support_email: string;
    created_at: Temporal.Instant;
  };
  brand_host: { host: string; brand_id: string };
};

function toBrand(row: Tables['brand']): Brand {
  return {
    id: row.id,
    sellerId: row.seller_id,
    name: row.name,
    hosts: row.hosts,
    languages: row.languages,
    defaultLanguage: row.default_language,
    currency: row.currency,
    accent: row.accent,
    pricesIncludeTax: row.prices_include_tax,
    // What a policy of an older time does not say is as it was then.
    policy: {
      ...DEFAULT_POLICY,
      ...row.policy,
      collection: { ...DEFAULT_POLICY.collection, ...row.policy.collection },
    },
    supportEmail: row.support_email,
  };
}

export async function selectBrand(ctx: Ctx, id: string): Promise<Brand | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('brand')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toBrand(row) : null;
}

/** `host` without its port, as the visitor's browser sent it. */
export async function selectBrandByHost(ctx: Ctx, host: string): Promise<Brand | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('brand_host')
    .innerJoin('brand', 'brand.id', 'brand_host.brand_id')
    .selectAll('brand')
    .where('brand_host.host', '=', host.toLowerCase())
    .executeTakeFirst();
  return row ? toBrand(row) : null;
}

export async function selectBrandsOfSellers(
  ctx: Ctx,
  sellerIds: readonly string[],
): Promise<Brand[]> {
  if (sellerIds.length === 0) return [];
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('brand')
    .selectAll()
    .where('seller_id', 'in', [...sellerIds])
    .orderBy('name')
    .execute();
  return rows.map(toBrand);
}

export async function insertBrand(ctx: Ctx, brand: Brand): Promise<void> {
  const tables = tablesOf<Tables>(ctx.tx);
  await tables
    .insertInto('brand')
    .values({
      id: brand.id,
      seller_id: brand.sellerId,
      name: brand.name,
      hosts: [...brand.hosts],
      languages: [...brand.languages],
      default_language: brand.defaultLanguage,
      currency: brand.currency,
      accent: brand.accent,
      prices_include_tax: brand.pricesIncludeTax,
      policy: jsonb(brand.policy),
      support_email: brand.supportEmail,
      created_at: ctx.now,
    })
    .execute();
  await tables
    .insertInto('brand_host')
    .values(brand.hosts.map((host) => ({ host, brand_id: brand.id })))
    .execute();
}

export async function updatePolicy(ctx: Ctx, id: string, policy: BrandPolicy): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('brand')
    .set({ policy: jsonb(policy) })
    .where('id', '=', id)
    .execute();
}
