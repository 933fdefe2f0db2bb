import { globSync, readFileSync } from 'node:fs';
import compile from 'icu-minify/compile';
import { expect, test } from 'vitest';
import type { Texts } from '#kit/compose-texts.ts';
import { pickTexts, webTexts } from './texts.ts';

const files = globSync('{web,domains/*}/texts/ru.json');

/** `a.b {days name}` for each message: where it stands and which figures it takes. */
function shapes(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([name, value]) => {
    if (typeof value !== 'string') return shapes(value, `${prefix}${name}.`);
    const taken = [...new Set(namesIn(compile(value)))].toSorted((a, b) => (a < b ? -1 : 1));
    return `${prefix}${name} {${taken.join(' ')}}`;
  });
}

/** Arguments and tags of a compiled message: the first of each inner list. */
function namesIn(part: unknown, inner = false): string[] {
  if (Array.isArray(part)) {
    const own = inner && typeof part[0] === 'string' ? [part[0]] : [];
    return [...own, ...part.flatMap((each: unknown) => namesIn(each, true))];
  }
  if (typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap((branch) => namesIn(branch));
}

function messages(texts: Texts): string[] {
  return Object.values(texts).flatMap((value) =>
    typeof value === 'string' ? value : messages(value),
  );
}

function read(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

test.each(files)('%s and its English say the same things with the same figures', (file) => {
  const russian = shapes(read(file)).toSorted();
  expect(shapes(read(file.replace('ru.json', 'en.json'))).toSorted()).toEqual(russian);
});

test.each([...files, ...files.map((file) => file.replace('ru.json', 'en.json'))])(
  '%s holds ICU messages only',
  (file) => {
    for (const message of messages(read(file)))
      expect(() => compile(message), message).not.toThrow();
  },
);

test('refusals of every domain are found by their code alone', () => {
  const texts = webTexts(
    { refusals: { 'not-allowed': 'own' } },
    {
      '/domains/billing/texts/ru.json': {
        title: 'Счета',
        refusals: { 'invoice-already-paid': 'Оплачен' },
      },
    },
  );
  expect(texts).toEqual({
    billing: { title: 'Счета' },
    refusals: { 'not-allowed': 'own', 'invoice-already-paid': 'Оплачен' },
  });
});

test('a page of the store carries only the texts it names', () => {
  const all = {
    catalog: { store: { buy: 'Купить' }, admin: { edit: 'Изменить' } },
    ui: { ok: 'Да' },
  };
  expect(pickTexts(all, ['ui', 'catalog.store', 'absent.part'])).toEqual({
    ui: { ok: 'Да' },
    catalog: { store: { buy: 'Купить' } },
  });
});
