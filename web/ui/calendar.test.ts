import { expect, test } from 'vitest';
import { addDays, addMonths, monthGrid, parseDate } from './calendar.ts';

test('a month is laid out from Monday, with its neighbours at both ends', () => {
  const weeks = monthGrid('2023-04');
  expect(weeks).toHaveLength(5);
  expect(weeks[0]?.[0]).toBe('2023-03-27');
  expect(weeks.at(-1)?.at(-1)).toBe('2023-04-30');
  expect(monthGrid('2021-02')).toHaveLength(4);
});

test('days and months step over their ends', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addMonths('2023-12', 1)).toBe('2024-01');
  expect(addMonths('2024-01', -1)).toBe('2023-12');
});

test('a typed date is read day first, and one that does not exist is none', () => {
  expect(parseDate('3.4.2023')).toBe('2023-04-03');
  expect(parseDate('03/04/2023')).toBe('2023-04-03');
  expect(parseDate('2023-04-03')).toBe('2023-04-03');
  expect(parseDate('31.02.2023')).toBeNull();
  expect(parseDate('завтра')).toBeNull();
});
