export { taxFor } from './tax-for.ts';
export { taxIncluded, taxOnTop, taxTerms } from './tax-terms.ts';
export type { TaxQuestion, TaxRate, TaxReason, TaxTerms } from './tax-terms.ts';
