import { localDate } from '#kit/term.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { BrandPolicy } from '#domains/brands/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { comingAddOns } from './coming-addons.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { shopWindow } from './shop-window.ts';
import { selectRevision } from './store.ts';
import type { TermPrice } from './term-prices.ts';

/** The shop window of the brand that the caller came to, on its seller's local date. */
export async function readShop(ctx: Ctx) {
  const { actor } = ctx;
  const brand = actor.kind === 'system' ? null : await findBrand(ctx, actor.brandId);
  const seller = brand && (await findSeller(ctx, brand.sellerId));
  if (!brand || !seller) refuse('brand-not-found');
  const on = localDate(ctx.now, seller.zone);
  const ask = { sellerId: seller.id, currency: brand.currency, on };
  const catalogue = await loadCatalogue(ctx, seller.id);
  const { products, components } = shopWindow(catalogue, ask);
  return {
    on: on.toString(),
    revision: await selectRevision(ctx),
    currency: brand.currency,
    pricesIncludeTax: brand.pricesIncludeTax,
    products: products.map(({ product, plans }) => ({
      id: product.id,
      kind: product.kind,
      os: product.os,
      name: product.name,
      description: product.description,
      plans: plans.map((offer) => ({
        id: offer.plan.id,
        name: offer.plan.name,
        limits: offer.plan.limits,
        prices: offer.prices.map(priceToWire),
        included: [...offer.included],
        addons: offer.addons.map((addon) => ({
          componentId: addon.componentId,
          prices: addon.prices.map(priceToWire),
        })),
      })),
    })),
    coming: comingAddOns(catalogue, ask).map((change) => ({
      componentId: change.componentId,
      on: change.on.toString(),
      monthlyMinor: change.monthlyMinor === null ? null : Number(change.monthlyMinor),
    })),
    promises: promisesOf(brand.policy),
    components: components.map((component) => ({
      id: component.id,
      kind: component.kind,
      name: component.name,
      description: component.description,
      refundable: component.refundable,
      irrevocable: component.irrevocable,
      quantityMax: component.quantityMax,
      provides: component.provides,
    })),
  };
}

function promisesOf(policy: BrandPolicy) {
  return {
    refundDays: policy.refundDays,
    noticeDaysForPriceRise: policy.noticeDaysForPriceRise,
    remindFromDays: policy.remindFromDays,
    autoRenewDaysShort: policy.autoRenewDaysShort,
    autoRenewDaysLong: policy.autoRenewDaysLong,
    noticeDaysBeforeAutoRenew: policy.noticeDaysBeforeAutoRenew,
    deleteAfterDays: policy.deleteAfterDays,
  };
}

function priceToWire(price: TermPrice) {
  return {
    termMonths: price.termMonths,
    monthlyMinor: Number(price.monthlyMinor),
    totalMinor: Number(price.totalMinor),
    savingMinor: Number(price.savingMinor),
    renewMonthlyMinor: Number(price.renewMonthlyMinor),
    editionId: price.editionId,
  };
}
