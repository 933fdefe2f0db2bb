import { expect, test } from 'vitest';
import { formatDate, formatInstant } from './format-date.ts';

test('dates read as people say them', () => {
  expect(formatDate('2023-04-03', 'ru')).toBe('3 апреля 2023');
  expect(formatDate('2023-04-03', 'en')).toBe('3 April 2023');
});

test('an instant is shown on the local day of its zone, with the exact time at hand', () => {
  const at = '2023-04-02T21:30:05Z';
  expect(formatInstant(at, 'ru', 'Europe/Moscow', 'date')).toBe('3 апреля 2023');
  expect(formatInstant(at, 'ru', 'Europe/Moscow')).toBe('3 апреля 2023, 00:30');
  expect(formatInstant(at, 'en', 'UTC', 'exact')).toBe('2 April 2023, 21:30:05 UTC');
});
