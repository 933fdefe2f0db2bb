import { describe, expect, it } from 'vitest';
import { readDomainName } from './domain-name.ts';

describe('a typed domain name', () => {
  it.each([
    ['example.ru', 'example.ru'],
    ['  WWW.Example.COM. ', 'www.example.com'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['a-1.b.co.uk', 'a-1.b.co.uk'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(readDomainName(typed)).toBe(kept);
  });

  it.each([
    '',
    ' ',
    'localhost',
    'http://example.ru',
    'example.ru/path',
    'a b.ru',
    '-a.ru',
    'a-.ru',
    'a..ru',
    '127.0.0.1',
    '[::1]',
    'user@example.ru',
    'example.ru:80',
    `${'a'.repeat(64)}.ru`,
    `${'a.'.repeat(130)}ru`,
    'exa_mple.ru',
    '../etc.ru',
    "x';drop.ru",
    '<b>.ru',
    'a%2e.ru',
  ])('%j is none', (typed) => {
    expect(readDomainName(typed)).toBeNull();
  });
});
