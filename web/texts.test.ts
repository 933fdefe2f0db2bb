import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Texts } from '#kit/compose-texts.ts';
import { pickTexts, webTexts } from './texts.ts';

const files = globSync('{web,domains/*}/texts/ru.json');

/** `a.b` for each message, with the arguments it takes. */
function shapes(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([name, value]) => {
    if (typeof value !== 'string') return shapes(value, `${prefix}${name}.`);
    const used = [...value.matchAll(/\{(\w+)/g)].map((match) => match[1]);
    return `${prefix}${name} {${[...new Set(used)].toSorted().join(' ')}}`;
  });
}

function read(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

test.each(files)('%s and its English say the same things with the same figures', (file) => {
  const russian = shapes(read(file)).toSorted();
  expect(shapes(read(file.replace('ru.json', 'en.json'))).toSorted()).toEqual(russian);
});

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
