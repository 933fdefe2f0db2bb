import { currencyExponent } from '#kit/currency.ts';
import { decimalOf } from '#kit/money.ts';
import { WORDS, type Locale } from './words.ts';

/** `7 548,49 ₽`: exact, because the decimal goes in as text and never becomes a float. */
export function amountIn(locale: Locale, minor: bigint, currency: string): string {
  const digits = currencyExponent(currency);
  const format = new Intl.NumberFormat(WORDS[locale].formatTag, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const decimal = decimalOf({ minor, currency }) as Intl.StringNumericLiteral;
  return format.format(decimal).replaceAll('\u00a0', '\u202f');
}

/** `29 минут`, `1 minute`. */
export function minutesIn(locale: Locale, count: number): string {
  const style = { style: 'unit', unit: 'minute', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(WORDS[locale].formatTag, style).format(count);
}
