import { currencyExponent } from './currency.ts';

/**
 * An exact amount: integer minor units (kopecks, cents, fils) of one currency.
 * Rule 15 of the product: no floating point ever touches money.
 */
export type Money = { readonly minor: bigint; readonly currency: string };

/** `minor` counts the currency's smallest unit: `money(754849n, 'RUB')` is 7 548.49 ₽. */
export function money(minor: bigint, currency: string): Money {
  return { minor, currency };
}

/** Sums amounts of one currency; an empty sum is zero. Throws on a foreign currency. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  let minor = 0n;
  for (const amount of amounts) {
    if (amount.currency !== currency) {
      throw new RangeError(`cannot add ${amount.currency} to ${currency}`);
    }
    minor += amount.minor;
  }
  return money(minor, currency);
}

/**
 * `HALF_UP(numerator / denominator)`: halves go away from zero, as Russian accounting and
 * most price lists round. The one rounding of the whole engine (billing rule R4).
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const doubled = 2n * (numerator < 0n ? -numerator : numerator) + denominator;
  const rounded = doubled / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/**
 * Splits `minor` in proportion to `weights` so that the parts sum to the whole; what rounding
 * leaves over goes to the largest remainders, the first of equals. Weights are not negative.
 */
export function splitMinor(minor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n) throw new RangeError('the weights must sum to more than zero');
  const sign = minor < 0n ? -1n : 1n;
  const whole = minor * sign;
  const parts = weights.map((weight) => (whole * weight) / total);
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n));
  const order = weights
    .map((weight, index) => ({ index, remainder: (whole * weight) % total }))
    .toSorted((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => part * sign);
}

/**
 * `754849` minor units of RUB as `7548.49`: the plain decimal form for files, forms and logs.
 * People see amounts through the locale instead (`web/ui` and the document templates).
 */
export function decimalOf({ minor, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Reads `7548.49` back; null when it is no amount of that currency (too many decimals, junk). */
export function moneyFromDecimal(text: string, currency: string): Money | null {
  const exponent = currencyExponent(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > exponent) return null;
  const minor = BigInt(whole + fraction.padEnd(exponent, '0'));
  return money(sign === '-' ? -minor : minor, currency);
}
