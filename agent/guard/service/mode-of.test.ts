import { expect, test } from 'vitest';
import { inUploadFolder, mayProtect, modeOf } from './mode-of.ts';
import { guardPolicy } from './wire.ts';

const policy = guardPolicy.parse({
  server: 'detect',
  accounts: [{ accountRef: 'anna', mode: 'off' }],
  paths: [
    { accountRef: 'anna', prefix: 'public_html', mode: 'protect' },
    { accountRef: 'anna', prefix: 'public_html/старое', mode: 'off' },
  ],
});
const bytes = (path: string) => Buffer.from(path).toString('latin1');

test.each([
  ['boris', 'public_html/a.php', 'detect'],
  ['anna', 'logs/a.php', 'off'],
  ['anna', 'public_html/a.php', 'protect'],
  ['anna', 'public_html2/a.php', 'off'],
  ['anna', 'public_html/старое/a.php', 'off'],
  ['anna', 'public_html/старое.php', 'protect'],
])('%s, %s: the closest word counts, %s', (accountRef, path, mode) => {
  expect(modeOf(policy, accountRef, bytes(path))).toBe(mode);
});

test('an account is watched when any part of it may be protected', () => {
  expect(mayProtect(policy, 'anna')).toBe(true);
  expect(mayProtect(policy, 'boris')).toBe(false);
});

test.each([
  ['public_html/wp-content/uploads/2026/a.php', true],
  ['public_html/blog/wp-content/uploads/a.php', true],
  ['public_html/wp-content/plugins/a.php', false],
  ['public_html/my-uploads/a.php', false],
  ['public_html/uploads.php', false],
])('%s: in a folder for uploads, %s', (path, expected) => {
  expect(inUploadFolder(policy, bytes(path))).toBe(expected);
});

test.each(['../b', '/etc', 'a//b', 'a/', '', '.', 'a/../b', 'a\0'])(
  'a policy for the path %j is refused',
  (prefix) => {
    const paths = [{ accountRef: 'anna', prefix, mode: 'off' }];
    expect(guardPolicy.safeParse({ server: 'detect', paths }).success).toBe(false);
  },
);
