export { taxFor } from './tax-for.ts';
export { taxIncluded, taxOnTop } from './tax-terms.ts';
export type { TaxReason, TaxTerms } from './tax-terms.ts';
