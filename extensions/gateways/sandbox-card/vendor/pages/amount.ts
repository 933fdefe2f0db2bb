import { currencyExponent } from '#kit/currency.ts';
import { decimalOf } from '#kit/money.ts';
import type { Locale } from './words.ts';

const TAGS: Readonly<Record<Locale, string>> = { ru: 'ru-RU', en: 'en-GB' };

/** `7 548,49 ₽`: exact, because the decimal goes in as text and never becomes a float. */
export function amountIn(locale: Locale, minor: bigint, currency: string): string {
  const digits = currencyExponent(currency);
  const format = new Intl.NumberFormat(TAGS[locale], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const decimal = decimalOf({ minor, currency }) as Intl.StringNumericLiteral;
  return format.format(decimal).replaceAll('\u00a0', '\u202f');
}
