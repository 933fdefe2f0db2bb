import { divideHalfUp } from '#kit/money.ts';
import { daysBetween, isBefore } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';
import { unusedOn } from './proration.ts';
import type { Proration } from './proration.ts';

/** The original line, as far as a credit is decided by it. Amounts are minor units. */
export type CreditableLine = {
  period: Period;
  proration: Proration;
  termMinor: bigint;
  discountMinor: bigint;
  amountMinor: bigint;
  refundable: boolean;
};

/** What was given back of a line before, in minor units. */
export type EarlierCredits = {
  /** For days from some day to the line's end, as every credit note of ours gives back. */
  daysMinor: bigint;
  /** For anything else, such as a price put right. */
  otherMinor?: bigint;
};

/**
 * Rule 9: what is given back for a line when the thing goes on `removedOn`:
 * min(unused slice of the original line, what is left of it), never negative, and 0 for what is
 * not refundable. A day that was given back is not unused any more: the days of earlier credits
 * all end with the line, so that what they gave is a part of the slice or the whole of it.
 * `fullUntilOn`: up to and without that day everything is given back.
 */
export function creditFor(
  line: CreditableLine,
  removedOn: Temporal.PlainDate,
  { daysMinor, otherMinor = 0n }: EarlierCredits,
  fullUntilOn: Temporal.PlainDate | null = null,
): bigint {
  if (!line.refundable) return 0n;
  const left = line.amountMinor - daysMinor - otherMinor;
  const full = fullUntilOn !== null && isBefore(removedOn, fullUntilOn);
  const slice = (full ? line.amountMinor : unusedSlice(line, removedOn)) - daysMinor;
  const credit = slice < left ? slice : left;
  return credit > 0n ? credit : 0n;
}

/** The same `unused` the line was charged with; of a discounted line its own share by days. */
function unusedSlice(line: CreditableLine, removedOn: Temporal.PlainDate): bigint {
  const { start, end } = line.period;
  if (!isBefore(start, removedOn)) return line.amountMinor;
  if (!isBefore(removedOn, end)) return 0n;
  if (line.discountMinor === 0n && end.equals(line.proration.within.end)) {
    return unusedOn(line.termMinor, line.proration, removedOn);
  }
  const left = BigInt(daysBetween(removedOn, end));
  return divideHalfUp(line.amountMinor * left, BigInt(daysBetween(start, end)));
}
