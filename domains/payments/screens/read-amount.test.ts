import { expect, test } from 'vitest';
import { readAmount } from './read-amount.ts';

test('an amount is read as people type it', () => {
  const rub = (minor: number) => ({ minor, currency: 'RUB' });
  expect(readAmount('7680', 'RUB')).toEqual(rub(7_680_00));
  expect(readAmount('7 680,5', 'RUB')).toEqual(rub(7_680_50));
  expect(readAmount('7\u202f680.05', 'RUB')).toEqual(rub(7_680_05));
  expect(readAmount('500', 'JPY')).toEqual({ minor: 500, currency: 'JPY' });
});

test('what is no amount above zero is none', () => {
  for (const typed of [
    '',
    '0',
    '0,00',
    '-5',
    '1,234',
    '1,2,3',
    'сто',
    '1e3',
    '99999999999999999',
  ]) {
    expect(readAmount(typed, 'RUB'), typed).toBeNull();
  }
});
