import { daysBetween } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';
import type { Localised } from '#domains/catalog/index.ts';
import { makeQuote } from './make-quote.ts';
import type { PricedLine } from './make-quote.ts';
import type { Quote, QuoteTax } from './quote.ts';

/** A line that no price list has. `priceMinor` is for one piece, with tax if the brand's are. */
export type FreeLine = {
  kind: 'manual' | 'late-fee';
  description: Localised;
  quantity: number;
  priceMinor: bigint;
  /** What it is for; half-open local dates. Revenue is earned over these days. */
  period: Period;
  refundable: boolean;
};

/** Lines written by hand, or by a rule of collection, as a quote: taxed and summed like any other. */
export function quoteFreeLines(currency: string, lines: readonly FreeLine[], tax: QuoteTax): Quote {
  return makeQuote(
    currency,
    lines.map((line) => pricedFree(line)),
    tax,
  );
}

function pricedFree({ kind, priceMinor, quantity, period, ...line }: FreeLine): PricedLine {
  const listMinor = priceMinor * BigInt(quantity);
  const days = BigInt(daysBetween(period.start, period.end));
  return {
    ...line,
    kind,
    itemKind: 'component',
    itemId: kind,
    entitlementId: null,
    quantity,
    period,
    monthlyMinor: priceMinor,
    termMonths: 1,
    termMinor: listMinor,
    proration: { basis: 'term-days', anchorOn: period.start, within: period },
    share: { part: days, whole: days },
    editionId: null,
    listMinor,
    state: 'bought',
  };
}
