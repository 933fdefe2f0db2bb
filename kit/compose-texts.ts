/** Texts of one language: nested names down to ICU messages. */
export type Texts = { [name: string]: string | Texts };

/**
 * Puts the texts of all domains together: each domain's under its own name, and what a domain
 * says under `refusals` into the one common list, because codes are known without their domain.
 */
export function composeTexts(byDomain: Readonly<Record<string, Texts>>): Texts {
  const refusals: Texts = {};
  const composed: Texts = { refusals };
  for (const [domain, texts] of Object.entries(byDomain)) {
    const { refusals: own, ...rest } = texts;
    if (own !== undefined && typeof own !== 'string') Object.assign(refusals, own);
    composed[domain] = rest;
  }
  return composed;
}
