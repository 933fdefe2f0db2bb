import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deferredAt, recognisedBefore, recognisedIn } from './recognition.ts';
import type { EarnedLine } from './recognition.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const EPOCH = day('2023-01-01');
const span = (start: string, end: string) => ({ start: day(start), end: day(end) });
const year = (over: Partial<EarnedLine> = {}): EarnedLine => ({
  netMinor: 3_650_00n,
  period: span('2023-01-01', '2024-01-01'),
  issuedOn: day('2023-01-01'),
  credits: [],
  ...over,
});

/** Lines issued up to two months around their start, with credits that never exceed them. */
const lines = fc
  .record({
    netMinor: fc.bigInt({ min: 0n, max: 10_000_000_00n }),
    start: fc.integer({ min: 60, max: 800 }),
    days: fc.integer({ min: 1, max: 1_100 }),
    issued: fc.integer({ min: -60, max: 60 }),
    credits: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 1_200 }),
        share: fc.bigInt({ min: 0n, max: 100n }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ netMinor, start, days, issued, credits }): EarnedLine => {
    let left = netMinor;
    const issuedOn = EPOCH.add({ days: start + issued });
    return {
      netMinor,
      period: { start: EPOCH.add({ days: start }), end: EPOCH.add({ days: start + days }) },
      issuedOn,
      credits: credits.map(({ after, share }) => {
        const credited = (left * share) / 100n;
        left -= credited;
        return { on: issuedOn.add({ days: after }), netMinor: credited };
      }),
    };
  });

const months = Array.from({ length: 90 }, (_, k) => ({
  start: EPOCH.add({ months: k }),
  end: EPOCH.add({ months: k + 1 }),
}));
const sum = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);
const RUNS = { numRuns: 1_000 };

describe('revenue of a year paid in advance', () => {
  it('is earned by days: January 31 of 365, February 28', () => {
    expect(recognisedIn(year(), span('2023-01-01', '2023-02-01'))).toBe(310_00n);
    expect(recognisedIn(year(), span('2023-02-01', '2023-03-01'))).toBe(280_00n);
    expect(deferredAt(year(), day('2023-03-01'))).toBe(3_060_00n);
  });

  it('counts nothing before the invoice is issued and catches up in that month', () => {
    const late = year({ issuedOn: day('2023-02-10') });
    expect(recognisedIn(late, span('2023-01-01', '2023-02-01'))).toBe(0n);
    expect(recognisedIn(late, span('2023-02-01', '2023-03-01'))).toBe(590_00n);
  });

  it('stops where a credit of the unused rest begins', () => {
    const closed = year({ credits: [{ on: day('2023-02-01'), netMinor: 3_340_00n }] });
    expect(recognisedIn(closed, span('2023-01-01', '2023-02-01'))).toBe(310_00n);
    expect(recognisedIn(closed, span('2023-02-01', '2025-01-01'))).toBe(0n);
    expect(deferredAt(closed, day('2023-02-02'))).toBe(0n);
  });

  it('is taken back in the month of a full refund, the months before stay closed', () => {
    const refunded = year({ credits: [{ on: day('2023-02-15'), netMinor: 3_650_00n }] });
    expect(recognisedIn(refunded, span('2023-01-01', '2023-02-01'))).toBe(310_00n);
    expect(recognisedIn(refunded, span('2023-02-01', '2023-03-01'))).toBe(-310_00n);
    expect(recognisedIn(refunded, span('2023-03-01', '2024-02-01'))).toBe(0n);
  });
});

describe('whatever the line', () => {
  it('months sum exactly to the line less its credits', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const credited = sum(line.credits.map(({ netMinor }) => netMinor));
        expect(sum(months.map((month) => recognisedIn(line, month)))).toBe(
          line.netMinor - credited,
        );
      }),
      RUNS,
    );
  });

  it('deferred rolls forward: opening + invoiced − credited − recognised = closing', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(...months), (line, month) => {
        const within = (on: Temporal.PlainDate) =>
          Temporal.PlainDate.compare(on, month.start) >= 0 &&
          Temporal.PlainDate.compare(on, month.end) < 0;
        const invoiced = within(line.issuedOn) ? line.netMinor : 0n;
        const credited = sum(line.credits.filter(({ on }) => within(on)).map((c) => c.netMinor));
        expect(
          deferredAt(line, month.start) + invoiced - credited - recognisedIn(line, month),
        ).toBe(deferredAt(line, month.end));
      }),
      RUNS,
    );
  });

  it('deferred is never below zero, and what is earned only shrinks by a credit', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 2_500 }), (line, k) => {
        const on = EPOCH.add({ days: k });
        expect(deferredAt(line, on)).toBeGreaterThanOrEqual(0n);
        expect(recognisedBefore(line, on)).toBeGreaterThanOrEqual(0n);
        if (line.credits.length === 0) {
          expect(
            recognisedIn(line, { start: on, end: on.add({ days: 1 }) }),
          ).toBeGreaterThanOrEqual(0n);
        }
      }),
      RUNS,
    );
  });
});
