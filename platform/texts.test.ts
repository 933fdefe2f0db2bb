import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import { textsFor } from './texts.ts';
import type { Texts, TextValues } from './texts.ts';

const DOMAINS = join(import.meta.dirname, '../domains');

/** What a message says, or that it cannot be said. */
function said(texts: Texts, key: string, values?: TextValues): string {
  try {
    return texts(key, values);
  } catch {
    return 'no words';
  }
}

function* messagesIn(messages: object, path = ''): Generator<[key: string, message: string]> {
  for (const [name, found] of Object.entries(messages)) {
    const key = path ? `${path}.${name}` : name;
    if (typeof found === 'string') yield [key, found];
    else yield* messagesIn(found as object, key);
  }
}

it('every message of every domain says what the formatter makes of it', async () => {
  let count = 0;
  for await (const file of glob('*/texts/*.json', { cwd: DOMAINS })) {
    const [domain = '', , name = ''] = file.split('/');
    const language = name.replace('.json', '');
    const messages = JSON.parse(readFileSync(join(DOMAINS, file), 'utf8')) as object;
    const onError = (error: Error) => {
      throw error;
    };
    const parts = { locale: language, messages, timeZone: 'UTC', onError };
    const formatter = createTranslator(parts as Parameters<typeof createTranslator>[0]) as Texts;
    const texts = textsFor(domain, language);
    for (const [key, message] of messagesIn(messages)) {
      const names = [...message.matchAll(/\{(\w+)/g)].map(([, found = '']) => found);
      const words = Object.fromEntries(names.map((found) => [found, `<${found}>'&{}`]));
      const numbers = Object.fromEntries(names.map((found) => [found, 3]));
      for (const values of [words, numbers, {}, undefined]) {
        expect(said(texts, key, values), key).toBe(said(formatter, key, values));
      }
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(1000);
  expect(said(textsFor('orders', 'en'), 'mail.nothing')).toBe('no words');
});
