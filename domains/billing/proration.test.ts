import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundary, daysBetween, localDate, periodAt } from '#kit/term.ts';
import { RUNS } from '#test/harness/runs.ts';
import { remaining, slice, sliceOn, unused, unusedOn } from './proration.ts';
import type { Proration, ProrationBasis } from './proration.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

function over(start: string, end: string, basis: ProrationBasis = 'term-days'): Proration {
  return { basis, anchorOn: day(start), within: { start: day(start), end: day(end) } };
}

const year = over('2023-01-15', '2024-01-15');
const price = fc.bigInt(0n, 10n ** 13n);
const anchor = fc.integer({ min: 0, max: 20_000 }).map((days) => day('2000-01-01').add({ days }));
const term = fc.constantFrom(1, 3, 6, 12, 24, 36);
const cycle = fc.integer({ min: 0, max: 30 });
const basis = fc.constantFrom<ProrationBasis>('term-days', 'whole-months-then-days');
/** A period of a subscription with its anchor, as renewals make them. */
const proration = fc
  .tuple(anchor, term, cycle, basis)
  .map(([anchorOn, months, k, by]): Proration => ({
    basis: by,
    anchorOn,
    within: periodAt(anchorOn, months, k),
  }));

function daysOf({ within }: Proration): number {
  return daysBetween(within.start, within.end);
}

describe('a part of a price', () => {
  it('of the announcement: 800.00 a month, a year from 15 January, bought on 3 April', () => {
    expect(remaining(year, day('2023-04-03'))).toEqual({ part: 287n, whole: 365n });
    expect(unusedOn(9_600_00n, year, day('2023-04-03'))).toBe(7_548_49n);
  });

  it('of the announcement, with whole months first', () => {
    const months = over('2023-01-15', '2024-01-15', 'whole-months-then-days');
    expect(unusedOn(9_600_00n, months, day('2023-04-03'))).toBe(7_509_68n);
  });

  // [what, price, start, end, from, to, expected], worked out by hand
  it.each([
    ['half of June', 10_000n, '2023-06-01', '2023-07-01', '2023-06-16', '2023-07-01', 5_000n],
    ['a whole month', 80_000n, '2023-06-01', '2023-07-01', '2023-06-01', '2023-07-01', 80_000n],
    [
      'the last day of March',
      80_000n,
      '2023-03-01',
      '2023-04-01',
      '2023-03-31',
      '2023-04-01',
      2_581n,
    ],
    [
      'one day of a leap year',
      36_600n,
      '2024-01-01',
      '2025-01-01',
      '2024-02-29',
      '2024-03-01',
      100n,
    ],
    [
      'a leap day inside the rest',
      960_000n,
      '2023-12-31',
      '2024-12-31',
      '2024-02-28',
      '2024-12-31',
      805_246n,
    ],
    [
      'nothing on the last boundary',
      80_000n,
      '2023-06-01',
      '2023-07-01',
      '2023-07-01',
      '2023-07-01',
      0n,
    ],
    ['half a minor unit goes up', 1n, '2023-06-01', '2023-07-01', '2023-06-16', '2023-07-01', 1n],
    [
      'a clamped February',
      80_000n,
      '2023-01-31',
      '2023-02-28',
      '2023-02-14',
      '2023-02-28',
      40_000n,
    ],
    // Kill Bill, anchor 31, charges 20/31 of a period of 30 days: 322.58. The real period has 30.
    [
      'Kill Bill kb-line-41',
      50_000n,
      '2023-08-31',
      '2023-09-30',
      '2023-09-10',
      '2023-09-30',
      33_333n,
    ],
    ['Kill Bill kb-line-43', 795n, '2012-08-31', '2012-09-30', '2012-09-02', '2012-09-30', 742n],
  ])('%s', (_, amount, start, end, from, to, expected) => {
    expect(sliceOn(amount, over(start, end), { start: day(from), end: day(to) })).toBe(expected);
  });

  it('counts the days of the clocks change as one day each', () => {
    const march = over('2026-03-01', '2026-04-01');
    expect(unusedOn(80_000n, march, day('2026-03-16'))).toBe(41_290n);
  });

  it('is not to be had outside the period', () => {
    expect(() => unusedOn(1n, year, day('2024-01-16'))).toThrow(RangeError);
    expect(() => unusedOn(1n, year, day('2023-01-14'))).toThrow(RangeError);
    expect(() => unused(1n, 30, 31)).toThrow(RangeError);
  });
});

describe('P1: parts telescope', () => {
  it('over any cuts of n days the parts sum to the price', () => {
    const cuts = fc.integer({ min: 1, max: 1100 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        inner: fc.array(fc.integer({ min: 0, max: n }), { maxLength: 12 }),
      }),
    );
    fc.assert(
      fc.property(price, cuts, (amount, { n, inner }) => {
        const points = [0, ...inner.toSorted((a, b) => a - b), n];
        let sum = 0n;
        for (let i = 1; i < points.length; i++) {
          sum += slice(amount, n, points[i - 1] ?? 0, points[i] ?? 0);
        }
        expect(sum).toBe(amount);
      }),
      RUNS,
    );
  });

  it('over any dates of any period, whichever basis the policy names', () => {
    const sample = proration.chain((of) =>
      fc.record({
        of: fc.constant(of),
        cuts: fc.array(fc.integer({ min: 0, max: daysOf(of) }), { maxLength: 8 }),
      }),
    );
    fc.assert(
      fc.property(price, sample, (amount, { of, cuts }) => {
        const points = [0, ...cuts.toSorted((a, b) => a - b), daysOf(of)].map((days) =>
          of.within.start.add({ days }),
        );
        let sum = 0n;
        for (const [i, end] of points.entries()) {
          const start = points[i - 1];
          if (start) sum += sliceOn(amount, of, { start, end });
        }
        expect(sum).toBe(amount);
      }),
      RUNS,
    );
  });
});

describe('P2: what is left', () => {
  it('lies between nothing and the price and never grows', () => {
    fc.assert(
      fc.property(price, proration, fc.nat(), fc.nat(), (amount, of, a, b) => {
        const days = daysOf(of);
        const [early, late] = [a % (days + 1), b % (days + 1)].toSorted((x, y) => x - y);
        const at = (n: number) => unusedOn(amount, of, of.within.start.add({ days: n }));
        expect(at(0)).toBe(amount);
        expect(at(days)).toBe(0n);
        expect(at(early ?? 0)).toBeGreaterThanOrEqual(at(late ?? 0));
      }),
      RUNS,
    );
  });

  it('by days of the term is the plain formula', () => {
    fc.assert(
      fc.property(price, anchor, term, fc.nat(), (amount, anchorOn, months, seed) => {
        const of: Proration = {
          basis: 'term-days',
          anchorOn,
          within: periodAt(anchorOn, months, 0),
        };
        const k = seed % (daysOf(of) + 1);
        expect(unusedOn(amount, of, anchorOn.add({ days: k }))).toBe(unused(amount, daysOf(of), k));
      }),
      RUNS,
    );
  });
});

describe('P4: boundaries', () => {
  it('strictly increase and stay on the day of the anchor or at the end of the month', () => {
    fc.assert(
      fc.property(anchor, term, cycle, (anchorOn, months, k) => {
        const at = boundary(anchorOn, months, k);
        const next = boundary(anchorOn, months, k + 1);
        expect(Temporal.PlainDate.compare(at, next)).toBe(-1);
        expect(next.day).toBe(Math.min(anchorOn.day, next.daysInMonth));
      }),
      RUNS,
    );
  });

  it('are the same whether a period is reached at once or one after another', () => {
    fc.assert(
      fc.property(anchor, term, cycle, (anchorOn, months, k) => {
        let { end } = periodAt(anchorOn, months, 0);
        for (let step = 1; step <= k; step++) {
          const next = periodAt(anchorOn, months, step);
          expect(next.start.equals(end)).toBe(true);
          end = next.end;
        }
        expect(end.equals(boundary(anchorOn, months, k + 1))).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('P12: zones', () => {
  it('moving instants about inside their local days changes no price', () => {
    const zone = fc.constantFrom(
      'Europe/Moscow',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Tokyo',
    );
    const clock = fc.tuple(fc.integer({ min: 4, max: 23 }), fc.integer({ min: 0, max: 59 }));
    fc.assert(
      fc.property(
        price,
        anchor,
        term,
        fc.nat(),
        zone,
        clock,
        (amount, anchorOn, months, seed, timeZone, [hour, minute]) => {
          const of: Proration = {
            basis: 'term-days',
            anchorOn,
            within: periodAt(anchorOn, months, 0),
          };
          const on = anchorOn.add({ days: seed % daysOf(of) });
          const instant = on.toZonedDateTime({ timeZone, plainTime: { hour, minute } }).toInstant();
          expect(unusedOn(amount, of, localDate(instant, timeZone))).toBe(unusedOn(amount, of, on));
        },
      ),
      RUNS,
    );
  });
});
