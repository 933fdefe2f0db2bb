import type { Quote, QuoteLine } from '#domains/billing/index.ts';
import type { QuoteLineView, QuoteView } from './quote-wire.ts';

/** An amount as the wire has it: a safe integer of minor units, or a defect. */
export function wireMinor(minor: bigint): number {
  const value = Number(minor);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${minor} does not fit the wire`);
  return value;
}

export function viewQuote(quote: Quote): QuoteView {
  const { currency, tax, discountCode, hash } = quote;
  return {
    currency,
    lines: quote.lines.map(viewLine),
    tax: { place: tax.place, rateBp: tax.rateBp, included: tax.included, reason: tax.reason },
    discountCode,
    netMinor: wireMinor(quote.netMinor),
    taxMinor: wireMinor(quote.taxMinor),
    totalMinor: wireMinor(quote.totalMinor),
    hash,
  };
}

function viewLine(line: QuoteLine): QuoteLineView {
  return {
    kind: line.kind,
    itemId: line.itemId,
    entitlementId: line.entitlementId,
    description: line.description,
    quantity: line.quantity,
    periodStart: line.period.start.toString(),
    periodEnd: line.period.end.toString(),
    lastDay: line.period.end.subtract({ days: 1 }).toString(),
    monthlyMinor: wireMinor(line.monthlyMinor),
    termMonths: line.termMonths,
    termMinor: wireMinor(line.termMinor),
    days: { paid: wireMinor(line.share.part), of: wireMinor(line.share.whole) },
    listMinor: wireMinor(line.listMinor),
    discountMinor: wireMinor(line.discountMinor),
    amountMinor: wireMinor(line.amountMinor),
    taxRateBp: line.taxRateBp,
    taxMinor: wireMinor(line.taxMinor),
    totalMinor: wireMinor(line.totalMinor),
    refundable: line.refundable,
    state: line.state,
    editionId: line.editionId,
  };
}
