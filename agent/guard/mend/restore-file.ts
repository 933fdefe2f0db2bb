import { closeSync } from 'node:fs';
import { leave, leftBecause, type LeftAlone } from './left-alone.ts';
import type { Owner } from './mend-file.ts';
import type { MendRecord } from './mend-record.ts';
import { openHome, withEntry, type Entry } from './open-entry.ts';
import { openObject, readObject, saveMend, type Quarantine } from './quarantine.ts';
import { readOpen } from './read-entry.ts';
import { placeFile, replaceFile, temporaryName, type NewFile } from './replace-file.ts';
import { settleMend } from './settle-mend.ts';

/**
 * Puts back what was taken, byte for byte, with owner, mode and times, in the place of what the
 * mending left there. A file that is neither is somebody's and stays (`changed`).
 */
export function restoreFile(
  quarantine: Quarantine,
  record: MendRecord,
  owner: Owner,
): { kind: 'restored'; record: MendRecord } | LeftAlone {
  const original = readObject(quarantine, record);
  if (!original) return leave('expired');
  const home = openHome(owner.home);
  try {
    return withEntry(home, owner.uid, Buffer.from(record.pathHex, 'hex'), (entry) => {
      const restoring: MendRecord = { ...record, state: 'restoring' };
      saveMend(quarantine, restoring);
      const left = putBack(quarantine, entry, record, owner, original);
      const settled = settleMend(quarantine, restoring, entry, owner.uid);
      if (settled.state === 'restored') return { kind: 'restored', record: settled };
      return left ?? leave('changed');
    });
  } finally {
    closeSync(home);
  }
}

function putBack(
  quarantine: Quarantine,
  entry: Entry,
  record: MendRecord,
  owner: Owner,
  content: Buffer,
): LeftAlone | null {
  const { mode, uid, gid, atimeNs, mtimeNs } = record.before;
  const file = { content, mode, uid, gid, times: { atimeNs, mtimeNs } };
  const temporary = temporaryName(record.findingId);
  try {
    if (!record.after) return place(quarantine, record.findingId, entry, owner, file);
    const now = readOpen(entry, owner.uid);
    if (now.kind === 'left') return now;
    const { stats } = now;
    if (now.partial || now.sha256 !== record.after.sha256) return leave('changed');
    if (stats.nlink > 1n) return leave('hard-link');
    const { ino, ctimeNs } = stats;
    const isSame = (found: typeof stats) => found.ino === ino && found.ctimeNs === ctimeNs;
    return replaceFile(entry, temporary, owner.uid, isSame, file);
  } catch (error) {
    const left = leftBecause(error);
    if (left) return left;
    throw error;
  }
}

/** Where the mending left no file, the kept object carries the attributes. */
function place(
  quarantine: Quarantine,
  findingId: string,
  entry: Entry,
  owner: Owner,
  file: NewFile,
): LeftAlone | null {
  const object = openObject(quarantine, findingId);
  try {
    return placeFile(entry, temporaryName(findingId), owner.uid, file, object);
  } finally {
    closeSync(object);
  }
}
