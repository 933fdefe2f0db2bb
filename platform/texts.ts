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
  const texts = filling(messages, translate);
  translators.set(name, texts);
  return texts;
}

/**
 * Most messages are plain words with names in braces: those are filled in here, at a tenth of what
 * the formatter takes. All that has rules (plurals, tags, quotes) is left to it, and so is what is
 * missing, of which it complains.
 */
function filling(messages: Record<string, unknown>, translate: Texts): Texts {
  const known = new Map<string, readonly string[] | null>();
  return (key, values) => {
    const parts = known.get(key) ?? partsOf(messages, key);
    known.set(key, parts);
    if (!parts) return translate(key, values);
    let text = '';
    for (const [index, part] of parts.entries()) {
      const value = index % 2 === 0 ? part : values?.[part];
      if (typeof value !== 'string') return translate(key, values);
      text += value;
    }
    return text;
  };
}

/** Words and names in turns, words first; null when there is more to the message. */
function partsOf(messages: Record<string, unknown>, key: string): readonly string[] | null {
  let found: unknown = messages;
  for (const step of key.split('.')) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? (found as Record<string, unknown>)[step]
        : undefined;
  }
  if (typeof found !== 'string' || /['<>#|]/.test(found)) return null;
  const parts = found.split(/\{(\w+)\}/);
  return parts.some((part) => /[{}]/.test(part)) ? null : parts;
}
