import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { PriceList, QuoteTax } from '#domains/billing/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { brandsOfSellers, findBrand } from '#domains/brands/index.ts';
import { loadCatalogue } from '#domains/catalog/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { taxFor } from '#domains/tax/index.ts';
import type { TaxStanding } from '#domains/tax/index.ts';

/** All that a sale of one brand is priced by, on one local day. */
export type Sale = {
  brand: Brand;
  seller: Seller;
  list: PriceList;
  tax: QuoteTax;
  /** Today in the seller's billing zone. */
  on: Temporal.PlainDate;
};

export type SaleAsk = {
  brandId: string;
  currency?: string;
  /** Where the buyer is; the seller's own country while it is unknown. */
  country?: string;
  /** How the buyer is taxed; plain while it is unknown. */
  standing?: TaxStanding | null;
};

export async function loadSale(ctx: Ctx, ask: SaleAsk): Promise<Sale> {
  const brand = await findBrand(ctx, ask.brandId);
  const seller = brand && (await findSeller(ctx, brand.sellerId));
  if (!brand || !seller) throw new Error(`brand ${ask.brandId} is gone`);
  const on = localDate(ctx.now, seller.zone);
  const terms = await taxFor(ctx, {
    sellerCountry: seller.country,
    buyerCountry: ask.country ?? seller.country,
    standing: ask.standing ?? 'plain',
    on,
  });
  return {
    brand,
    seller,
    list: {
      catalogue: await loadCatalogue(ctx, seller.id),
      sellerId: seller.id,
      audience: 'clients',
      currency: ask.currency ?? brand.currency,
    },
    tax: { ...terms, included: brand.pricesIncludeTax },
    on,
  };
}

/** The same for one leg of a chain: what the parent charges the child. */
export async function loadLeg(
  ctx: Ctx,
  { parent, child }: { parent: Seller; child: Seller },
  currency: string,
): Promise<Pick<Sale, 'list' | 'tax'>> {
  const terms = await taxFor(ctx, {
    sellerCountry: parent.country,
    buyerCountry: child.country,
    on: localDate(ctx.now, parent.zone),
  });
  const [brand] = await brandsOfSellers(ctx, [parent.id]);
  return {
    list: {
      catalogue: await loadCatalogue(ctx, parent.id),
      sellerId: parent.id,
      audience: 'resellers',
      currency,
    },
    tax: { ...terms, included: brand?.pricesIncludeTax ?? false },
  };
}
