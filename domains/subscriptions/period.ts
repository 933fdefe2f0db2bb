import type { BillingStart, Period } from '#kit/term.ts';
import { firstShares, isBefore, periodAt } from '#kit/term.ts';
import type { PaidPeriod } from './period-store.ts';
import type { LiveSubscription } from './subscription.ts';

/** Where a subscription stands on its own calendar. */
export type Position = {
  readonly anchorOn: Temporal.PlainDate;
  readonly termMonths: number;
  readonly cycle: number;
  readonly period: Period;
};

/** The first periods of a package, and where it stands after them: at the last. */
export function firstPaid(
  on: Temporal.PlainDate,
  termMonths: number,
  start: BillingStart | null,
): { position: Position; paid: PaidPeriod[] } {
  const shares = firstShares(on, termMonths, start);
  const anchorOn = start?.anchorOn ?? on;
  const paid = shares.map(({ within, span }) => ({
    ...span,
    termMonths,
    wholeFrom: within.start.equals(span.start) ? null : within.start,
  }));
  const period = shares.at(-1)?.span ?? periodAt(on, termMonths, 0);
  const cycle = isBefore(period.start, anchorOn) ? -1 : 0;
  return { position: { anchorOn, termMonths, cycle, period }, paid };
}

/** The first period of a subscription that starts on `on`. */
export function firstPosition(on: Temporal.PlainDate, termMonths: number): Position {
  return { anchorOn: on, termMonths, cycle: 0, period: periodAt(on, termMonths, 0) };
}

/**
 * The period after the one that is paid. The same term keeps counting from the original anchor, so
 * that 31 January → 28 February → 31 March; another term starts anew at the boundary (rule 2). One
 * that is brought to a billing day pays up to it (`alignTo`), and counts from it.
 */
export function nextPosition(
  subscription: Pick<LiveSubscription, 'anchorOn' | 'termMonths' | 'cycle' | 'period'>,
  termMonths: number,
  alignTo: Temporal.PlainDate | null = null,
): Position {
  if (alignTo) {
    const period = { start: subscription.period.end, end: alignTo };
    return { anchorOn: alignTo, termMonths, cycle: -1, period };
  }
  if (termMonths !== subscription.termMonths) {
    return firstPosition(subscription.period.end, termMonths);
  }
  const cycle = subscription.cycle + 1;
  const { anchorOn } = subscription;
  return { anchorOn, termMonths, cycle, period: periodAt(anchorOn, termMonths, cycle) };
}
