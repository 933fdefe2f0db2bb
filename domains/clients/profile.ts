import { refuse } from '#kit/refusal.ts';
import type { ClientProfile } from './client.ts';
import { isTaxId } from './tax-id.ts';

/**
 * A profile as it may be kept: a person has no company, a company has its name, and a tax number
 * of a country whose form we know has that form. Refuses the field at fault.
 */
export function soundProfile(profile: ClientProfile): ClientProfile {
  if (profile.kind === 'company' && !profile.company) {
    refuse('company-name-missing', { field: 'company' });
  }
  const company = profile.kind === 'company' ? profile.company : null;
  if (profile.taxId !== null && !isTaxId(profile, profile.taxId)) {
    refuse('tax-id-invalid', { field: 'taxId', params: { country: profile.country } });
  }
  return { ...profile, company };
}
