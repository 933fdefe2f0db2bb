import { divideHalfUp } from '#kit/money.ts';
import { boundary, daysBetween, isBefore } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';

/** Rule 4: by days of the term (the default), or whole months first and the rest by days. */
export type ProrationBasis = 'term-days' | 'whole-months-then-days';

/** The period a price is spread over, and how. `anchorOn` is the subscription's original anchor. */
export type Proration = { basis: ProrationBasis; anchorOn: Temporal.PlainDate; within: Period };

/** An exact ratio; no floating point and no rounding before the one at the end. */
export type Ratio = { part: bigint; whole: bigint };

/**
 * Rule 3: what is left of a price after `k` of `n` days, HALF_UP(price × (n − k) / n), in minor
 * units. Throws outside 0 ≤ k ≤ n.
 */
export function unused(priceMinor: bigint, n: number, k: number): bigint {
  if (n <= 0 || k < 0 || k > n) throw new RangeError(`day ${k} of ${n}`);
  return divideHalfUp(priceMinor * BigInt(n - k), BigInt(n));
}

/** The price of days `a` up to `b` of `n`: a difference of two `unused`, so parts telescope. */
export function slice(priceMinor: bigint, n: number, a: number, b: number): bigint {
  return unused(priceMinor, n, a) - unused(priceMinor, n, b);
}

/** The share of the period that is still to come on `on`. Throws for a day outside it. */
export function remaining({ basis, anchorOn, within }: Proration, on: Temporal.PlainDate): Ratio {
  const whole = daysBetween(within.start, within.end);
  const left = daysBetween(on, within.end);
  if (whole <= 0 || left < 0 || left > whole) throw new RangeError(`${on} is outside the period`);
  if (basis === 'term-days') return { part: BigInt(left), whole: BigInt(whole) };
  return remainingMonths(anchorOn, within, on);
}

/**
 * Months are counted between the boundaries of the subscription's own anchor: of a period from
 * the 15th, 3 April leaves 12 of the 31 days up to 15 April and then whole months.
 */
function remainingMonths(
  anchorOn: Temporal.PlainDate,
  within: Period,
  on: Temporal.PlainDate,
): Ratio {
  const first = monthsSince(anchorOn, within.start);
  const months = monthsSince(anchorOn, within.end) - first;
  let k = 0;
  while (k < months && isBefore(boundary(anchorOn, 1, first + k), on)) k++;
  const next = boundary(anchorOn, 1, first + k);
  if (next.equals(on)) return { part: BigInt(months - k), whole: BigInt(months) };
  const days = daysBetween(boundary(anchorOn, 1, first + k - 1), next);
  const part = (months - k) * days + daysBetween(on, next);
  return { part: BigInt(part), whole: BigInt(months * days) };
}

/** Which monthly boundary of the anchor a date is. Periods begin and end on such boundaries. */
function monthsSince(anchorOn: Temporal.PlainDate, on: Temporal.PlainDate): number {
  const months = (on.year - anchorOn.year) * 12 + on.month - anchorOn.month;
  if (!boundary(anchorOn, 1, months).equals(on)) {
    throw new RangeError(`${on} is no boundary of a subscription anchored on ${anchorOn}`);
  }
  return months;
}

/** What is left of a term price on that day, rounded once. */
export function unusedOn(priceMinor: bigint, proration: Proration, on: Temporal.PlainDate): bigint {
  const { part, whole } = remaining(proration, on);
  return divideHalfUp(priceMinor * part, whole);
}

/** The price of a part of the period. Adjacent parts always sum to the price of their union. */
export function sliceOn(priceMinor: bigint, proration: Proration, span: Period): bigint {
  return unusedOn(priceMinor, proration, span.start) - unusedOn(priceMinor, proration, span.end);
}
