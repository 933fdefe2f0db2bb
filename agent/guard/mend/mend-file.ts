import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, type BigIntStats } from 'node:fs';
import type { ByteRange } from '../service/wire.ts';
import { asAccount } from './as-account.ts';
import { leave, leftBecause, type LeftAlone } from './left-alone.ts';
import type { FileBefore, MendRecord } from './mend-record.ts';
import { openHome, withEntry, type Entry } from './open-entry.ts';
import { hasRoom, keepObject, newKey, saveMend, type Quarantine } from './quarantine.ts';
import { readOpen, type FileRead } from './read-entry.ts';
import { removeFile, replaceFile, temporaryName } from './replace-file.ts';
import { settleMend } from './settle-mend.ts';

/** Whose file it is. `uid`: the account's Unix user; null when we are not root. */
export interface Owner {
  accountRef: string;
  home: string;
  uid: number | null;
}

/** The file as it was judged. */
export interface Judged {
  dev: bigint;
  ino: bigint;
  size: bigint;
  ctimeNs: bigint;
  sha256: string;
}

export interface MendOrder {
  findingId: string;
  owner: Owner;
  /** Bytes, below the home. */
  path: Buffer;
  judged: Judged;
  act: MendRecord['act'];
  /** What shall stand there; null: nothing. */
  content: Buffer | null;
  removed: ByteRange[];
  /** Instant in UTC. */
  at: string;
}

const DAY_MS = 86_400_000;

/**
 * Mends one file: keeps the original, writes down what is about to happen, does it in one step, and
 * writes down that it is done. Touches nothing but the very content that was judged.
 */
export function mendFile(
  quarantine: Quarantine,
  order: MendOrder,
): { kind: 'mended'; record: MendRecord } | LeftAlone {
  const { owner, path } = order;
  const home = openHome(owner.home);
  try {
    return withEntry(home, owner.uid, path, (entry) => {
      const read = readOpen(entry, owner.uid);
      if (read.kind === 'left') return read;
      const obstacle = obstacleTo(read, order);
      if (obstacle) return obstacle;
      if (!hasRoom(quarantine, owner.accountRef, read.length)) return leave('quarantine-full');
      const record = toRecord(quarantine, order, read);
      keepOriginal(quarantine, record, entry, owner.uid, read);
      saveMend(quarantine, record);
      const left = act(entry, order, record);
      const settled = settleMend(quarantine, record, entry, owner.uid);
      if (settled.state === 'done') return { kind: 'mended', record: settled };
      return left ?? leave('changed');
    });
  } finally {
    closeSync(home);
  }
}

function obstacleTo(read: FileRead, { judged, owner }: MendOrder): LeftAlone | null {
  const { stats, sha256, partial } = read;
  if (partial === 'bytes') return leave('too-large');
  if (partial || !isJudged(stats, judged) || sha256 !== judged.sha256) return leave('changed');
  if (stats.nlink > 1n) return leave('hard-link');
  if (owner.uid !== null && stats.uid !== BigInt(owner.uid)) return leave('foreign-owner');
  return null;
}

function isJudged(stats: BigIntStats, judged: Judged): boolean {
  return (
    stats.dev === judged.dev &&
    stats.ino === judged.ino &&
    stats.size === judged.size &&
    stats.ctimeNs === judged.ctimeNs
  );
}

/** A file that will be gone takes its attributes along into the quarantine. */
function keepOriginal(
  quarantine: Quarantine,
  record: MendRecord,
  entry: Entry,
  account: number | null,
  read: FileRead,
): void {
  const content = read.bytes.subarray(0, read.length);
  if (record.after) return keepObject(quarantine, record, content, null);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const original = asAccount(account, () => openSync(entry.at, flags));
  try {
    keepObject(quarantine, record, content, original);
  } finally {
    closeSync(original);
  }
}

function toRecord(quarantine: Quarantine, order: MendOrder, read: FileRead): MendRecord {
  const { findingId, owner, path, act: done, content, removed, at } = order;
  const keepUntil = new Date(Date.parse(at) + quarantine.keepDays * DAY_MS).toISOString();
  return {
    findingId,
    accountRef: owner.accountRef,
    pathHex: path.toString('hex'),
    act: done,
    state: 'intended',
    before: toBefore(read),
    after: content && {
      sha256: createHash('sha256').update(content).digest('hex'),
      size: content.length,
    },
    removed,
    key: newKey(),
    at,
    keepUntil,
  };
}

function toBefore({ stats, sha256 }: FileRead): FileBefore {
  return {
    dev: String(stats.dev),
    ino: String(stats.ino),
    size: Number(stats.size),
    sha256,
    mode: Number(stats.mode),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    atimeNs: String(stats.atimeNs),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
  };
}

function act(entry: Entry, order: MendOrder, { before }: MendRecord): LeftAlone | null {
  const { owner, judged, content } = order;
  const temporary = temporaryName(order.findingId);
  const isSame = (stats: BigIntStats) => isJudged(stats, judged);
  const { mode, uid, gid } = before;
  try {
    if (!content) return removeFile(entry, temporary, owner.uid, isSame);
    const file = { content, mode, uid, gid, times: null };
    return replaceFile(entry, temporary, owner.uid, isSame, file);
  } catch (error) {
    const left = leftBecause(error);
    if (left) return left;
    throw error;
  }
}
