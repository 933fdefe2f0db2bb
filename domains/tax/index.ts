export { renderedTaxDifference } from './rendered-tax.ts';
export { taxRoutes } from './routes.ts';
export { selectRates as taxRatesOf } from './store.ts';
export { taxFor } from './tax-for.ts';
export { rateOn, taxIncluded, taxOnTop } from './tax-terms.ts';
export type { TaxReason, TaxStanding, TaxTerms } from './tax-terms.ts';
