import { daysBetween, isBefore, periodAt } from '#kit/term.ts';
import { Refusal } from '#kit/refusal.ts';
import { quoteRenewal } from '#domains/billing/index.ts';
import type { Quote } from '#domains/billing/index.ts';
import { noticedBy } from '#domains/catalog/index.ts';
import type { CartQuoteView } from './quote-wire.ts';
import type { Cart } from './read-cart.ts';
import { billingStartOf } from './recipe.ts';
import { viewQuote, wireMinor } from './view-quote.ts';

/** The quote of a cart; on a billing day with what the days up to it cost, and what comes then. */
export function viewCart(cart: Cart): CartQuoteView {
  return { ...viewQuote(cart.quote), billingDay: billingDayOf(cart) };
}

function billingDayOf({ recipe, sale, quote }: Cart): CartQuoteView['billingDay'] {
  const start = billingStartOf(recipe);
  const on = Temporal.PlainDate.from(recipe.on);
  if (!start || !isBefore(on, start.anchorOn)) return null;
  const { anchorOn, andWholeTerm } = start;
  const { termMonths } = recipe;
  const sumOf = (lines: Quote['lines']) => lines.reduce((sum, line) => sum + line.totalMinor, 0n);
  const part = quote.lines.filter(({ period }) => period.end.equals(anchorOn));
  const partMinor = sumOf(part);
  const termMinor = andWholeTerm
    ? quote.totalMinor - partMinor
    : termAfter({ recipe, sale }, anchorOn);
  return {
    until: anchorOn.toString(),
    days: daysBetween(on, anchorOn),
    partMinor: wireMinor(partMinor),
    termMonths,
    termMinor: termMinor === null ? null : wireMinor(termMinor),
    isTermIncluded: andWholeTerm,
  };
}

/**
 * What the renewal from that day on will cost, by the function that charges it and by what is
 * published, the buyer being told today. Null: it has no price.
 */
function termAfter(
  { recipe, sale }: Pick<Cart, 'recipe' | 'sale'>,
  anchorOn: Temporal.PlainDate,
): bigint | null {
  const { planId, termMonths, addOns } = recipe;
  const { list, tax, on } = sale;
  const told = list.catalogue.editions.map(({ id: editionId }) => ({ editionId, noticedOn: on }));
  const bought = { state: 'bought', sinceOn: on, renews: true, endsOn: null } as const;
  try {
    const quote = quoteRenewal({
      ...{ list, tax, planId, subscribedOn: on },
      next: { period: periodAt(anchorOn, termMonths, 0), termMonths, anchorOn },
      entitlements: addOns.map(({ componentId, quantity }) => ({
        ...{ ...bought, id: componentId, componentId, quantity },
      })),
      noticed: noticedBy(told),
    });
    return quote.totalMinor;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
