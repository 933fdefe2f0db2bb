import compile from 'icu-minify/compile';
import { expect, test } from 'vitest';
import { formatMessage } from './format-message.ts';

const formatters = {
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...args),
};

function say(message: string, values: Record<string, unknown>): unknown {
  const options = { locale: 'ru', formatters } as never;
  return formatMessage('key', compile(message) as never, values, options);
}

test('figures, plurals and choices are said in their language', () => {
  expect(say('{days, plural, one {# день} few {# дня} other {# дней}}', { days: 22 })).toBe(
    '22 дня',
  );
  expect(say('{state, select, paid {оплачен} other {ждёт}}', { state: 'paid' })).toBe('оплачен');
});

test('a tag is drawn around its words, an argument by the function given for it', () => {
  const link = (words: unknown) => ({ link: words });
  expect(say('Смотрите <link>условия</link>.', { link })).toEqual([
    'Смотрите ',
    { link: ['условия'] },
    '.',
  ]);
  const price = () => ({ money: 800 });
  expect(say('{n, plural, one {один} other {от {price}}}', { n: 5, price })).toEqual([
    'от ',
    { money: 800 },
  ]);
});
