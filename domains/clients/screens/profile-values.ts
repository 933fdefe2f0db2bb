import type { ApiClient } from '#web/api.ts';

export type ProfileWire = Awaited<ReturnType<ApiClient['clients']['account']['profile']>>;
export type ProfileInput = Parameters<ApiClient['clients']['account']['changeProfile']>[0];

const OPTIONAL = ['company', 'phone', 'region', 'city', 'street', 'postcode', 'taxId'] as const;

export type ProfileValues = Pick<ProfileWire, 'kind' | 'name' | 'email' | 'country' | 'language'> &
  Record<(typeof OPTIONAL)[number], string>;

/** A profile as a form holds it: what is absent is an empty field. */
export function formValues(profile: ProfileWire): ProfileValues {
  const { kind, name, email, country, language } = profile;
  const optional = Object.fromEntries(OPTIONAL.map((field) => [field, profile[field] ?? '']));
  const texts = optional as Record<(typeof OPTIONAL)[number], string>;
  return { kind, name, email, country, language, ...texts };
}

/** An empty field is absent; a person has no company, whatever was typed before. */
export function blankAsNull(values: ProfileValues): ProfileInput {
  const optional = OPTIONAL.map((field) => {
    const typed = values[field].trim();
    const absent = typed === '' || (field === 'company' && values.kind === 'person');
    return [field, absent ? null : typed];
  });
  return { ...values, ...Object.fromEntries(optional) };
}
