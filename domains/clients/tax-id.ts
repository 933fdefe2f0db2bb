import type { ClientProfile } from './client.ts';

type Buyer = Pick<ClientProfile, 'country' | 'kind'>;

/** What a tax number of a country is checked by; a country is added by adding its check. */
type TaxIdCheck = (taxId: string, buyer: Buyer) => boolean;

/**
 * Whether a tax number may be one of that country: Russia by its check digits, member states of
 * the European Union by the form of their VAT numbers, which is what makes a company a business
 * that accounts for the tax itself. Elsewhere: whatever may be a number.
 */
export function isTaxId(buyer: Buyer, taxId: string): boolean {
  if (buyer.country === 'RU') return isInn(taxId, buyer);
  const form = Object.hasOwn(EU_VAT, buyer.country) ? EU_VAT[buyer.country] : undefined;
  if (form && buyer.kind === 'company') return isEuVat(buyer.country, form, taxId);
  return /^[A-Za-z0-9][A-Za-z0-9 ./-]{2,29}$/.test(taxId);
}

/** ИНН with its check digits (приказ ФНС ЕД-7-14/559@): ten for a company, twelve for a person. */
const isInn: TaxIdCheck = (taxId, { kind }) => {
  if (!/^\d+$/.test(taxId)) return false;
  if (taxId.length === 10) return kind === 'company' && checksOut(taxId, TEN);
  return taxId.length === 12 && checksOut(taxId.slice(0, 11), ELEVEN) && checksOut(taxId, TWELVE);
};

const TEN = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVEN = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELVE = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** The last digit must be the weighted sum of those before it, modulo 11, modulo 10. */
function checksOut(digits: string, weights: readonly number[]): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return (sum % 11) % 10 === Number(digits[weights.length]);
}

/** The forms of VAT numbers without the country's prefix, as the Commission's VIES lists them. */
const EU_VAT: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
};

function isEuVat(country: string, form: RegExp, taxId: string): boolean {
  return form.test(bareTaxId(country, taxId));
}

/** A number as registers take it: without the country's prefix, spaces, dots and hyphens. */
export function bareTaxId(country: string, taxId: string): string {
  const number = taxId.toUpperCase().replaceAll(/[ .-]/g, '');
  const prefix = country === 'GR' ? 'EL' : country;
  return number.startsWith(prefix) ? number.slice(prefix.length) : number;
}
