import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dateOf, dayNumber, hourOf } from './calendar.ts';

const first = Temporal.PlainDate.from('2000-03-01');
const any = fc.integer({ min: -800_000, max: 800_000 }).map((days) => first.add({ days }));
const runs = { numRuns: 2000 };

describe('a day', () => {
  it('is moved as the calendar says, over four thousand years', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: -4000, max: 4000 }), (on, count) => {
        expect(addDays(on, count).equals(on.add({ days: count }))).toBe(true);
        expect(addMonths(on, count).equals(on.add({ months: count }))).toBe(true);
        expect(dayNumber(addDays(on, count))).toBe(dayNumber(on) + count);
      }),
      runs,
    );
  });

  it('is read as it is written', () => {
    fc.assert(
      fc.property(any, (on) => {
        expect(dateOf(on.toString()).equals(on)).toBe(true);
      }),
      runs,
    );
  });

  it('that is none is refused', () => {
    for (const text of ['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', 'soon', '']) {
      expect(() => dateOf(text)).toThrow(RangeError);
    }
  });

  it('is one object for all who name it', () => {
    expect(dateOf('2024-02-29')).toBe(addMonths(dateOf('2024-01-31'), 1));
  });

  it('begins later where a clock change skips its midnight', () => {
    const on = dateOf('2018-11-04');
    expect(hourOf(on, 0, 'America/Sao_Paulo').toString()).toBe('2018-11-04T03:00:00Z');
    expect(hourOf(on, 9, 'America/Sao_Paulo').toString()).toBe('2018-11-04T11:00:00Z');
    expect(hourOf(on, 9, 'Europe/Moscow').toString()).toBe('2018-11-04T06:00:00Z');
  });
});
