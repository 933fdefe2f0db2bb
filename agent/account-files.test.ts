import { mkdir, readdir, stat } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildZip, type ZipEntry } from './testing/build-zip.ts';
import { openTestNode, type TestNode } from './testing/open-test-node.ts';

let node: TestNode;

beforeAll(async () => {
  node = await openTestNode({
    php: 'off',
    maxUploadMb: 4,
    maxUnpackedMb: 8,
    maxArchiveEntries: 50,
  });
  await node.addPackage('alpha', { accounts: 2, diskMb: 16 });
});

afterAll(() => node.close());

const base = '/packages/alpha/accounts/alpha';
const download = (path: string) =>
  fetch(`${node.running().controlUrl}/v1${base}/file?path=${encodeURIComponent(path)}`, {
    headers: { authorization: `Bearer ${node.controlToken}` },
  });

describe('files', () => {
  test('are written, read back to the byte, replaced and deleted', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const written = await node.write('alpha', 'public_html/deep/er/a b+c%.bin', bytes);
    expect(written).toMatchObject({ status: 200, sizeBytes: 300_000 });
    const read = await download('public_html/deep/er/a b+c%.bin');
    expect(read.headers.get('content-length')).toBe('300000');
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
    await node.write('alpha', 'public_html/deep/er/a b+c%.bin', '');
    expect(await (await download('public_html/deep/er/a b+c%.bin')).text()).toBe('');
    const remove = () => node.control('DELETE', `${base}/file?path=public_html/deep`);
    expect((await remove()).status).toBe(200);
    expect((await remove()).status).toBe(200);
    expect(await node.list('alpha', 'public_html')).toEqual(['index.php']);
  });

  test('are listed folders first, and are renamed without writing over anything', async () => {
    await node.write('alpha', 'public_html/b.txt', 'b');
    await node.write('alpha', 'public_html/a.txt', 'a');
    expect((await node.control('PUT', `${base}/folder?path=public_html/z`)).status).toBe(200);
    expect(await node.list('alpha', 'public_html')).toEqual(['z', 'a.txt', 'b.txt', 'index.php']);
    const rename = (from: string, to: string) =>
      node.control('POST', `${base}/rename`, { from, to });
    expect((await rename('public_html/a.txt', 'public_html/b.txt')).code).toBe('entry-exists');
    expect((await rename('public_html/z', 'public_html/z/in')).code).toBe('entry-exists');
    expect((await rename('public_html/none', 'public_html/n')).code).toBe('entry-not-found');
    expect((await rename('public_html', 'private')).code).toBe('folder-protected');
    expect((await rename('public_html/a.txt', 'public_html/z/a.txt')).status).toBe(200);
    expect(await node.list('alpha', 'public_html/z')).toEqual(['a.txt']);
  });

  test('with hostile names are refused, whatever the verb', async () => {
    const names = ['../x', 'a/../../x', '/../x', 'a\\..\\x', 'a\0b', 'a\nb', '..', 'x'.repeat(256)];
    for (const name of names) {
      expect((await node.write('alpha', name, 'x')).code).toBe('path-unsafe');
      expect((await download(name)).status).toBe(422);
      const path = encodeURIComponent(name);
      expect((await node.control('DELETE', `${base}/file?path=${path}`)).code).toBe('path-unsafe');
      expect((await node.control('PUT', `${base}/folder?path=${path}`)).code).toBe('path-unsafe');
    }
    for (const name of ['', 'public_html', './/public_html/', 'tmp']) {
      const path = encodeURIComponent(name);
      const answer = await node.control('DELETE', `${base}/file?path=${path}`);
      expect(answer.code).toBe('folder-protected');
    }
    expect(await readdir(join(node.dataFolder, 'homes'))).toEqual(['alpha']);
  });

  test('with odd but honest names are kept as they are', async () => {
    for (const name of ['<b>.txt', '$(id)', '-rf', 'имя файла', '…', '%2e%2e', 'CON', '😀']) {
      expect((await node.write('alpha', `public_html/odd/${name}`, 'x')).status).toBe(200);
      expect(await node.list('alpha', 'public_html/odd')).toContain(name);
    }
  });

  test('that are pipes are neither read nor waited for', async () => {
    const pipe = join(node.dataFolder, 'homes/alpha/public_html/pipe');
    execFileSync('/usr/bin/mkfifo', [pipe]);
    expect((await download('public_html/pipe')).status).toBe(409);
    expect((await node.get('alpha.localhost', { path: '/pipe' })).status).toBe(404);
  });

  test('beyond the limits are refused and leave nothing behind', async () => {
    const tooLarge = await node.write('alpha', 'big.bin', Buffer.alloc(4 * 1024 * 1024 + 1));
    expect(tooLarge.code).toBe('file-too-large');
    for (const name of ['f1', 'f2', 'f3', 'f4']) {
      await node.write('alpha', name, Buffer.alloc(3.9 * 1024 * 1024));
    }
    const full = await node.write('alpha', 'f5', Buffer.alloc(1024 * 1024));
    expect(full.code).toBe('disk-limit-reached');
    for (const name of ['f1', 'f2', 'f3', 'f4']) {
      await node.control('DELETE', `${base}/file?path=${name}`);
    }
    expect(await node.list('alpha', '')).toEqual(['logs', 'public_html', 'tmp']);
    expect(await readdir(join(node.dataFolder, 'incoming'))).toEqual([]);
  });

  test('belong to the account, when the node may give them away', async () => {
    await node.write('alpha', 'public_html/own/me.txt', 'x');
    const home = join(node.dataFolder, 'homes/alpha');
    const paths = ['', 'public_html/own', 'public_html/own/me.txt', 'public_html/index.php'];
    const owners = await Promise.all(paths.map(async (path) => (await stat(join(home, path))).uid));
    const expected = process.getuid?.() === 0 ? owners[0] : process.getuid?.();
    expect(new Set(owners)).toEqual(new Set([expected]));
    expect(process.getuid?.() === 0 ? (owners[0] ?? 0) >= 300_000 : true).toBe(true);
  });
});

describe('an archive', () => {
  const unpack = (entries: ZipEntry[]) => node.unpack('alpha', 'public_html', buildZip(entries));

  test('is unpacked with its folders, over what was there', async () => {
    const answer = await unpack([
      { name: 'zip/', mode: 0o040755 },
      { name: 'zip/index.html', content: '<h1>unpacked</h1>' },
      { name: 'zip/css/имя.css', content: 'a{}' },
      { name: 'zip/empty/', mode: 0o040755 },
    ]);
    expect(answer).toMatchObject({ status: 200, files: 2 });
    const page = await node.get('alpha.localhost', { path: '/zip/' });
    expect(page.text).toBe('<h1>unpacked</h1>');
    expect(await node.list('alpha', 'public_html/zip')).toEqual(['css', 'empty', 'index.html']);
    await unpack([{ name: 'zip/index.html', content: 'second' }]);
    expect((await node.get('alpha.localhost', { path: '/zip/' })).text).toBe('second');
  });

  const hostile: [why: string, code: string, entries: ZipEntry[]][] = [
    ['climbs out', 'archive-path-unsafe', [{ name: '../../evil.txt', content: 'x' }]],
    ['climbs out from inside', 'archive-path-unsafe', [{ name: 'a/../../../evil', content: 'x' }]],
    ['has an absolute path', 'archive-path-unsafe', [{ name: '/etc/evil', content: 'x' }]],
    ['climbs with backslashes', 'archive-path-unsafe', [{ name: '..\\..\\evil', content: 'x' }]],
    ['has a drive letter', 'archive-path-unsafe', [{ name: 'C:\\evil', content: 'x' }]],
    ['has control characters', 'archive-path-unsafe', [{ name: 'a\nb', content: 'x' }]],
    [
      'contains a link',
      'archive-contains-link',
      [
        { name: 'l', content: '/etc', mode: 0o120777 },
        { name: 'l/passwd', content: 'x' },
      ],
    ],
    [
      'names one path twice',
      'archive-path-unsafe',
      [
        { name: 'same', content: '1' },
        { name: 'same', content: '2' },
      ],
    ],
    [
      'makes a file a folder',
      'archive-path-unsafe',
      [
        { name: 'f', content: '1' },
        { name: 'f/x', content: '2' },
      ],
    ],
    ['is encrypted', 'archive-encrypted', [{ name: 'e', content: 'x', encrypted: true }]],
    ['has a wrong checksum', 'archive-unreadable', [{ name: 'c', content: 'x', claimedCrc: 1 }]],
    ['is a bomb', 'archive-too-large', [{ name: 'b', content: Buffer.alloc(30 * 1024 * 1024) }]],
    [
      'is a bomb that lies about its size',
      'archive-unreadable',
      [{ name: 'b', content: Buffer.alloc(30 * 1024 * 1024), claimedBytes: 100 }],
    ],
    [
      'is dense beyond reason, though it would fit',
      'archive-too-large',
      [{ name: 'd', content: Buffer.alloc(6 * 1024 * 1024) }],
    ],
    [
      'has too many entries',
      'archive-too-large',
      Array.from({ length: 51 }, (_, index) => ({ name: `n${index}` })),
    ],
  ];

  for (const [why, code, entries] of hostile) {
    test(`that ${why} is refused whole`, async () => {
      const before = await node.list('alpha', 'public_html');
      const good = { name: 'good.txt', content: 'good' };
      const answer = await unpack(why.includes('entries') ? entries : [good, ...entries]);
      expect(answer.code).toBe(code);
      expect(await node.list('alpha', 'public_html')).toEqual(before);
      expect(await node.list('alpha', '')).toEqual(['logs', 'public_html', 'tmp']);
      expect(await readdir(join(node.dataFolder, 'incoming'))).toEqual([]);
    });
  }

  test('that is no zip, is cut short or differs from the site in kind is refused', async () => {
    const junk = await node.unpack('alpha', 'public_html', Buffer.from('not a zip at all'));
    expect(junk.code).toBe('archive-unreadable');
    const cut = buildZip([{ name: 'a', content: 'x'.repeat(5000) }]).subarray(0, 60);
    expect((await node.unpack('alpha', 'public_html', cut)).code).toBe('archive-unreadable');
    await mkdir(join(node.dataFolder, 'homes/alpha/public_html/taken'), { recursive: true });
    const clash = await unpack([
      { name: 'first.txt', content: 'x' },
      { name: 'taken', content: 'x' },
    ]);
    expect(clash.code).toBe('entry-exists');
    expect(await node.list('alpha', 'public_html')).not.toContain('first.txt');
  });
});

describe('the control API', () => {
  test('answers nobody without the token', async () => {
    for (const token of [
      '',
      'Bearer wrong',
      `Basic ${node.controlToken}`,
      `Bearer ${node.controlToken}x`,
    ]) {
      const response = await fetch(`${node.running().controlUrl}/v1/status`, {
        headers: { authorization: token },
      });
      expect(response.status).toBe(401);
    }
  });

  test('refuses what it does not understand, naming the field', async () => {
    const good = {
      username: 'omega',
      domain: 'omega.example',
      platform: 'linux',
      limits: { accounts: 1, diskMb: 1 },
    };
    const bad: [string, object][] = [
      ['username', { ...good, username: 'Root; rm -rf' }],
      ['username', { ...good, username: '../alpha' }],
      ['domain', { ...good, domain: 'x.localhost' }],
      ['domain', { ...good, domain: '<script>.example' }],
      ['limits.accounts', { ...good, limits: { accounts: -1, diskMb: 1 } }],
      ['limits.diskMb', { ...good, limits: { accounts: 1, diskMb: 1e300 } }],
      ['Unrecognized key', { ...good, uid: 0 }],
    ];
    for (const [field, body] of bad) {
      const answer = await node.control('PUT', '/packages/omega', body);
      expect(answer.code).toBe('request-invalid');
      expect(answer.message).toContain(field);
    }
    const reserved = await node.control('PUT', '/packages/omega', { ...good, username: 'www' });
    expect(reserved.code).toBe('username-reserved');
    for (const ref of ['..%2f..%2fx', '%2e%2e', 'a%00', 'a%20b', '-x', 'x'.repeat(97)]) {
      expect((await node.control('PUT', `/packages/${ref}`, good)).status).toBeGreaterThan(400);
    }
    const huge = { ...good, username: 'x'.repeat(100_000) };
    expect(
      (
        await fetch(`${node.running().controlUrl}/v1/packages/omega`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${node.controlToken}` },
          body: JSON.stringify(huge),
        })
      ).status,
    ).toBe(413);
  });

  test('lets no package touch another’s account', async () => {
    await node.addPackage('other');
    const foreign = '/packages/other/accounts/alpha';
    for (const [method, path] of [
      ['GET', foreign],
      ['DELETE', foreign],
      ['PUT', `${foreign}/suspension`],
      ['GET', `${foreign}/folder?path=`],
      ['GET', `${foreign}/file?path=public_html/index.php`],
      ['PUT', `${foreign}/file?path=x`],
      ['PUT', `${foreign}/archive?path=`],
      ['GET', `${foreign}/usage`],
    ] as const) {
      const body = path.endsWith('suspension') ? { reason: 'x' } : undefined;
      expect((await node.control(method, path, body)).code).toBe('account-not-found');
    }
  });
});

test('without PHP the node says so and serves files, never the source of a script', async () => {
  expect((await node.control('GET', '/status')).php).toBe('off');
  const page = await node.get('alpha.localhost', { path: '/index.php' });
  expect(page.status).toBe(503);
  expect(page.text).not.toContain('<?php');
});
