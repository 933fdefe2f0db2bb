import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';

const DOMAINS = join(import.meta.dirname, '../domains');
const cache = new Map<string, Record<string, unknown>>();

/** Values of an ICU message: `{count, plural, …}`, `{domain}`. */
export type TextValues = Record<string, string | number | Date>;
export type Texts = (key: string, values?: TextValues) => string;

/**
 * The words of one domain in one language, for mail and documents; screens read the same files.
 * A missing key is a defect and throws, because a person would otherwise be sent a key.
 */
export function textsFor(domain: string, language: string): Texts {
  const messages = loadTexts(domain, language);
  const translate = createTranslator({
    locale: language,
    messages,
    timeZone: 'UTC',
    onError: (error) => {
      throw error;
    },
  }) as (key: string, values?: TextValues) => string;
  return translate;
}

function loadTexts(domain: string, language: string): Record<string, unknown> {
  const name = `${domain}/texts/${language}.json`;
  const known = cache.get(name);
  if (known) return known;
  const texts = JSON.parse(readFileSync(join(DOMAINS, name), 'utf8')) as Record<string, unknown>;
  cache.set(name, texts);
  return texts;
}
