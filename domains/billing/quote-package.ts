import {
  atPurchase,
  findPlan,
  findProduct,
  inclusionOf,
  isOnSale,
} from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, periodAt } from '#kit/term.ts';
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
  /** The local date of purchase: the package's anchor. */
  on: Temporal.PlainDate;
  addOns: readonly AddOnChoice[];
  tax: QuoteTax;
  discount?: Discount | null;
};

/**
 * A new package with its add-ons: the package line, a line for each add-on in the order chosen,
 * and what comes with the plan for nothing. Refuses `plan-not-found`, `plan-not-sold` and what
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
  const packageLine = pricedLine(lineAsk(ask, { kind: 'plan', id: planId }, 1));
  if (!packageLine) refuse('plan-not-sold', { field: 'termMonths' });
  const addOns = ask.addOns.map((choice, index) => addOnLine(ask, choice, index));
  return makeQuote(
    list.currency,
    [packageLine, ...addOns, ...includedLines(ask)],
    ask.tax,
    ask.discount,
  );
}

function addOnLine(ask: PackageAsk, choice: AddOnChoice, index: number): PricedLine {
  const field = `addOns.${index}`;
  const { list, on } = ask;
  if (ask.addOns.findIndex((one) => one.componentId === choice.componentId) !== index) {
    refuse('component-chosen-twice', { field, params: { componentId: choice.componentId } });
  }
  refuseWrongChoice(list.catalogue, ask.planId, choice, atPurchase(on), field);
  const item = { kind: 'component' as const, id: choice.componentId };
  const line = pricedLine(lineAsk(ask, item, choice.quantity));
  return line ?? refuse('component-not-sold', { field, params: { componentId: item.id } });
}

function includedLines(ask: PackageAsk): PricedLine[] {
  const { list, planId, on } = ask;
  return list.catalogue.components.flatMap(({ id }) => {
    const inclusion = inclusionOf(list.catalogue, { ...atPurchase(on), planId, componentId: id });
    if (inclusion.mode !== 'included') return [];
    return [freeLine(lineAsk(ask, { kind: 'component', id }, 1), 'included', inclusion.editionId)];
  });
}

function lineAsk(ask: PackageAsk, item: LineAsk['item'], quantity: number): LineAsk {
  const period = periodAt(ask.on, ask.termMonths, 0);
  return {
    list: ask.list,
    item,
    entitlementId: null,
    quantity,
    termMonths: ask.termMonths,
    action: 'add',
    standing: atPurchase(ask.on),
    proration: { basis: 'term-days', anchorOn: ask.on, within: period },
    span: period,
  };
}
