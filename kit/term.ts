import { addMonths, dayNumber, hourOf } from './calendar.ts';

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
  return addMonths(anchorOn, termMonths * k);
}

/** Period k runs from boundary k to boundary k + 1. */
export function periodAt(anchorOn: Temporal.PlainDate, termMonths: number, k: number): Period {
  return { start: boundary(anchorOn, termMonths, k), end: boundary(anchorOn, termMonths, k + 1) };
}

/**
 * Where a package on a fixed billing day begins to count from: its anchor, the first such day, and
 * whether the term that begins there is paid for together with the days before it.
 */
export type BillingStart = {
  readonly anchorOn: Temporal.PlainDate;
  readonly andWholeTerm: boolean;
};

/** What is paid for: `span`, a whole term or the last part of one, and that term: `within`. */
export type TermShare = { readonly within: Period; readonly span: Period };

/**
 * What a package pays for first: its first term, or on a billing day the days up to it, which are
 * the last part of the term that ends there (rule 3), and the term after them if that is wanted.
 */
export function firstShares(
  on: Temporal.PlainDate,
  termMonths: number,
  start: BillingStart | null = null,
): TermShare[] {
  const anchorOn = start?.anchorOn ?? on;
  const whole = periodAt(anchorOn, termMonths, 0);
  const rest = isBefore(on, anchorOn)
    ? [{ within: periodAt(anchorOn, termMonths, -1), span: { start: on, end: anchorOn } }]
    : [];
  const isWhole = rest.length === 0 || start?.andWholeTerm;
  return isWhole ? [...rest, { within: whole, span: whole }] : rest;
}

/** The term that a period belongs to: its own, or of the part before an anchor the one it ends. */
export function termOf(position: {
  anchorOn: Temporal.PlainDate;
  termMonths: number;
  cycle: number;
  period: Period;
}): Period {
  const { anchorOn, termMonths, cycle, period } = position;
  return cycle < 0 ? periodAt(anchorOn, termMonths, cycle) : period;
}

/** The first day of that number in its month (1 to 28) on or after a day. */
export function nextBillingDay(from: Temporal.PlainDate, dayOfMonth: number): Temporal.PlainDate {
  const here = from.with({ day: dayOfMonth });
  return isBefore(here, from) ? here.add({ months: 1 }) : here;
}

/** Whole local days from `from` to `to`; a 23- or 25-hour day counts as one. */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** What was asked last: an operation asks for its own day again and again. */
let today: { at: Temporal.Instant; zone: string; on: Temporal.PlainDate } | null = null;

/** The local date of an instant in a billing zone (rule 1: dates derive from instants). */
export function localDate(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  if (today?.at !== at || today.zone !== zone) {
    today = { at, zone, on: at.toZonedDateTimeISO(zone).toPlainDate() };
  }
  return today.on;
}

/** The instant at which a local date begins in a billing zone. */
export function startOfDay(on: Temporal.PlainDate, zone: string): Temporal.Instant {
  return hourOf(on, 0, zone);
}

export function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return compareDates(a, b) < 0;
}

/** `Temporal.PlainDate.compare` for ISO dates, ten times as fast. */
export function compareDates(a: Temporal.PlainDate, b: Temporal.PlainDate): number {
  return a === b ? 0 : dayNumber(a) - dayNumber(b);
}
