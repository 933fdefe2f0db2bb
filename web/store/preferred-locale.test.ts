import { expect, test } from 'vitest';
import { preferredLocale } from './preferred-locale.ts';

const brand = { languages: ['ru', 'en'], defaultLanguage: 'ru' } as const;

test('a visitor is met in the first of their languages that the brand speaks', () => {
  expect(preferredLocale('en-GB,en;q=0.9', brand)).toBe('en');
  expect(preferredLocale('de-DE,de;q=0.9,en;q=0.5,ru;q=0.7', brand)).toBe('ru');
  expect(preferredLocale('en;q=0, *', brand)).toBe('ru');
});

test('a visitor whose languages the brand does not speak is met in its own', () => {
  expect(preferredLocale('', brand)).toBe('ru');
  expect(preferredLocale('fr', { languages: ['en'], defaultLanguage: 'en' })).toBe('en');
  expect(preferredLocale('ru', { languages: ['en'], defaultLanguage: 'en' })).toBe('en');
});
