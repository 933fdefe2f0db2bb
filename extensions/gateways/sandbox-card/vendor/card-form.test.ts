import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { passesLuhn, readCard } from './card-form.ts';
import { TEST_CARDS } from './test-cards.ts';

const today = Temporal.PlainDate.from('2026-11-30');
const EXPIRES = { year: 2029, month: 12 };
const typed = { number: '4242 4242 4242 4242', expiry: '12 / 29', cvc: '123' };

const problemsOf = (changes: Partial<typeof typed>) => {
  const reading = readCard({ ...typed, ...changes }, today);
  return reading.kind === 'problems' ? reading.problems : null;
};

test('of a good card only brand, last four digits and outcome are kept', () => {
  expect(readCard(typed, today)).toEqual({
    kind: 'card',
    card: { brand: 'Visa', last4: '4242', expires: EXPIRES, outcome: 'succeeds' },
  });
});

test('every test card is a valid number of its own', () => {
  for (const { number, outcome } of TEST_CARDS) {
    expect([number, passesLuhn(number)]).toEqual([number, true]);
    expect(readCard({ ...typed, number }, today)).toMatchObject({ card: { outcome } });
  }
  expect(new Set(TEST_CARDS.map(({ number }) => number)).size).toBe(TEST_CARDS.length);
});

test('a valid number that is no test card is declined by its bank', () => {
  const reading = readCard({ ...typed, number: '5105-1051-0510-5100' }, today);
  expect(reading).toMatchObject({ card: { outcome: 'is-declined', brand: 'Mastercard' } });
});

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const digits = '4242424242424242'.split('').map(Number);
      digits[at] = ((digits[at] ?? 0) + shift) % 10;
      expect(problemsOf({ number: digits.join('') })).toEqual({ number: 'number-wrong' });
    }),
  );
});

test.each(['', '4242', '4242 4242 4242 424x', '0'.repeat(20), '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢'])(
  'the number %j is refused',
  (number) => {
    expect(problemsOf({ number })).toEqual({ number: 'number-wrong' });
  },
);

test.each([
  ['11/26', null],
  ['11/2026', null],
  ['1226', null],
  ['10/26', { expiry: 'expiry-past' }],
  ['13/29', { expiry: 'expiry-wrong' }],
  ['00/29', { expiry: 'expiry-wrong' }],
  ['soon', { expiry: 'expiry-wrong' }],
  ['', { expiry: 'expiry-wrong' }],
])('on 30 November 2026 the expiry %j gives %j', (expiry, problems) => {
  expect(problemsOf({ expiry })).toEqual(problems);
});

test('every field at fault is named at once', () => {
  expect(problemsOf({ number: '1', expiry: '1', cvc: '12a' })).toEqual({
    number: 'number-wrong',
    expiry: 'expiry-wrong',
    cvc: 'cvc-wrong',
  });
});
