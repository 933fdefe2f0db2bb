import { useLocale } from 'use-intl';

/** Names that come in every language: of plans, gateways, sellers. */
export type Words = { ru: string; en: string };

/** Picks the reader's language: `const words = useWords(); words(plan.name)`. */
export function useWords(): (words: Words) => string {
  const locale = useLocale();
  return (words) => words[locale === 'ru' ? 'ru' : 'en'];
}
