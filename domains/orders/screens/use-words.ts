import { useLocale } from 'use-intl';

type Words = { ru: string; en: string };

/** Names of the catalogue in the reader's language. */
export function useWords(): (words: Words) => string {
  const locale = useLocale();
  return (words) => words[locale === 'ru' ? 'ru' : 'en'];
}
