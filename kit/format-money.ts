import { currencyExponent } from './currency.ts';

/** Minor units as they come: exact in code, a string or a safe integer in JSON. */
export type MinorUnits = bigint | number | string;

export type MoneyFormat = {
  /** `+` before what comes in, `−` before what goes out: movements, savings. */
  sign?: boolean;
  /** Leaves `,00` out: price cards, where whole roubles are the rule. */
  trim?: boolean;
};

const THIN = '\u202f';

/**
 * `754849` RUB as `7 548,49 ₽` in Russian and `₽7,548.49` in English, with thin no-break spaces.
 * The digits never pass through a float: Intl formats the decimal string exactly.
 */
export function formatMoney(
  minor: MinorUnits,
  currency: string,
  locale: string,
  format: MoneyFormat = {},
): string {
  const isPlain = !format.sign && !format.trim;
  const name = isPlain ? `${minor} ${currency} ${locale}` : '';
  const known = isPlain ? formatted.get(name) : undefined;
  if (known !== undefined) return known;
  const text = formatAnew(minor, currency, locale, format);
  if (!isPlain) return text;
  if (formatted.size >= FORMATTED_MAX) formatted.clear();
  formatted.set(name, text);
  return text;
}

/** Prices come again and again: a renewal run writes the same few into every letter. */
const formatted = new Map<string, string>();
const FORMATTED_MAX = 500;

function formatAnew(
  minor: MinorUnits,
  currency: string,
  locale: string,
  format: MoneyFormat,
): string {
  const exponent = currencyExponent(currency);
  const units = BigInt(minor);
  const whole = units % 10n ** BigInt(exponent) === 0n;
  const decimals = format.trim && whole ? 0 : exponent;
  const signDisplay = format.sign ? 'exceptZero' : 'auto';
  const formatter = formatterFor(regionOf(locale), currency, decimals, signDisplay);
  const text = formatter.format(decimalText(units, exponent) as `${number}`);
  return text.replaceAll(/[\u00a0\u202f ]/g, THIN).replace('-', '−');
}

const formatters = new Map<string, Intl.NumberFormat>();
/** Locales and currencies are few; a bound all the same, since both come from outside. */
const FORMATTERS_MAX = 200;

/** Making a formatter costs a hundred times what formatting does. */
function formatterFor(
  region: string,
  currency: string,
  decimals: number,
  signDisplay: 'exceptZero' | 'auto',
): Intl.NumberFormat {
  const key = `${region} ${currency} ${decimals} ${signDisplay}`;
  const known = formatters.get(key);
  if (known) return known;
  const formatter = new Intl.NumberFormat(region, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay,
  });
  if (formatters.size >= FORMATTERS_MAX) formatters.clear();
  formatters.set(key, formatter);
  return formatter;
}

/** English is British here; a locale with a region of its own keeps it. */
export function regionOf(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}

function decimalText(units: bigint, exponent: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const fraction = exponent > 0 ? `.${digits.slice(cut)}` : '';
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction}`;
}
