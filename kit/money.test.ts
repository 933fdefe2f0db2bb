import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS } from '#test/harness/runs.ts';
import { decimalOf, divideHalfUp, money, moneyFromDecimal, splitMinor, sumMoney } from './money.ts';

describe('money', () => {
  it('rounds halves away from zero', () => {
    expect(divideHalfUp(5n, 2n)).toBe(3n);
    expect(divideHalfUp(-5n, 2n)).toBe(-3n);
    expect(divideHalfUp(74_985n, 10n)).toBe(7499n);
    expect(divideHalfUp(0n, 7n)).toBe(0n);
  });

  it('never strays more than half a unit from the exact quotient', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.bigInt(1n, 10n ** 9n), (n, d) => {
        const error = 2n * (divideHalfUp(n, d) * d - n);
        expect(error <= d && error >= -d).toBe(true);
      }),
      RUNS,
    );
  });

  it('splits so that the parts sum to the whole', () => {
    const weights = fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), weights, (minor, shares) => {
        fc.pre(shares.some((share) => share > 0n));
        const sum = splitMinor(minor, shares).reduce((total, part) => total + part, 0n);
        expect(sum).toBe(minor);
      }),
      RUNS,
    );
  });

  it('gives the left-over kopeck to the largest remainder', () => {
    expect(splitMinor(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(splitMinor(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
  });

  it('is written and read with the decimals of its currency', () => {
    expect(decimalOf(money(754_849n, 'RUB'))).toBe('7548.49');
    expect(decimalOf(money(-5n, 'RUB'))).toBe('-0.05');
    expect(decimalOf(money(800n, 'JPY'))).toBe('800');
    expect(decimalOf(money(1n, 'KWD'))).toBe('0.001');
    expect(moneyFromDecimal('7548.49', 'RUB')).toEqual(money(754_849n, 'RUB'));
    expect(moneyFromDecimal('7548.491', 'RUB')).toBeNull();
    expect(moneyFromDecimal('1e3', 'RUB')).toBeNull();
  });

  it('does not add two currencies', () => {
    expect(() => sumMoney([money(1n, 'RUB'), money(1n, 'EUR')], 'RUB')).toThrow('EUR');
  });
});
