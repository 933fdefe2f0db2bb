import type { Catalogue, Component, Plan, Product } from './catalogue.ts';
import { componentsOf } from './inclusion-of.ts';
import { isOnSale } from './retirement.ts';
import { atPurchase } from './standing.ts';
import { termPrices } from './term-prices.ts';
import type { TermPrice } from './term-prices.ts';

export type AddOnOffer = { readonly componentId: string; readonly prices: readonly TermPrice[] };

export type PlanOffer = {
  readonly plan: Plan;
  readonly prices: readonly TermPrice[];
  /** Components that come with it at no price of their own. */
  readonly included: readonly string[];
  /** Components that may be bought to it, with what one piece costs for each term. */
  readonly addons: readonly AddOnOffer[];
};

export type ProductOffer = { readonly product: Product; readonly plans: readonly PlanOffer[] };

export type ShopWindow = {
  readonly products: readonly ProductOffer[];
  /** Every component that some plan includes or that may be bought to it. */
  readonly components: readonly Component[];
};

export type WindowAsk = {
  readonly sellerId: string;
  readonly currency: string;
  readonly on: Temporal.PlainDate;
};

/**
 * What a shop offers new clients on a day: only what its seller has priced. A plan without a
 * price is not offered, nor a component that could be bought to it but has none.
 */
export function shopWindow(catalogue: Catalogue, ask: WindowAsk): ShopWindow {
  const products = catalogue.products
    .filter((product) => !isRetired(product, ask.on))
    .map((product) => ({ product, plans: planOffers(catalogue, ask, product) }))
    .filter(({ plans }) => plans.length > 0);
  const shown = new Set(
    products.flatMap(({ plans }) =>
      plans.flatMap((plan) => [...plan.included, ...plan.addons.map((addon) => addon.componentId)]),
    ),
  );
  return { products, components: catalogue.components.filter(({ id }) => shown.has(id)) };
}

function planOffers(catalogue: Catalogue, ask: WindowAsk, product: Product): PlanOffer[] {
  const list = { ...ask, audience: 'clients' as const };
  const standing = atPurchase(ask.on);
  return catalogue.plans
    .filter(({ id, productId }) => productId === product.id && isOnSale(catalogue, id, ask.on))
    .map((plan) => {
      const at = { ...standing, planId: plan.id };
      const addons = componentsOf(catalogue, { ...at, mode: 'addon' }).map((componentId) => ({
        componentId,
        prices: termPrices(catalogue, list, { kind: 'component', id: componentId }),
      }));
      return {
        plan,
        prices: termPrices(catalogue, list, { kind: 'plan', id: plan.id }),
        included: componentsOf(catalogue, { ...at, mode: 'included' }),
        addons: addons.filter(({ prices }) => prices.length > 0),
      };
    })
    .filter(({ prices }) => prices.length > 0);
}

/** On and after that day nobody buys it new. */
export function isRetired(product: Product, on: Temporal.PlainDate): boolean {
  return product.retiredOn !== null && Temporal.PlainDate.compare(product.retiredOn, on) <= 0;
}
