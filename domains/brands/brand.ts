import type { BrandPolicy } from './policy.ts';

export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A seller's public face: what a visitor of one of its host names meets. */
export type Brand = {
  id: string;
  sellerId: string;
  name: string;
  hosts: readonly string[];
  languages: readonly Language[];
  defaultLanguage: Language;
  currency: string;
  /** `#2f4bd8`; screens correct its contrast. */
  accent: string;
  /** Whether the prices in its price book are with tax. Said wherever a price is shown. */
  pricesIncludeTax: boolean;
  policy: BrandPolicy;
  supportEmail: string;
};

/** The language to speak: the wanted one when the brand has it, else the brand's own. */
export function languageFor(brand: Brand, wanted: string | null | undefined): Language {
  return brand.languages.find((language) => language === wanted) ?? brand.defaultLanguage;
}
