import { atPurchase } from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, periodAt, termOf } from '#kit/term.ts';
import type { Period, TermShare } from '#kit/term.ts';
import { refuseWrongChoice } from './add-on-choice.ts';
import type { AddOnChoice } from './add-on-choice.ts';
import type { Discount } from './discount.ts';
import { makeQuote } from './make-quote.ts';
import { pricedLine } from './priced-line.ts';
import type { PriceList } from './priced-line.ts';
import type { ProrationBasis } from './proration.ts';
import type { Quote, QuoteTax } from './quote.ts';

/** The subscription an add-on is bought to; its `period` is the last one paid for. */
export type CoTermed = {
  planId: string;
  termMonths: number;
  anchorOn: Temporal.PlainDate;
  cycle: number;
  period: Period;
  /** All paid periods, where the last is a part that was paid ahead: they do not follow from it. */
  paid?: readonly (Period & { wholeFrom?: Temporal.PlainDate | null })[];
};

export type AddOnAsk = {
  list: PriceList;
  subscription: CoTermed;
  choice: AddOnChoice;
  /** The local date of purchase, which is the first day charged. */
  on: Temporal.PlainDate;
  basis?: ProrationBasis;
  tax: QuoteTax;
  discount?: Discount | null;
};

/**
 * Rule 4: a component bought in mid-term, from the day of purchase to the day the package is paid
 * until, at today's price. One line; when a renewal has been paid ahead, one more for each period
 * paid ahead, so that every line lies in one period. Refuses `period-over` and what
 * `refuseWrongChoice` says.
 */
export function quoteAddOn(ask: AddOnAsk): Quote {
  const { list, subscription, choice, on } = ask;
  if (!isBefore(on, subscription.period.end)) refuse('period-over');
  refuseWrongChoice(list.catalogue, subscription.planId, choice, atPurchase(on), 'componentId');
  const lines = paidFrom(subscription, on).map(({ within, span }) => {
    const line = pricedLine({
      list,
      item: { kind: 'component', id: choice.componentId },
      entitlementId: null,
      quantity: choice.quantity,
      termMonths: subscription.termMonths,
      action: 'add',
      standing: atPurchase(on),
      proration: { basis: ask.basis ?? 'term-days', anchorOn: subscription.anchorOn, within },
      span,
    });
    return line ?? refuse('component-not-sold', { field: 'componentId' });
  });
  return makeQuote(list.currency, lines, ask.tax, ask.discount);
}

/** What is left of the term that contains `on`, and every later one that has been paid for. */
function paidFrom(subscription: CoTermed, on: Temporal.PlainDate): TermShare[] {
  return (subscription.paid ?? termsOf(subscription, on))
    .filter(({ end }) => isBefore(on, end))
    .map(({ start, end, wholeFrom }) => ({
      within: { start: wholeFrom ?? start, end },
      span: { start: isBefore(start, on) ? on : start, end },
    }));
}

function termsOf(subscription: CoTermed, on: Temporal.PlainDate): CoTermed['paid'] & object {
  const { anchorOn, termMonths } = subscription;
  const terms = [termOf(subscription)];
  for (let cycle = subscription.cycle - 1; ; cycle--) {
    const [first] = terms;
    if (!first || !isBefore(on, first.start)) return terms;
    // Before the anchor stood another term; its days are charged by the present one's price.
    terms.unshift({ start: periodAt(anchorOn, termMonths, cycle).start, end: first.start });
  }
}
