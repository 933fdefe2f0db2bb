import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importChecksums } from './import-checksums.ts';
import { importDebian } from './import-debian.ts';
import { addToKnownGoodFile, readKnownGoodFile } from './known-good-file.ts';
import { parseChecksums } from './parse-checksums.ts';

const CORE = '<?php require __DIR__ . "/wp-blog-header.php";';
const sha256 = hash('sha256', CORE, 'hex');
const md5 = hash('md5', CORE, 'hex');
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'stoika-known-'));
  put('site/index.php', CORE);
  put('site/changed.php', `${CORE} // changed`);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test.each([
  ['sha256sum', `${sha256}  index.php\n`],
  ['sha256sum of a file read as bytes', `${sha256} *index.php\n`],
  ['sha256sum --tag', `SHA256 (index.php) = ${sha256}\n`],
  ['a bare list in capitals', `${sha256.toUpperCase()}\n`],
  ['a plugin of WordPress', `{"files":{"index.php":{"md5":"${md5}","sha256":["${sha256}"]}}}`],
])('checksums as %s writes them are taken as they are', (_, text) => {
  expect([...importChecksums(parseChecksums(text), null).sha256]).toEqual([sha256]);
});

test.each([
  ['md5sum', `${md5}  index.php\n${md5}  changed.php\n${md5}  gone.php\n`],
  ['WordPress', `{"checksums":{"index.php":"${md5}","changed.php":"${md5}","gone.php":"${md5}"}}`],
  [
    'WordPress by version',
    `{"checksums":{"6.9":{"index.php":"${md5}","changed.php":"${md5}","gone.php":"${md5}"}}}`,
  ],
])('MD5 as %s writes it counts only for a file that is there and has it', (_, text) => {
  const imported = importChecksums(parseChecksums(text), join(root, 'site'));
  expect(imported).toEqual({ sha256: new Set([sha256]), absent: 1, different: 1 });
  expect(importChecksums(parseChecksums(text), null).sha256.size).toBe(0);
});

test('a list cannot lead out of its folder or through a link', () => {
  put('outside.php', CORE);
  symlinkSync(join(root, 'outside.php'), join(root, 'site/link.php'));
  const text = [`${md5}  ../outside.php`, `${md5}  ${root}/outside.php`, `${md5}  link.php`];
  const imported = importChecksums(parseChecksums(text.join('\n')), join(root, 'site'));
  expect(imported).toMatchObject({ sha256: new Set(), absent: 3 });
});

test('files of installed Debian packages are good while they are what was installed', () => {
  put('usr/share/blog/index.php', CORE);
  put('usr/share/blog/edited.php', 'edited');
  put(
    'var/lib/dpkg/info/blog.md5sums',
    `${md5}  usr/share/blog/index.php\n${md5}  usr/share/blog/edited.php\n${md5}  usr/share/doc/blog/copyright\n`,
  );
  put('var/lib/dpkg/info/other:amd64.md5sums', `${md5}  usr/share/other/index.php\n`);
  expect(importDebian(root, (name) => name === 'blog')).toEqual({
    sha256: new Set([sha256]),
    absent: 0,
    different: 1,
  });
  expect(importDebian(root)).toMatchObject({ absent: 1 });
});

test('a set grows by what is new to it', () => {
  const path = join(root, 'known-good');
  const other = hash('sha256', 'other', 'hex');
  expect(addToKnownGoodFile(path, new Set([sha256]))).toBe(1);
  expect(addToKnownGoodFile(path, new Set([sha256, other]))).toBe(1);
  expect(readKnownGoodFile(path)).toEqual(new Set([sha256, other]));
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
});
