import { refuse } from '#kit/refusal.ts';
import type { ClientProfile } from './client.ts';

/**
 * A profile as it may be kept: a person has no company, a company has its name, and a tax number
 * of a country whose form we know has that form. Refuses the field at fault.
 */
export function soundProfile(profile: ClientProfile): ClientProfile {
  if (profile.kind === 'company' && !profile.company) {
    refuse('company-name-missing', { field: 'company' });
  }
  const company = profile.kind === 'company' ? profile.company : null;
  if (profile.taxId !== null && !isTaxId(profile.country, profile.kind, profile.taxId)) {
    refuse('tax-id-invalid', { field: 'taxId', params: { country: profile.country } });
  }
  return { ...profile, company };
}

/** Russia: ИНН with its check digits (приказ ФНС ЕД-7-14/559@). Elsewhere: what may be one. */
function isTaxId(country: string, kind: ClientProfile['kind'], taxId: string): boolean {
  if (country !== 'RU') return /^[A-Za-z0-9][A-Za-z0-9 ./-]{2,29}$/.test(taxId);
  if (!/^\d+$/.test(taxId)) return false;
  if (taxId.length === 10) return kind === 'company' && checksOut(taxId, TEN);
  return taxId.length === 12 && checksOut(taxId.slice(0, 11), ELEVEN) && checksOut(taxId, TWELVE);
}

const TEN = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVEN = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELVE = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** The last digit must be the weighted sum of those before it, modulo 11, modulo 10. */
function checksOut(digits: string, weights: readonly number[]): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return (sum % 11) % 10 === Number(digits[weights.length]);
}
