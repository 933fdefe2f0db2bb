export { brandUrl } from './brand-url.ts';
export { languageFor } from './brand.ts';
export type { Brand, Language } from './brand.ts';
export type { BrandPolicy, CollectionPolicy, LateFee } from './policy.ts';
export { changePolicy } from './change-policy.ts';
export { createBrand } from './create-brand.ts';
export { brandIdsWithin } from './brands-within.ts';
export {
  selectBrand as findBrand,
  selectBrandByHost as findBrandByHost,
  selectBrandsOfSellers as brandsOfSellers,
} from './store.ts';
