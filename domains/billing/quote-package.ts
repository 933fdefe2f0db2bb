import {
  atPurchase,
  findPlan,
  findProduct,
  inclusionOf,
  isOnSale,
} from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';
import { firstShares, isBefore } from '#kit/term.ts';
import type { BillingStart, TermShare } from '#kit/term.ts';
import { refuseWrongChoice } from './add-on-choice.ts';
import type { AddOnChoice } from './add-on-choice.ts';
import type { Discount } from './discount.ts';
import { makeQuote } from './make-quote.ts';
import type { PricedLine } from './make-quote.ts';
import { freeLine, pricedLine } from './priced-line.ts';
import type { LineAsk, PriceList } from './priced-line.ts';
import type { Quote, QuoteTax } from './quote.ts';

export type PackageAsk = {
  list: PriceList;
  planId: string;
  termMonths: number;
  /** The local date of purchase: the package's anchor, unless it begins on a billing day. */
  on: Temporal.PlainDate;
  start?: BillingStart | null;
  addOns: readonly AddOnChoice[];
  tax: QuoteTax;
  discount?: Discount | null;
};

/**
 * A new package with its add-ons: the package line, a line for each add-on in the order chosen,
 * and what comes with the plan for nothing. Up to a billing day they are shares of a term, and each
 * has a line more when the next term is bought with them. Refuses `plan-not-found`, `plan-not-sold` and what
 * `refuseWrongChoice` says.
 */
export function quotePackage(ask: PackageAsk): Quote {
  const { list, planId, on } = ask;
  const product = findProduct(list.catalogue, findPlan(list.catalogue, planId)?.productId ?? '');
  if (!product) refuse('plan-not-found', { field: 'planId' });
  if (product.retiredOn && !isBefore(on, product.retiredOn)) {
    refuse('plan-not-sold', { field: 'planId' });
  }
  if (!isOnSale(list.catalogue, planId, on)) refuse('plan-not-sold', { field: 'planId' });
  const shares = firstShares(on, ask.termMonths, ask.start);
  const packageLines = shares.map(
    (share) =>
      pricedLine(lineAsk(ask, { kind: 'plan', id: planId }, 1, share)) ??
      refuse('plan-not-sold', { field: 'termMonths' }),
  );
  const addOns = ask.addOns.flatMap((choice, index) => addOnLines(ask, choice, index, shares));
  return makeQuote(
    list.currency,
    [...packageLines, ...addOns, ...includedLines(ask, shares)],
    ask.tax,
    ask.discount,
  );
}

function addOnLines(
  ask: PackageAsk,
  choice: AddOnChoice,
  index: number,
  shares: readonly TermShare[],
): PricedLine[] {
  const field = `addOns.${index}`;
  const { list, on } = ask;
  if (ask.addOns.findIndex((one) => one.componentId === choice.componentId) !== index) {
    refuse('component-chosen-twice', { field, params: { componentId: choice.componentId } });
  }
  refuseWrongChoice(list.catalogue, ask.planId, choice, atPurchase(on), field);
  const item = { kind: 'component' as const, id: choice.componentId };
  return shares.map(
    (share) =>
      pricedLine(lineAsk(ask, item, choice.quantity, share)) ??
      refuse('component-not-sold', { field, params: { componentId: item.id } }),
  );
}

function includedLines(ask: PackageAsk, shares: readonly TermShare[]): PricedLine[] {
  const { list, planId, on } = ask;
  return list.catalogue.components.flatMap(({ id }) => {
    const inclusion = inclusionOf(list.catalogue, { ...atPurchase(on), planId, componentId: id });
    if (inclusion.mode !== 'included') return [];
    const item = { kind: 'component' as const, id };
    return shares
      .slice(-1)
      .map((share) => freeLine(lineAsk(ask, item, 1, share), 'included', inclusion.editionId));
  });
}

function lineAsk(
  ask: PackageAsk,
  item: LineAsk['item'],
  quantity: number,
  { within, span }: TermShare,
): LineAsk {
  const anchorOn = ask.start?.anchorOn ?? ask.on;
  return {
    list: ask.list,
    item,
    entitlementId: null,
    quantity,
    termMonths: ask.termMonths,
    action: 'add',
    standing: atPurchase(ask.on),
    proration: { basis: 'term-days', anchorOn, within },
    span,
  };
}
