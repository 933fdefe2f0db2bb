import { describe, expect, it } from 'vitest';
import { lastDayOf, lastMonths, monthText } from './month-text.ts';

describe('a month', () => {
  it('is named in the language of the reader', () => {
    expect(monthText('2023-05', 'ru', 'long')).toBe('май 2023');
    expect(monthText('2023-05', 'en', 'short')).toBe('May 23');
  });

  it('ends on its last day, in leap years too', () => {
    expect(['2023-02', '2024-02', '2023-12'].map(lastDayOf)).toEqual([
      '2023-02-28',
      '2024-02-29',
      '2023-12-31',
    ]);
  });

  it('is offered four years back and one ahead', () => {
    const months = lastMonths('2023-05-31');
    expect([months[0], months.at(-1), months.length]).toEqual(['2024-05', '2019-05', 61]);
  });
});
