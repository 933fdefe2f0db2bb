import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundary, TERMS } from '#kit/term.ts';
import { RUNS } from '#test/harness/runs.ts';
import { firstPosition, nextPosition } from './period.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

const anyStart = fc.integer({ min: 0, max: 5000 }).map((days) => day('2019-01-01').add({ days }));
const anyTerm = fc.constantFrom(...TERMS);

describe('periods of a subscription', () => {
  it('a month from 31 January ends at the end of each month', () => {
    let at = firstPosition(day('2023-01-31'), 1);
    const ends = [at.period.end.toString()];
    for (let k = 0; k < 3; k++) {
      at = nextPosition(at, 1);
      ends.push(at.period.end.toString());
    }
    expect(ends).toEqual(['2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31']);
  });

  it('another term starts anew at the boundary', () => {
    const monthly = firstPosition(day('2023-01-31'), 1);
    const yearly = nextPosition(monthly, 12);
    expect(yearly.anchorOn.toString()).toBe('2023-02-28');
    expect(yearly.period.end.toString()).toBe('2024-02-28');
    expect(yearly.cycle).toBe(0);
  });

  it('leave no gap, whatever terms follow one another', () => {
    fc.assert(
      fc.property(anyStart, fc.array(anyTerm, { minLength: 1, maxLength: 12 }), (start, terms) => {
        let at = firstPosition(start, terms[0] ?? 1);
        for (const term of terms) {
          const next = nextPosition(at, term);
          expect(next.period.start.equals(at.period.end)).toBe(true);
          expect(Temporal.PlainDate.compare(next.period.start, next.period.end)).toBeLessThan(0);
          at = next;
        }
      }),
      RUNS,
    );
  });

  it('of one term lie on the boundaries of the first day, however many were renewed', () => {
    fc.assert(
      fc.property(anyStart, anyTerm, fc.integer({ min: 0, max: 30 }), (start, term, renewals) => {
        let at = firstPosition(start, term);
        for (let k = 0; k < renewals; k++) at = nextPosition(at, term);
        expect(at.period.end.equals(boundary(start, term, renewals + 1))).toBe(true);
      }),
      RUNS,
    );
  });
});
