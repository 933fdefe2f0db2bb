import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { mendFile, type MendOrder } from './mend-file.ts';
import { openQuarantine, readMend } from './quarantine.ts';
import { restoreFile } from './restore-file.ts';
import { recoverMends } from './settle-mend.ts';
import { openMendFolder } from './testing/open-mend-folder.ts';

const program = fileURLToPath(new URL('./testing/mend-until-killed-main.ts', import.meta.url));
const OLD = `<?php return; eval($_POST['stoika']); // the rest of a site`;
const NEW = '// the rest of a site';
/** 1 kills before every call; a larger number before every so many-th. */
const every = Number(process.env['STOIKA_KILL_EVERY'] ?? 4);
let kills = 0;

/** Runs one job in a process that dies before its n-th call, for each n until it gets through. */
function expectOldOrNew(job: 'mend' | 'restore', content: Buffer | null) {
  for (let killAt = 1; ; killAt += every) {
    const folder = openMendFolder();
    try {
      folder.makeFolder('site');
      folder.write('site/a.php', OLD);
      const before = lstatSync(folder.at('site/a.php'), { bigint: true });
      const order = folder.order('site/a.php', content);
      if (job === 'restore') expect(mendFile(folder.quarantine, order).kind).toBe('mended');
      writeFileSync(join(folder.folder, 'order.json'), toJson(order));
      const child = spawnSync(process.execPath, [program, folder.folder, job, String(killAt)], {
        encoding: 'utf8',
      });
      expect(child.stderr).toBe('');
      kills += 1;

      const limits = { maxBytes: 1 << 20, keepDays: 30 };
      const quarantine = openQuarantine(join(folder.folder, 'guard'), limits);
      recoverMends(quarantine, () => folder.owner);
      const state = readMend(quarantine, 'f1')?.state ?? 'never-begun';
      const there = existsSync(folder.at('site/a.php'));
      const text = there ? readFileSync(folder.at('site/a.php'), 'utf8') : null;
      const isNew = text === (content?.toString() ?? null);
      expect(isNew || text === OLD, `${text} after call ${killAt}`).toBe(true);
      const saysNew = state === 'done';
      expect(saysNew, `${state} after call ${killAt}`).toBe(isNew);
      expect(readdirSync(folder.at('site'))).toEqual(there ? ['a.php'] : []);
      expect(readdirSync(quarantine.records).filter((name) => name.endsWith('.tmp'))).toEqual([]);

      const record = readMend(quarantine, 'f1');
      if (saysNew && record) {
        expect(restoreFile(quarantine, record, folder.owner).kind).toBe('restored');
        expect(readFileSync(folder.at('site/a.php'), 'utf8')).toBe(OLD);
      }
      const after = lstatSync(folder.at('site/a.php'), { bigint: true });
      expect([after.mode, after.uid, after.mtimeNs]).toEqual([
        before.mode,
        before.uid,
        before.mtimeNs,
      ]);
      if (child.status === 0) return;
      expect(child.signal).toBe('SIGKILL');
    } finally {
      folder.close();
    }
  }
}

const toJson = (order: MendOrder) =>
  JSON.stringify(order, (_key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    const bytes = value as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' ? Buffer.from(bytes.data ?? []).toString('base64') : value;
  });

describe('Killed with -9 before any call into the file system', () => {
  const longest = { timeout: 600_000 };
  test('a file that is cut is the old or the new one, and the record says which', longest, () =>
    expectOldOrNew('mend', Buffer.from(NEW)),
  );
  test('so is one that is taken away', longest, () => expectOldOrNew('mend', null));
  test('so is one that is put back over what was left', longest, () =>
    expectOldOrNew('restore', Buffer.from(NEW)),
  );
  test('so is one that is put back where nothing is', longest, () =>
    expectOldOrNew('restore', null),
  );
  test('which were at least two hundred kills', () => {
    expect(kills).toBeGreaterThanOrEqual(200 / every);
  });
});
