import type { Localised } from '#domains/catalog/index.ts';
import type { TaxTerms } from '#domains/tax/index.ts';
import type { Period } from '#kit/term.ts';
import type { LineKind } from './invoice.ts';
import type { Proration, Ratio } from './proration.ts';

/**
 * How a line stands: `bought` is charged; the others are shown with nothing to pay. `included`
 * comes with the plan, `grandfathered` came with it and is still free, `dropped` goes because its
 * holder wants so, `ended` because it is no longer sold with the plan.
 */
export type LineState = 'bought' | 'included' | 'grandfathered' | 'dropped' | 'ended';

/** One line of a preview, and of the invoice made from it. Amounts are minor units. */
export type QuoteLine = {
  kind: LineKind;
  itemKind: 'plan' | 'component';
  itemId: string;
  /** The entitlement a renewal is for; null for a purchase, whose entitlement comes later. */
  entitlementId: string | null;
  /** Whose line it is, on a document for several packages; absent on one for a single package. */
  subscriptionId?: string;
  description: Localised;
  quantity: number;
  /** What is paid for; half-open local dates. */
  period: Period;
  /** The price of one piece for a month of this term, and of all pieces for the whole term. */
  monthlyMinor: bigint;
  termMonths: number;
  termMinor: bigint;
  proration: Proration;
  /** Days paid for, of the days of the term (for whole months first: the exact share instead). */
  share: Ratio;
  /** The edition the price or the inclusion comes from. */
  editionId: string | null;
  /** Prorated price before and after the discount, as the price list has it: with or without tax. */
  listMinor: bigint;
  discountMinor: bigint;
  amountMinor: bigint;
  taxRateBp: number;
  /** netMinor + taxMinor = totalMinor; which of net and total is `amountMinor` the quote says. */
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  refundable: boolean;
  state: LineState;
};

export type QuoteTax = TaxTerms & {
  /** True: the price list includes the tax, amounts are gross. */
  included: boolean;
};

export type Quote = {
  currency: string;
  lines: QuoteLine[];
  tax: QuoteTax;
  discountCode: string | null;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  /** The same for the same content: what was previewed is what is charged. */
  hash: string;
};

/** The lines that go on an invoice. */
export function chargedLines(quote: Quote): QuoteLine[] {
  return quote.lines.filter((line) => line.state === 'bought');
}
