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
