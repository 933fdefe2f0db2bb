import { isLocale, type Locale } from '../texts.ts';
import type { StoreBrand } from './store-brand.ts';

/** The first language of the visitor's list that the brand speaks; the brand's own otherwise. */
export function preferredLocale(
  acceptLanguage: string,
  brand: Pick<StoreBrand, 'languages' | 'defaultLanguage'>,
): Locale {
  const wanted = acceptLanguage
    .split(',')
    .map((entry) => {
      const [tag = '', quality] = entry.trim().split(/;\s*q=/);
      return { language: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    if (isLocale(language) && brand.languages.includes(language)) return language;
  }
  return brand.defaultLanguage;
}
