export type { Catalogue, Component, Localised, Plan, PlanLimits, Product } from './catalogue.ts';
export { findComponent, findPlan, findProduct } from './catalogue.ts';
export type {
  Audience,
  Edition,
  Inclusion,
  InclusionMode,
  Item,
  PriceAction,
  PriceRow,
} from './edition.ts';
export type { Standing } from './standing.ts';
export { atPurchase } from './standing.ts';
export type { Noticed, NoticeRecord } from './noticed.ts';
export { everythingNoticed, nothingNoticed, noticedBy } from './noticed.ts';
export type { Price, PriceAsk } from './price-of.ts';
export { priceOf } from './price-of.ts';
export type { InclusionAnswer, InclusionAsk } from './inclusion-of.ts';
export { componentsOf, inclusionOf } from './inclusion-of.ts';
export { loadCatalogue } from './load-catalogue.ts';
export { selectRevision as catalogueRevision } from './store.ts';
export { isRetired, shopWindow } from './shop-window.ts';
export type { PlanOffer, ShopWindow } from './shop-window.ts';
export { termPrices } from './term-prices.ts';
export type { TermPrice } from './term-prices.ts';
export { draftEdition } from './draft-edition.ts';
export type { EditionDraft } from './edition-draft.ts';
export { publishEdition, withdrawEdition } from './publish-edition.ts';
export { editionPublished, editionWithdrawn } from './events.ts';
export { unbundleComponent } from './unbundle-component.ts';
export type { Promo } from './promo.ts';
export { promoDiscountMinor } from './promo.ts';
export { checkPromo, releasePromo, usePromo } from './use-promo.ts';
export type { PromoCheck, PromoUse } from './use-promo.ts';
export { planWhmcsChange, seedDemoCatalogue } from './demo.ts';
export { catalogContract } from './contract.ts';
export { catalogRoutes } from './routes.ts';
