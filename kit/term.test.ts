import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundary,
  compareDates,
  daysBetween,
  localDate,
  periodAt,
  startOfDay,
  TERMS,
} from './term.ts';

const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => date('2000-01-01').add({ days }));

describe('the boundaries of a subscription', () => {
  it('clamp to the end of a short month and return to the anchor day', () => {
    const anchor = date('2023-01-31');
    const ends = [0, 1, 2, 3].map((k) => boundary(anchor, 1, k).toString());
    expect(ends).toEqual(['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30']);
  });

  it('keep 29 February for leap years', () => {
    const years = [1, 4].map((k) => boundary(date('2024-02-29'), 12, k).toString());
    expect(years).toEqual(['2025-02-28', '2028-02-29']);
  });

  it('always move forward and fall on the anchor day where the month has it', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...TERMS), fc.nat(60), (anchor, term, k) => {
        const { start, end } = periodAt(anchor, term, k);
        expect(daysBetween(start, end)).toBeGreaterThan(0);
        expect(start.day).toBe(Math.min(anchor.day, start.daysInMonth));
      }),
      { numRuns: 1000 },
    );
  });

  it('count a day of a clock change as one day', () => {
    expect(daysBetween(date('2026-03-28'), date('2026-03-30'))).toBe(2);
  });

  it('begin at local midnight of the billing zone', () => {
    const start = startOfDay(date('2023-04-03'), 'Europe/Moscow');
    expect(start.toString()).toBe('2023-04-02T21:00:00Z');
    expect(localDate(start, 'Europe/Moscow').toString()).toBe('2023-04-03');
  });
});

describe('arithmetic of days', () => {
  const any = fc
    .integer({ min: -800_000, max: 800_000 })
    .map((days) => date('2000-03-01').add({ days }));

  it('is what the calendar says, over four thousand years', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(daysBetween(a, b)).toBe(a.until(b, { largestUnit: 'day' }).days);
        expect(Math.sign(compareDates(a, b))).toBe(Temporal.PlainDate.compare(a, b));
      }),
      { numRuns: 2000 },
    );
  });
});
