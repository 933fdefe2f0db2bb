import { taxIncluded, taxOnTop } from '#domains/tax/index.ts';
import { contentHash } from './content-hash.ts';
import { discountsOf } from './discount.ts';
import type { Discount } from './discount.ts';
import type { Quote, QuoteLine, QuoteTax } from './quote.ts';

/** A line before discount, tax and totals. */
export type PricedLine = Omit<
  QuoteLine,
  'discountMinor' | 'amountMinor' | 'taxRateBp' | 'netMinor' | 'taxMinor' | 'totalMinor'
>;

/**
 * Discount, tax and sums, in this order, each rounded once a line: the total is the sum of the
 * lines on the screen, on the invoice and in the PDF.
 */
export function makeQuote(
  currency: string,
  priced: readonly PricedLine[],
  tax: QuoteTax,
  discount: Discount | null = null,
): Quote {
  const charged = priced.filter((line) => line.state === 'bought');
  const discounts = new Map(
    discountsOf(charged, discount).map((minor, index) => [charged[index], minor]),
  );
  const lines = priced.map((line) => {
    const discountMinor = discounts.get(line) ?? 0n;
    const amountMinor = line.listMinor - discountMinor;
    return { ...line, discountMinor, amountMinor, ...taxed(amountMinor, tax) };
  });
  return quoteOfLines({ currency, lines, tax, discountCode: discount?.code ?? null });
}

/** Lines that are priced and taxed already, summed to a quote. */
export function quoteOfLines(
  priced: Pick<Quote, 'currency' | 'lines' | 'tax' | 'discountCode'>,
): Quote {
  const { lines } = priced;
  const content = {
    ...priced,
    netMinor: sum(lines.map((line) => line.netMinor)),
    taxMinor: sum(lines.map((line) => line.taxMinor)),
    totalMinor: sum(lines.map((line) => line.totalMinor)),
  };
  let hash: string | undefined;
  return {
    ...content,
    // What a level above charges is never shown, so nobody asks for its hash.
    get hash() {
      return (hash ??= contentHash(content));
    },
  };
}

function taxed(
  amountMinor: bigint,
  { rateBp, included }: QuoteTax,
): Pick<QuoteLine, 'taxRateBp' | 'netMinor' | 'taxMinor' | 'totalMinor'> {
  if (included) {
    const taxMinor = taxIncluded(amountMinor, rateBp);
    return {
      taxRateBp: rateBp,
      netMinor: amountMinor - taxMinor,
      taxMinor,
      totalMinor: amountMinor,
    };
  }
  const taxMinor = taxOnTop(amountMinor, rateBp);
  return { taxRateBp: rateBp, netMinor: amountMinor, taxMinor, totalMinor: amountMinor + taxMinor };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
