import { unused } from '#domains/billing/index.ts';
import { daysBetween, isBefore } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';

/** An invoice line as revenue is earned from it. Amounts are net of tax, in minor units, ≥ 0. */
export type EarnedLine = {
  netMinor: bigint;
  period: Period;
  /** Local dates in the seller's zone. */
  issuedOn: Temporal.PlainDate;
  /** What credit notes, or voiding the invoice, took off the line. */
  credits: readonly { on: Temporal.PlainDate; netMinor: bigint }[];
};

/**
 * Revenue recognised before a day: the net amount by local days of the line's period, never more
 * than what credits have left of it, and nothing before the line is issued. As a cumulative
 * function it telescopes: months, however cut, sum to the line less its credits, and a month that
 * was closed before a credit note is not changed by it; what had been recognised too much is taken
 * back in the month of the note.
 */
export function recognisedBefore(line: EarnedLine, on: Temporal.PlainDate): bigint {
  if (!isBefore(line.issuedOn, on)) return 0n;
  const used = usedBefore(line, on);
  const left = line.netMinor - creditedBefore(line, on);
  return used < left ? used : left;
}

/** What a half-open span adds; below zero when credits take back more than is earned in it. */
export function recognisedIn(line: EarnedLine, { start, end }: Period): bigint {
  return recognisedBefore(line, end) - recognisedBefore(line, start);
}

/** What is invoiced and still to be earned at the beginning of a day; never below zero. */
export function deferredAt(line: EarnedLine, on: Temporal.PlainDate): bigint {
  if (!isBefore(line.issuedOn, on)) return 0n;
  return line.netMinor - creditedBefore(line, on) - recognisedBefore(line, on);
}

function creditedBefore(line: EarnedLine, on: Temporal.PlainDate): bigint {
  return line.credits.reduce(
    (sum, credit) => (isBefore(credit.on, on) ? sum + credit.netMinor : sum),
    0n,
  );
}

function usedBefore({ netMinor, period }: EarnedLine, on: Temporal.PlainDate): bigint {
  const whole = daysBetween(period.start, period.end);
  const served = Math.min(Math.max(daysBetween(period.start, on), 0), whole);
  return netMinor - unused(netMinor, whole, served);
}
