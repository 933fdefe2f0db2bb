import { expect, test } from 'vitest';
import { formatBytes, megabytes } from './format-bytes.ts';

/** Intl puts no-break spaces between figure and unit. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test.each([
  [0, 'ru', '0 байт'],
  [1, 'en', '1 byte'],
  [1536, 'ru', '1,5 кБ'],
  [megabytes(20_480), 'ru', '20 ГБ'],
  [megabytes(307_200), 'en', '300 GB'],
  [megabytes(3_072_000), 'en', '2.9 TB'],
])('%d bytes in %s are %s', (bytes, locale, words) => {
  expect(plain(formatBytes(bytes, locale))).toBe(words);
});
