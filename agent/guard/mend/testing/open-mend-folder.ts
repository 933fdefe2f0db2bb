import { hash } from 'node:crypto';
import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Judged, MendOrder, Owner } from '../mend-file.ts';
import { openQuarantine } from '../quarantine.ts';

/** An account's home and a quarantine for tests; as root the home belongs to a user of its own. */
export function openMendFolder(maxBytes = 1 << 30) {
  const folder = mkdtempSync(join(tmpdir(), 'stoika-mend-'));
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o750 });
  const uid = process.getuid?.() === 0 ? 300_777 : null;
  const owner: Owner = { accountRef: 'anna', home, uid };
  const give = (path: string | Buffer) => {
    if (uid !== null) chownSync(path, uid, uid);
  };
  give(home);
  const at = (path: string | Buffer) =>
    Buffer.concat([Buffer.from(`${home}/`), Buffer.from(path as string)]);
  return {
    folder,
    owner,
    quarantine: openQuarantine(join(folder, 'guard'), { maxBytes, keepDays: 30 }),
    at,
    give,
    makeFolder(path: string) {
      mkdirSync(at(path), { mode: 0o750 });
      give(at(path));
    },
    write(path: string | Buffer, content: string | Buffer) {
      writeFileSync(at(path), content, { mode: 0o640 });
      give(at(path));
    },
    order(path: string | Buffer, content: Buffer | null, more: Partial<MendOrder> = {}): MendOrder {
      return {
        findingId: 'f1',
        owner,
        path: Buffer.from(path as string),
        judged: more.judged ?? judgedNow(at(path)),
        act: content ? 'cut' : 'quarantined',
        content,
        removed: [],
        at: '2026-11-23T00:00:00.000Z',
        ...more,
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A file's identity as a judge would have noted it. */
export function judgedNow(path: Buffer, sha256?: string): Judged {
  const { dev, ino, size, ctimeNs } = lstatSync(path, { bigint: true });
  return { dev, ino, size, ctimeNs, sha256: sha256 ?? hash('sha256', readFileSync(path), 'hex') };
}
