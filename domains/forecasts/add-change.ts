import { localDate } from '#kit/term.ts';
import type { Quote } from '#domains/billing/index.ts';
import type { RenewalOffer } from '#domains/orders/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import type { ForeseenChange } from './foresee-change.ts';
import type { Happening } from './live-through.ts';
import type { MonthSums } from './month-sums.ts';

/** What a seller itself invoices, by month, with a change and without it. */
export function addChange(
  sums: MonthSums,
  seller: Seller,
  { without, withIt }: ForeseenChange,
): void {
  addInvoices(sums, seller, 'before', without);
  addInvoices(sums, seller, 'after', withIt);
}

function addInvoices(
  sums: MonthSums,
  seller: Seller,
  series: 'before' | 'after',
  happenings: readonly Happening[],
): void {
  for (const one of happenings) {
    const quote = one.kind === 'invoiced' ? invoicedBy(seller, one.offer) : undefined;
    if (!quote) continue;
    const { currency, netMinor, totalMinor } = quote;
    sums.add({ on: localDate(one.at, seller.zone), currency, series, netMinor, totalMinor });
  }
}

/** What that seller charges for the renewal: its client, or the seller below that sells it. */
export function invoicedBy(seller: Seller, { sale, quote, legs }: RenewalOffer): Quote | undefined {
  if (sale.seller.id === seller.id) return quote;
  return legs.find(({ leg }) => leg.parent.id === seller.id)?.quote;
}
