import type { Texts } from '#kit/compose-texts.ts';
import type { Locale } from './texts.ts';

/** Loads one language as a chunk of its own; the panels hold only the one they speak. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  const loaded =
    locale === 'ru' ? await import('./texts/all-ru.ts') : await import('./texts/all-en.ts');
  return loaded.texts;
}
