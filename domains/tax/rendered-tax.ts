import { divideHalfUp } from '#kit/money.ts';
import { daysBetween, isBefore } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';
import { rateOn, taxIncluded, taxOnTop } from './tax-terms.ts';
import type { TaxRate } from './tax-terms.ts';

/** A paid line as it was taxed when it was charged. Amounts are minor units; dates half-open. */
export type TaxedLine = {
  period: Period;
  netMinor: bigint;
  taxMinor: bigint;
  rateBp: number;
  /** Whether the price was agreed with the tax inside it. */
  included: boolean;
  place: string;
};

/**
 * What more (below zero: less) tax is owed for the days of `span` than the line was charged with,
 * because the rate changed before they were rendered.
 *
 * The rate is that of the day on which a service is rendered, whatever was paid and when. In Russia:
 * 22 % for what is rendered from 2026-01-01 (Tax Code art. 164 (3) as amended by Federal Law
 * 425-FZ of 2025-11-28; art. 167 (1), (14): a prepayment is taxed by the calculated rate 20/120 of
 * the day it comes, and what it paid for again when it is rendered, the former being deducted,
 * art. 171 (8), 172 (6)); so the Federal Tax Service, letter SD-4-3/11802@ of 2025-12-29. Of a
 * price that includes the tax the seller bears the difference: the price agreed does not change by
 * itself. Of a price without tax the difference is computed on the net price.
 */
export function renderedTaxDifference(
  line: TaxedLine,
  span: Period,
  rates: readonly TaxRate[],
): bigint {
  if (line.rateBp === 0) return 0n;
  let difference = 0n;
  for (const part of partsByRate(line, span, rates)) {
    if (part.rateBp === line.rateBp) continue;
    const charged = sliceOf(line.taxMinor, line.period, part.span);
    const net = sliceOf(line.netMinor, line.period, part.span);
    const gross = sliceOf(line.netMinor + line.taxMinor, line.period, part.span);
    const owed = line.included ? taxIncluded(gross, part.rateBp) : taxOnTop(net, part.rateBp);
    difference += owed - charged;
  }
  return difference;
}

/** The days of the span that the line pays for, cut where the rate of its place changes. */
function partsByRate(
  { period, place, rateBp }: TaxedLine,
  span: Period,
  rates: readonly TaxRate[],
): { span: Period; rateBp: number }[] {
  const end = earlier(period.end, span.end);
  let start = isBefore(period.start, span.start) ? span.start : period.start;
  const parts: { span: Period; rateBp: number }[] = [];
  while (isBefore(start, end)) {
    const rate = rateOn(rates, place, start);
    const until = rate?.effectiveUntil ? earlier(rate.effectiveUntil, end) : end;
    // A place that forgot a rate keeps what was charged.
    parts.push({ span: { start, end: until }, rateBp: rate?.rateBp ?? rateBp });
    start = until;
  }
  return parts;
}

/** Days of a line's amount: a difference of two amounts left, so that parts sum to the whole. */
function sliceOf(minor: bigint, within: Period, { start, end }: Period): bigint {
  const days = BigInt(daysBetween(within.start, within.end));
  const left = (on: Temporal.PlainDate) =>
    divideHalfUp(minor * BigInt(daysBetween(on, within.end)), days);
  return left(start) - left(end);
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return isBefore(b, a) ? b : a;
}
