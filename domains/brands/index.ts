export { LANGUAGES, languageFor } from './brand.ts';
export type { Brand, Language } from './brand.ts';
export { autoRenewDays, DEFAULT_POLICY } from './policy.ts';
export type { BrandPolicy } from './policy.ts';
export { createBrand } from './create-brand.ts';
export type { NewBrand } from './create-brand.ts';
export {
  selectBrand as findBrand,
  selectBrandByHost as findBrandByHost,
  selectBrandsOf as brandsOf,
} from './store.ts';
