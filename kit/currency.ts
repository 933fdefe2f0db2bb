/**
 * Decimals of the currencies we bill in, from ISO 4217 (list one, 2026). Our own table, because
 * ICU's digits are for display: it gives HUF and IDR none, where the standard gives two.
 */
const EXPONENT: Readonly<Record<string, number>> = {
  AED: 2,
  AMD: 2,
  AUD: 2,
  AZN: 2,
  BGN: 2,
  BHD: 3,
  BRL: 2,
  BYN: 2,
  CAD: 2,
  CHF: 2,
  CLP: 0,
  CNY: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  GEL: 2,
  HKD: 2,
  HUF: 2,
  IDR: 2,
  ILS: 2,
  INR: 2,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KGS: 2,
  KRW: 0,
  KWD: 3,
  KZT: 2,
  LYD: 3,
  MDL: 2,
  MXN: 2,
  NOK: 2,
  NZD: 2,
  OMR: 3,
  PLN: 2,
  RON: 2,
  RSD: 2,
  RUB: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TJS: 2,
  TND: 3,
  TRY: 2,
  UAH: 2,
  USD: 2,
  UZS: 2,
  VND: 0,
  ZAR: 2,
};

/** How many decimals the currency's minor unit has. Throws for a code we do not know. */
export function currencyExponent(currency: string): number {
  const exponent = EXPONENT[currency];
  if (exponent === undefined) throw new RangeError(`unknown currency ${currency}`);
  return exponent;
}

export function isCurrency(code: string): boolean {
  return Object.hasOwn(EXPONENT, code);
}
