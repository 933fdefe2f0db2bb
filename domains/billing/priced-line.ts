import { findComponent, findPlan, findProduct, priceOf } from '#domains/catalog/index.ts';
import type {
  Audience,
  Catalogue,
  Localised,
  Plan,
  PriceAction,
  Standing,
} from '#domains/catalog/index.ts';
import { daysBetween } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';
import type { PricedLine } from './make-quote.ts';
import { remaining, sliceOn } from './proration.ts';
import type { Proration } from './proration.ts';

/** From whose price list a quote is made. A leg of a chain differs from the sale in this alone. */
export type PriceList = {
  catalogue: Catalogue;
  sellerId: string;
  audience: Audience;
  currency: string;
};

export type LineAsk = {
  list: PriceList;
  item: { kind: 'plan' | 'component'; id: string };
  entitlementId: string | null;
  quantity: number;
  termMonths: number;
  action: PriceAction;
  standing: Standing;
  proration: Proration;
  /** What is paid for: the whole period, or what is left of it. */
  span: Period;
};

/**
 * Rules 3 and 4: the term price of all pieces, then the span's share of it, rounded once. Null
 * when the seller does not sell the item so.
 */
export function pricedLine(ask: LineAsk): PricedLine | null {
  const { list, item, proration, span, termMonths } = ask;
  const price = priceOf(list.catalogue, {
    ...ask.standing,
    sellerId: list.sellerId,
    audience: list.audience,
    currency: list.currency,
    item,
    termMonths,
    action: ask.action,
  });
  if (!price) return null;
  const termMinor = price.termMinor * BigInt(ask.quantity);
  return {
    ...lineFrame(ask),
    monthlyMinor: price.monthlyMinor,
    termMinor,
    editionId: price.editionId,
    listMinor: sliceOn(termMinor, proration, span),
    state: 'bought',
  };
}

/** A line that is shown and costs nothing. */
export function freeLine(
  ask: LineAsk,
  state: Exclude<PricedLine['state'], 'bought'>,
  editionId: string | null,
): PricedLine {
  return { ...lineFrame(ask), monthlyMinor: 0n, termMinor: 0n, editionId, listMinor: 0n, state };
}

function lineFrame(ask: LineAsk) {
  const { item, list, proration, span } = ask;
  const component = item.kind === 'component' ? findComponent(list.catalogue, item.id) : null;
  return {
    kind: item.kind === 'plan' ? ('package' as const) : ('addon' as const),
    itemKind: item.kind,
    itemId: item.id,
    entitlementId: ask.entitlementId,
    description: component ? component.name : planName(list.catalogue, item.id),
    quantity: ask.quantity,
    period: span,
    termMonths: ask.termMonths,
    proration,
    share: shareOf(proration, span),
    // Packages are refunded by the seller's policy; a component says for itself (rule 9).
    refundable: component ? component.refundable : true,
  };
}

function shareOf(proration: Proration, span: Period): PricedLine['share'] {
  if (proration.basis === 'term-days') {
    return {
      part: BigInt(daysBetween(span.start, span.end)),
      whole: remaining(proration, span.start).whole,
    };
  }
  const from = remaining(proration, span.start);
  if (span.end.equals(proration.within.end)) return from;
  const to = remaining(proration, span.end);
  return { part: from.part * to.whole - to.part * from.whole, whole: from.whole * to.whole };
}

/** A catalogue is asked thousands of times: what its plans are called is put together once. */
const planNames = new WeakMap<Plan, Localised>();

function planName(catalogue: Catalogue, planId: string): Localised {
  const plan = findPlan(catalogue, planId);
  const known = plan && planNames.get(plan);
  if (known) return known;
  const product = plan && findProduct(catalogue, plan.productId);
  if (!plan || !product) return { ru: planId, en: planId };
  const name = {
    ru: `${product.name.ru}, ${plan.name.ru}`,
    en: `${product.name.en}, ${plan.name.en}`,
  };
  planNames.set(plan, name);
  return name;
}
