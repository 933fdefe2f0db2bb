import { taxIncluded, taxOnTop } from './tax-terms.ts';

/** What was charged for the days in question. Amounts are minor units. */
export type ChargedPart = {
  netMinor: bigint;
  taxMinor: bigint;
  /** Whether the price was agreed with the tax inside it. */
  included: boolean;
};

/**
 * What more (below zero: less) tax is owed for what was rendered than was charged for it, because
 * the rate changed between the charge and the days on which it was rendered.
 *
 * The rate is that of the day on which a service is rendered, whatever was paid and when. In Russia:
 * 22 % for what is rendered from 2026-01-01 (Tax Code art. 164 (3) as amended by Federal Law
 * 425-FZ of 2025-11-28; art. 167 (1), (14): a prepayment is taxed by the calculated rate 20/120 of
 * the day it comes, and what it paid for again when it is rendered, the former being deducted,
 * art. 171 (8), 172 (6)); so the Federal Tax Service, letter SD-4-3/11802@ of 2025-12-29. Of a
 * price that includes the tax the seller bears the difference: the price agreed does not change by
 * itself. Of a price without tax the difference is computed on the net price.
 */
export function renderedTaxDifference(charged: ChargedPart, renderedRateBp: number): bigint {
  const { netMinor, taxMinor, included } = charged;
  const owed = included
    ? taxIncluded(netMinor + taxMinor, renderedRateBp)
    : taxOnTop(netMinor, renderedRateBp);
  return owed - taxMinor;
}
