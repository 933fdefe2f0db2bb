import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';

test('roubles stand before their sign in Russian, after a thin no-break space', () => {
  expect(formatMoney(754849n, 'RUB', 'ru')).toBe('7\u202f548,49\u202f₽');
});

test('English puts the sign first', () => {
  expect(formatMoney('754849', 'RUB', 'en')).toBe('₽7,548.49');
  expect(formatMoney(1999, 'EUR', 'en')).toBe('€19.99');
});

test('an amount larger than a float can hold keeps its last kopeck', () => {
  expect(formatMoney(9007199254740993n, 'RUB', 'en')).toBe('₽90,071,992,547,409.93');
});

test('currencies without a minor unit, and with thousandths', () => {
  expect(formatMoney(1500n, 'JPY', 'en')).toBe('¥1,500');
  expect(formatMoney(1500n, 'KWD', 'en')).toMatch(/1\.500/);
});

test('whole amounts drop their zeros only when asked, and movements carry a sign', () => {
  expect(formatMoney(80000n, 'RUB', 'ru', { trim: true })).toBe('800\u202f₽');
  expect(formatMoney(80050n, 'RUB', 'ru', { trim: true })).toBe('800,50\u202f₽');
  expect(formatMoney(-80000n, 'RUB', 'ru', { sign: true })).toBe('−800,00\u202f₽');
  expect(formatMoney(5n, 'RUB', 'ru', { sign: true })).toBe('+0,05\u202f₽');
});
