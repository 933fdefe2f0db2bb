import { composeTexts, type Texts } from '#kit/compose-texts.ts';

export const LOCALES = ['ru', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language under its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { ru: 'Русский', en: 'English' };

export function isLocale(text: string): text is Locale {
  return (LOCALES as readonly string[]).includes(text);
}

/** The screens' common texts with those of every domain (`domains/<d>/texts/<locale>.json`). */
export function webTexts(own: Texts, byFile: Readonly<Record<string, Texts>>): Texts {
  const byDomain: Record<string, Texts> = {};
  for (const [file, texts] of Object.entries(byFile)) {
    byDomain[file.split('/').at(-3) ?? file] = texts;
  }
  const domains = composeTexts(byDomain);
  return {
    ...domains,
    ...own,
    refusals: { ...asTexts(own['refusals']), ...asTexts(domains['refusals']) },
  };
}

/** Only the named parts (`catalog`, `orders.cart`): what a page of the store carries with it. */
export function pickTexts(all: Texts, names: readonly string[]): Texts {
  const picked: Texts = {};
  for (const name of names) copyPart(all, picked, name.split('.'));
  return picked;
}

function copyPart(from: Texts, to: Texts, [head, ...rest]: readonly string[]): void {
  if (head === undefined || from[head] === undefined) return;
  if (rest.length === 0) {
    to[head] = from[head];
    return;
  }
  const below = (to[head] ??= {});
  copyPart(asTexts(from[head]), asTexts(below), rest);
}

function asTexts(value: string | Texts | undefined): Texts {
  return typeof value === 'object' ? value : {};
}
