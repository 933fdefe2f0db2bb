import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
  type BigIntStats,
} from 'node:fs';
import { asAccount } from './as-account.ts';
import { copyAttributes } from './copy-attributes.ts';
import { leave, type LeftAlone } from './left-alone.ts';
import { entryAt, type Entry } from './open-entry.ts';
import { readDescriptor } from './read-entry.ts';
import { setTimes } from './set-times.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** What a new file is to look like. Without times it is new: OPcache goes by the time. */
export interface NewFile {
  content: Buffer;
  mode: number;
  uid: number;
  gid: number;
  times: { atimeNs: string; mtimeNs: string } | null;
}

export type SameFile = (stats: BigIntStats) => boolean;

/** In the folder of the file; a name starting with a dot is served by no web server of ours. */
export function temporaryName(findingId: string): Buffer {
  return Buffer.from(`.stoika-${findingId}`);
}

/**
 * Puts a new file in the place of one that still is what it was. Whole or not at all: temporary
 * file, fsync, rename, fsync of the folder. Null when done.
 */
export function replaceFile(
  entry: Entry,
  temporary: Buffer,
  account: number | null,
  isSame: SameFile,
  file: NewFile,
): LeftAlone | null {
  const temporaryAt = entryAt(entry.folder, temporary);
  const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
  const old = asAccount(account, () => openSync(entry.at, flags));
  try {
    const prepared = prepare(entry, temporary, account, file, old);
    if (prepared) return prepared;
    return asAccount(account, () => {
      const now = lstatSync(entry.at, { bigint: true });
      if (!isSame(now) || fstatSync(old, { bigint: true }).ino !== now.ino) {
        unlinkSync(temporaryAt);
        return leave('changed');
      }
      renameSync(temporaryAt, entry.at);
      fsyncSync(entry.folder);
      return putBackIfWritten(entry, temporaryAt, old, now);
    });
  } finally {
    closeSync(old);
  }
}

/** Somebody wrote into the old file in the instant before the rename: what they wrote comes back. */
function putBackIfWritten(
  entry: Entry,
  temporaryAt: Buffer,
  old: number,
  judged: BigIntStats,
): LeftAlone | null {
  const now = fstatSync(old, { bigint: true });
  if (now.mtimeNs === judged.mtimeNs && now.size === judged.size) return null;
  const written = readDescriptor(old);
  if (written.kind === 'left') return written;
  const fd = openSync(temporaryAt, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeAll(fd, written.bytes.subarray(0, written.length));
    fchmodSync(fd, Number(judged.mode) & 0o777);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporaryAt, entry.at);
  fsyncSync(entry.folder);
  return leave('changed');
}

/**
 * Puts a file where none is, with the attributes of an open one; what has come there meanwhile is
 * not written over. Null when done.
 */
export function placeFile(
  entry: Entry,
  temporary: Buffer,
  account: number | null,
  file: NewFile,
  attributes: number,
): LeftAlone | null {
  const prepared = prepare(entry, temporary, account, file, attributes);
  if (prepared) return prepared;
  const temporaryAt = entryAt(entry.folder, temporary);
  return asAccount(account, () => {
    try {
      linkSync(temporaryAt, entry.at);
    } catch (error) {
      unlinkSync(temporaryAt);
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return leave('changed');
      throw error;
    }
    unlinkSync(temporaryAt);
    fsyncSync(entry.folder);
    return null;
  });
}

/** Takes a file away that still is what it was: moved aside, looked at again, deleted. */
export function removeFile(
  entry: Entry,
  temporary: Buffer,
  account: number | null,
  isSame: SameFile,
): LeftAlone | null {
  const aside = entryAt(entry.folder, temporary);
  return asAccount(account, () => {
    const judged = lstatSync(entry.at, { bigint: true });
    if (!isSame(judged)) return leave('changed');
    renameSync(entry.at, aside);
    const moved = lstatSync(aside, { bigint: true });
    const same =
      moved.ino === judged.ino && moved.mtimeNs === judged.mtimeNs && moved.size === judged.size;
    if (!same) {
      if (!lstatSync(entry.at, { throwIfNoEntry: false })) renameSync(aside, entry.at);
      return leave('changed');
    }
    unlinkSync(aside);
    fsyncSync(entry.folder);
    return null;
  });
}

function prepare(
  entry: Entry,
  temporary: Buffer,
  account: number | null,
  file: NewFile,
  attributes: number,
): LeftAlone | null {
  const at = entryAt(entry.folder, temporary);
  const fd = asAccount(account, () => {
    // Ours from a life that was cut short, or put there to be in the way.
    if (lstatSync(at, { throwIfNoEntry: false })) unlinkSync(at);
    const opened = openSync(at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    writeAll(opened, file.content);
    return opened;
  });
  try {
    const made = fstatSync(fd);
    if (made.uid !== file.uid || made.gid !== file.gid) fchownSync(fd, file.uid, file.gid);
    copyAttributes(attributes, fd);
    // Never with its owner's rights, whatever it had.
    fchmodSync(fd, file.mode & 0o777);
    if (file.times) setTimes(fd, file.times.atimeNs, file.times.mtimeNs);
    fsyncSync(fd);
    return null;
  } catch (error) {
    asAccount(account, () => unlinkSync(at));
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return leave('foreign-owner');
    throw error;
  } finally {
    closeSync(fd);
  }
}

function writeAll(fd: number, content: Buffer): void {
  for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
}
