import { TERMS } from '#kit/term.ts';
import type { TermMonths } from '#kit/term.ts';
import type { Catalogue } from './catalogue.ts';
import type { Audience, Item } from './edition.ts';
import { priceOf } from './price-of.ts';
import { atPurchase } from './standing.ts';

/** What one piece costs when bought on a day for one term. Minor units. */
export type TermPrice = {
  readonly termMonths: TermMonths;
  readonly monthlyMinor: bigint;
  readonly totalMinor: bigint;
  /** Against paying as many months at the rate of the shortest term that is sold. */
  readonly savingMinor: bigint;
  /** What a month costs when it is renewed for the same term, by today's prices. */
  readonly renewMonthlyMinor: bigint;
  readonly editionId: string;
};

export type PriceList = {
  readonly sellerId: string;
  readonly audience: Audience;
  readonly currency: string;
  readonly on: Temporal.PlainDate;
};

/** The item's price for every term it is sold for, the shortest first; empty when it is not. */
export function termPrices(catalogue: Catalogue, list: PriceList, item: Item): TermPrice[] {
  const prices: TermPrice[] = [];
  for (const termMonths of TERMS) {
    const ask = { ...list, ...atPurchase(list.on), item, termMonths };
    const price = priceOf(catalogue, { ...ask, action: 'add' });
    if (!price) continue;
    const renewal = priceOf(catalogue, { ...ask, action: 'renew' });
    const shortest = prices[0]?.monthlyMinor ?? price.monthlyMinor;
    const saving = shortest * BigInt(termMonths) - price.termMinor;
    prices.push({
      termMonths,
      monthlyMinor: price.monthlyMinor,
      totalMinor: price.termMinor,
      savingMinor: saving > 0n ? saving : 0n,
      renewMonthlyMinor: renewal?.monthlyMinor ?? price.monthlyMinor,
      editionId: price.editionId,
    });
  }
  return prices;
}
