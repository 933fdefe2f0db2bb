import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mendFile } from './mend-file.ts';
import { expireMends, openQuarantine, readMend } from './quarantine.ts';
import { restoreFile } from './restore-file.ts';
import { setTimes } from './set-times.ts';
import { judgedNow, openMendFolder } from './testing/open-mend-folder.ts';

type Folder = ReturnType<typeof openMendFolder>;
let folder: Folder;
beforeEach(() => (folder = openMendFolder()));
afterEach(() => folder.close());

const SHELL = Buffer.from(`<?php return; eval($_POST['stoika']);`);
const rounds = Number(process.env['STOIKA_ROUND_TRIPS'] ?? 60);

describe('What was taken is given back', () => {
  test(
    'byte for byte, with mode, owner and times to the nanosecond, whatever it was called',
    () => {
      let number = 0;
      const nameByte = fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 47);
      const file = fc.record({
        name: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => [...bytes]),
        filler: nameByte,
        content: fc.uint8Array({ maxLength: 6000 }),
        rest: fc.option(fc.uint8Array({ maxLength: 500 })),
        mode: fc.integer({ min: 0, max: 0o777 }),
        mtimeNs: fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n }),
        atimeNs: fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n }),
      });
      fc.assert(
        fc.property(file, ({ name, filler, content, rest, mode, mtimeNs, atimeNs }) => {
          fc.pre(rest === null || !Buffer.from(rest).equals(Buffer.from(content)));
          number += 1;
          const safe = name.map((byte) => (byte === 0 || byte === 47 ? filler : byte));
          const path = Buffer.from([...safe, ...Buffer.from(`-${number}.php`)]);
          folder.write(path, Buffer.from(content));
          // The account must be able to read it, or PHP could not either.
          chmodSync(folder.at(path), mode | 0o400);
          const fd = openSync(folder.at(path), 'r');
          setTimes(fd, String(atimeNs), String(mtimeNs));
          closeSync(fd);
          const before = lstatSync(folder.at(path), { bigint: true });
          const findingId = `f${number}`;
          const judged = judgedNow(folder.at(path), hash('sha256', content, 'hex'));
          const order = folder.order(path, rest && Buffer.from(rest), { findingId, judged });

          const mended = mendFile(folder.quarantine, order);
          expect(mended.kind).toBe('mended');
          if (mended.kind !== 'mended') return;
          if (rest) expect([...readFileSync(folder.at(path))]).toEqual([...rest]);
          else expect(existsSync(folder.at(path))).toBe(false);

          const restored = restoreFile(folder.quarantine, mended.record, folder.owner);
          expect(restored.kind).toBe('restored');
          const after = lstatSync(folder.at(path), { bigint: true });
          expect(after.mtimeNs).toBe(before.mtimeNs);
          expect(after.atimeNs).toBe(before.atimeNs);
          expect([after.mode, after.uid, after.gid, after.nlink, after.size]).toEqual([
            before.mode,
            before.uid,
            before.gid,
            1n,
            before.size,
          ]);
          expect(readFileSync(folder.at(path)).equals(Buffer.from(content))).toBe(true);
        }),
        { numRuns: rounds, seed: 4 },
      );
      expect(readdirSync(folder.owner.home).filter((name) => name.startsWith('.stoika'))).toEqual(
        [],
      );
    },
    rounds * 200 + 60_000,
  );

  test('but never over what the owner put there since', () => {
    folder.write('a.php', SHELL);
    const mended = mendFile(folder.quarantine, folder.order('a.php', Buffer.alloc(0)));
    folder.write('a.php', '<?php // new work');
    if (mended.kind !== 'mended') throw new Error(mended.reason);
    const answer = restoreFile(folder.quarantine, mended.record, folder.owner);
    expect(answer).toEqual({ kind: 'left', reason: 'changed' });
    expect(readFileSync(folder.at('a.php'), 'utf8')).toBe('<?php // new work');
    expect(readMend(folder.quarantine, 'f1')?.state).toBe('done');

    folder.write('b.php', SHELL);
    const order = folder.order('b.php', null, { findingId: 'f2' });
    const taken = mendFile(folder.quarantine, order);
    folder.write('b.php', 'mine');
    if (taken.kind !== 'mended') throw new Error(taken.reason);
    expect(restoreFile(folder.quarantine, taken.record, folder.owner).kind).toBe('left');
    expect(readFileSync(folder.at('b.php'), 'utf8')).toBe('mine');
  });
});

/** Node has no call for extended attributes, and not every file system keeps them. */
const python = (code: string) => spawnSync('python3', ['-c', code], { encoding: 'utf8' }).stdout;
const keepsAttributes = python(
  `import os,tempfile; f=tempfile.NamedTemporaryFile(dir="${tmpdir()}"); os.setxattr(f.name,"user.a",b"1"); print("yes")`,
).startsWith('yes');

test.runIf(keepsAttributes)('Extended attributes go through mending and back', () => {
  const onPath = (call: string, path: string) =>
    python(`import os; print(os.${call.replace('PATH', JSON.stringify(path))})`).trim();
  for (const content of [Buffer.from('clean'), null]) {
    const name = `x${content ? 1 : 2}.php`;
    folder.write(name, SHELL);
    const path = folder.at(name).toString();
    onPath(`setxattr(PATH, "user.stoika", b"kept")`, path);
    const mended = mendFile(folder.quarantine, folder.order(name, content, { findingId: name }));
    if (mended.kind !== 'mended') throw new Error(mended.reason);
    if (content) expect(onPath(`getxattr(PATH, "user.stoika")`, path)).toBe(`b'kept'`);
    expect(restoreFile(folder.quarantine, mended.record, folder.owner).kind).toBe('restored');
    expect(onPath(`getxattr(PATH, "user.stoika")`, path)).toBe(`b'kept'`);
  }
});

describe('What is kept of an original', () => {
  test('can be neither run nor read as what it was, and belongs to nobody else', () => {
    folder.write('a.php', SHELL);
    mendFile(folder.quarantine, folder.order('a.php', null));
    const object = join(folder.quarantine.objects, 'f1');
    const bytes = readFileSync(object);
    expect(bytes.includes('<?')).toBe(false);
    expect(bytes.includes('POST')).toBe(false);
    expect(lstatSync(object).mode & 0o777).toBe(0o400);
    expect(lstatSync(folder.quarantine.objects).mode & 0o777).toBe(0o700);
  });

  test('has a bound in space: with no room the file is left alone, and nothing is lost', () => {
    const small = openMendFolder(100);
    try {
      small.write('a.php', Buffer.concat([SHELL, Buffer.alloc(200, 32)]));
      const answer = mendFile(small.quarantine, small.order('a.php', null));
      expect(answer).toEqual({ kind: 'left', reason: 'quarantine-full' });
      expect(readFileSync(small.at('a.php')).subarray(0, SHELL.length).equals(SHELL)).toBe(true);
      expect(readdirSync(small.quarantine.objects)).toEqual([]);
    } finally {
      small.close();
    }
  });

  test('is shared: an account that fills its part leaves room for the others', () => {
    const shared = openMendFolder(10_000);
    try {
      const mendAs = (accountRef: string, findingId: string) => {
        const name = `${findingId}.php`;
        shared.write(name, Buffer.concat([SHELL, Buffer.alloc(900, 32)]));
        const owner = { ...shared.owner, accountRef };
        return mendFile(shared.quarantine, shared.order(name, null, { findingId, owner })).kind;
      };
      const tries = Array.from({ length: 9 }, (_, at) => mendAs('anna', `a${at}`));
      expect(tries).toEqual([...Array(5).fill('mended'), ...Array(4).fill('left')]);
      expect(mendAs('boris', 'b1')).toBe('mended');
      expect(mendAs('boris', 'b2')).toBe('mended');
      const limits = { maxBytes: 10_000, keepDays: 30 };
      const again = openQuarantine(join(shared.folder, 'guard'), limits);
      expect(again.kept).toEqual(shared.quarantine.kept);
      expireMends(shared.quarantine, '2026-12-24T00:00:00.000Z');
      expect(mendAs('anna', 'a9')).toBe('mended');
    } finally {
      shared.close();
    }
  });

  test('has a bound in time, and its room is free again', () => {
    folder.write('a.php', SHELL);
    const mended = mendFile(folder.quarantine, folder.order('a.php', null));
    if (mended.kind !== 'mended') throw new Error(mended.reason);
    expect(folder.quarantine.usedBytes).toBeGreaterThan(SHELL.length);
    expireMends(folder.quarantine, '2026-12-22T00:00:00.000Z');
    expect(readMend(folder.quarantine, 'f1')?.state).toBe('done');
    expireMends(folder.quarantine, '2026-12-24T00:00:00.000Z');
    expect(readMend(folder.quarantine, 'f1')?.state).toBe('expired');
    expect(folder.quarantine.usedBytes).toBe(0);
    const answer = restoreFile(folder.quarantine, mended.record, folder.owner);
    expect(answer).toEqual({ kind: 'left', reason: 'expired' });
  });

  test('is counted again after a restart', () => {
    folder.write('a.php', SHELL);
    mendFile(folder.quarantine, folder.order('a.php', null));
    const limits = { maxBytes: 1000, keepDays: 30 };
    const again = openQuarantine(join(folder.folder, 'guard'), limits);
    expect(again.usedBytes).toBe(folder.quarantine.usedBytes);
  });
});

describe('Only the very content that was judged is touched', () => {
  const mend = (order: ReturnType<Folder['order']>) => mendFile(folder.quarantine, order);
  const left = (reason: string) => ({ kind: 'left', reason });

  test('a file that changed since stays', () => {
    folder.write('a.php', SHELL);
    const order = folder.order('a.php', Buffer.alloc(0));
    appendFileSync(folder.at('a.php'), '\n// and my own work');
    expect(mend(order)).toEqual(left('changed'));
    expect(readFileSync(folder.at('a.php'), 'utf8')).toContain('my own work');
  });

  test('another file of the same words in its place stays', () => {
    folder.write('a.php', SHELL);
    const order = folder.order('a.php', Buffer.alloc(0));
    folder.write('b.php', SHELL);
    renameSync(folder.at('b.php'), folder.at('a.php'));
    expect(mend(order)).toEqual(left('changed'));
  });

  test('a file with a second name is reported, not mended', () => {
    folder.write('a.php', SHELL);
    linkSync(folder.at('a.php'), folder.at('second'));
    expect(mend(folder.order('a.php', null))).toEqual(left('hard-link'));
    expect(readFileSync(folder.at('second')).equals(SHELL)).toBe(true);
  });

  test('a link is never followed, be it the file or a folder above it', () => {
    folder.makeFolder('site');
    folder.write('site/a.php', SHELL);
    const order = folder.order('site/a.php', Buffer.alloc(0));
    const outside = join(folder.folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'a.php'), SHELL);
    renameSync(folder.at('site'), folder.at('aside'));
    symlinkSync(outside, folder.at('site'));
    expect(mend(order)).toEqual(left('gone'));
    expect(readFileSync(join(outside, 'a.php')).equals(SHELL)).toBe(true);

    symlinkSync(join(outside, 'a.php'), folder.at('b.php'));
    const linked = folder.order('aside/a.php', null);
    expect(mend({ ...linked, path: Buffer.from('b.php') })).toEqual(left('gone'));
    expect(readFileSync(join(outside, 'a.php')).equals(SHELL)).toBe(true);
  });

  test('a path out of the home is no path', () => {
    folder.write('a.php', SHELL);
    const order = folder.order('a.php', null);
    for (const path of ['../home/a.php', '/a.php', 'a.php/', './a.php', 'x//a.php', '', 'a\0b']) {
      expect(mend({ ...order, path: Buffer.from(path) })).toEqual(left('gone'));
    }
  });

  test.runIf(process.getuid?.() === 0)('a file of another user stays', () => {
    folder.write('a.php', SHELL);
    const order = folder.order('a.php', null);
    const owner = { ...folder.owner, uid: 300_778 };
    chmodSync(folder.owner.home, 0o777);
    chmodSync(folder.at('a.php'), 0o666);
    order.judged = folder.order('a.php', null).judged;
    expect(mend({ ...order, owner })).toEqual(left('foreign-owner'));
  });
});
