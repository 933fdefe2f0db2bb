/** The lengths a package may be bought for, in months (product.md §3). */
export const TERMS = [1, 3, 6, 12, 24, 36] as const;
export type TermMonths = (typeof TERMS)[number];

export function isTerm(months: number): months is TermMonths {
  return (TERMS as readonly number[]).includes(months);
}

/** A span of local days, half-open: `start` is served and `end` is the first day that is not. */
export type Period = { readonly start: Temporal.PlainDate; readonly end: Temporal.PlainDate };

/**
 * Boundary k of a subscription: the original anchor + k terms, clamped to the month's end and
 * never chained from the previous boundary, so 31 January → 28 February → 31 March (rule 2).
 */
export function boundary(
  anchorOn: Temporal.PlainDate,
  termMonths: number,
  k: number,
): Temporal.PlainDate {
  return anchorOn.add({ months: termMonths * k }, { overflow: 'constrain' });
}

/** Period k runs from boundary k to boundary k + 1. */
export function periodAt(anchorOn: Temporal.PlainDate, termMonths: number, k: number): Period {
  return { start: boundary(anchorOn, termMonths, k), end: boundary(anchorOn, termMonths, k + 1) };
}

/** Whole local days from `from` to `to`; a 23- or 25-hour day counts as one. */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return epochDay(to) - epochDay(from);
}

/**
 * Days since 0000-03-01 of the proleptic Gregorian calendar, in whole numbers: years that begin in
 * March have their leap day at the end. Ten times as fast as `until`, which counts in renewal runs.
 */
function epochDay({ year, month, day }: Temporal.PlainDate): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthOfYear = (month + 9) % 12;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((monthOfYear * 153 + 2) / 5) + day - 1;
}

/** The local date of an instant in a billing zone (rule 1: dates derive from instants). */
export function localDate(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(zone).toPlainDate();
}

/** The instant at which a local date begins in a billing zone. */
export function startOfDay(on: Temporal.PlainDate, zone: string): Temporal.Instant {
  return on.toZonedDateTime(zone).toInstant();
}

export function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return compareDates(a, b) < 0;
}

/** `Temporal.PlainDate.compare` for ISO dates, ten times as fast. */
export function compareDates(a: Temporal.PlainDate, b: Temporal.PlainDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}
