import { expect, it } from 'vitest';
import { textParts } from './text-links.ts';

const links = (text: string) =>
  textParts(text).flatMap(({ kind, text: part }) => (kind === 'link' ? part : []));

it('makes links of web addresses, and leaves the sentence its punctuation', () => {
  expect(textParts('Смотрите https://example.test/a?b=1. И (http://two.example).')).toEqual([
    { kind: 'words', text: 'Смотрите ' },
    { kind: 'link', text: 'https://example.test/a?b=1' },
    { kind: 'words', text: '. И (' },
    { kind: 'link', text: 'http://two.example' },
    { kind: 'words', text: ').' },
  ]);
});

it('makes no link of anything that could run', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'xhttps://not.a.word',
    '<a href="javascript:alert(1)">',
    'https://',
  ]) {
    expect(links(text), text).toEqual([]);
  }
  expect(links('<img src=https://example.test/a onerror=alert(1)>')).toEqual([
    'https://example.test/a',
  ]);
});

it('loses no character of what was typed', () => {
  const text = 'a https://b.example/,, https://c.example/)» <b>"x" https://[::1 \n\n end';
  expect(
    textParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
