import { closeSync, constants, fstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { PADDING } from '../lexer/lex-php.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_NOCTTY, O_RDONLY } = constants;

/** Most of a file that is read and analysed. */
export const MOST_BYTES = 16 * 1024 * 1024;

export interface Content {
  /** Reused by the next read; `PADDING` zero bytes stand behind `length`. */
  bytes: Buffer;
  length: number;
  stats: BigIntStats;
  /** Not all of it: longer than `MOST_BYTES`, or changed while it was read. */
  partial: 'bytes' | 'changed' | null;
}

let buffer = Buffer.alloc(1 << 20);

/**
 * Reads a regular file by an entry path; null when it is none (a link, a pipe, gone). With what was
 * seen at the path before, it must be the file that it was then, else it changed.
 */
export function readContent(entry: Buffer, before?: BigIntStats): Content | null {
  let fd: number;
  try {
    fd = openSync(entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ELOOP' || code === 'ENOENT' || code === 'ENXIO') return null;
    throw error;
  }
  try {
    const stats = before ?? fstatSync(fd, { bigint: true });
    if (!stats.isFile()) return null;
    const wanted = Math.min(Number(stats.size), MOST_BYTES);
    const needed = wanted + PADDING;
    if (buffer.length < needed) buffer = Buffer.alloc(needed + (needed >> 2));
    let length = 0;
    while (length < wanted) {
      const got = readSync(fd, buffer, length, wanted - length, length);
      if (got === 0) break;
      length += got;
    }
    buffer.fill(0, length, length + PADDING);
    const after = fstatSync(fd, { bigint: true });
    if (!after.isFile()) return null;
    const changed = !isSame(after, stats);
    const partial = changed ? 'changed' : Number(stats.size) > MOST_BYTES ? 'bytes' : null;
    return { bytes: buffer, length, stats, partial };
  } finally {
    closeSync(fd);
  }
}

function isSame(left: BigIntStats, right: BigIntStats): boolean {
  const same = left.size === right.size && left.mtimeNs === right.mtimeNs;
  return same && left.ino === right.ino && left.dev === right.dev;
}
