import { closeSync, constants, fstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { hash } from 'node:crypto';
import { PADDING } from '../lexer/lex-php.ts';
import { MOST_BYTES } from '../scan/read-content.ts';
import { asAccount } from './as-account.ts';
import { leave, type LeftAlone } from './left-alone.ts';
import { withEntry, type Entry } from './open-entry.ts';

const { O_NOATIME, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** A file as it was at one moment; enough to know it again. */
export interface FileRead {
  kind: 'file';
  stats: BigIntStats;
  /** `PADDING` zero bytes stand behind `length`. */
  bytes: Buffer;
  length: number;
  /** Of what was read. */
  sha256: string;
  partial: 'bytes' | 'changed' | null;
}

/** Reads a file below an open home; links, pipes and devices are left alone and never hang. */
export function readEntry(
  home: number,
  account: number | null,
  path: Buffer,
): FileRead | LeftAlone {
  return withEntry(home, account, path, (entry) => readOpen(entry, account));
}

export function readOpen(entry: Entry, account: number | null): FileRead | LeftAlone {
  const fd = asAccount(account, () => openQuietly(entry.at));
  try {
    return readDescriptor(fd);
  } finally {
    closeSync(fd);
  }
}

/** Without leaving a trace in the time of the last access, where the file is ours to open so. */
function openQuietly(at: Buffer): number {
  const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  try {
    return openSync(at, flags | O_NOATIME);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    return openSync(at, flags);
  }
}

export function readDescriptor(fd: number): FileRead | LeftAlone {
  const stats = fstatSync(fd, { bigint: true });
  if (!stats.isFile()) return leave('not-a-file');
  const wanted = Math.min(Number(stats.size), MOST_BYTES);
  const bytes = Buffer.alloc(wanted + PADDING);
  let length = 0;
  while (length < wanted) {
    const got = readSync(fd, bytes, length, wanted - length, length);
    if (got === 0) break;
    length += got;
  }
  const after = fstatSync(fd, { bigint: true });
  const same = after.size === stats.size && after.ctimeNs === stats.ctimeNs && length === wanted;
  const partial = !same ? 'changed' : Number(stats.size) > MOST_BYTES ? 'bytes' : null;
  const sha256 = hash('sha256', bytes.subarray(0, length), 'hex');
  return { kind: 'file', stats, bytes, length, sha256, partial };
}
