import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';

const DOMAINS = join(import.meta.dirname, '../domains');
const translators = new Map<string, Texts>();

/** Values of an ICU message: `{count, plural, …}`, `{domain}`. */
export type TextValues = Record<string, string | number | Date>;
export type Texts = (key: string, values?: TextValues) => string;

/**
 * The words of one domain in one language, for mail and documents; screens read the same files.
 * Kept for good, because reading the messages is dear. A missing key is a defect and throws, because a person would otherwise be sent a key.
 */
export function textsFor(domain: string, language: string): Texts {
  const name = `${domain}/texts/${language}.json`;
  const known = translators.get(name);
  if (known) return known;
  const messages = JSON.parse(readFileSync(join(DOMAINS, name), 'utf8')) as Record<string, unknown>;
  const translate = createTranslator({
    locale: language,
    messages,
    timeZone: 'UTC',
    onError: (error) => {
      throw error;
    },
  }) as Texts;
  translators.set(name, translate);
  return translate;
}
