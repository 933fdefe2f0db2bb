import { seriesOf } from './invoice.ts';
import type { Invoice, InvoiceKind, InvoiceLine } from './invoice.ts';
import type { Quote } from './quote.ts';
import { chargedLines } from './quote.ts';

/** A document before it has its number, which comes last (rule 11). */
export type Draft = Omit<Invoice, 'no' | 'contentHash'>;

/** The lines of an invoice: those of the quote that cost something, unchanged. */
export function invoiceLines(quote: Quote, subscriptionId: string | null): InvoiceLine[] {
  return chargedLines(quote).map((line, index) => ({
    no: index + 1,
    kind: line.kind,
    itemId: line.itemId,
    subscriptionId: line.subscriptionId ?? subscriptionId,
    entitlementId: line.entitlementId,
    description: line.description,
    quantity: line.quantity,
    period: line.period,
    editionId: line.editionId,
    monthlyMinor: line.monthlyMinor,
    termMonths: line.termMonths,
    termMinor: line.termMinor,
    proration: line.proration,
    share: line.share,
    listMinor: line.listMinor,
    discountMinor: line.discountMinor,
    amountMinor: line.amountMinor,
    taxRateBp: line.taxRateBp,
    netMinor: line.netMinor,
    taxMinor: line.taxMinor,
    totalMinor: line.totalMinor,
    refundable: line.refundable,
    correctsNo: null,
  }));
}

export function draftSeries(kind: InvoiceKind, issuedOn: Temporal.PlainDate): string {
  return seriesOf(kind, issuedOn.year);
}
