import { constants, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';

/** How far a log was read: the very file, by device and inode, and the byte where a line begins. */
export const logPlace = z.object({
  device: z.string(),
  inode: z.string(),
  offset: z.int().min(0),
  /** How it begins, in hex: a file that was emptied and filled again begins otherwise. */
  head: z.string(),
  /** Inside a line that was too long. */
  skipping: z.boolean(),
});
export type LogPlace = z.infer<typeof logPlace>;

/** Of a log that is seen for the first time, what is older is left unread. */
const FIRST_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 256;
const CHUNK_BYTES = 256 * 1024;
/** Longer lines are cut here. */
export const LINE_BYTES = 64 * 1024;

/**
 * Reads what was added since `place`, at most `most` bytes, and answers where it stopped; null when
 * there is no such log. One that was renamed by logrotate is read to its end as `<path>.1` first;
 * one that was emptied in place (`copytruncate`) from its beginning.
 */
export async function followLog(
  path: string,
  place: LogPlace | null,
  most: number,
  take: (line: string) => void,
): Promise<LogPlace | null> {
  const file = await openLog(path);
  if (!file) return null;
  try {
    const stats = await file.stat({ bigint: true });
    if (place && isThere(place, stats)) {
      const same = place.offset <= Number(stats.size) && (await beginsAs(file, place.head));
      return await readLines(file, same ? place : { ...place, offset: 0 }, most, take);
    }
    const rest = place && (await readRotated(`${path}.1`, place, most, take));
    if (rest && !rest.done) return rest.place;
    const offset = place ? 0 : Math.max(0, Number(stats.size) - FIRST_BYTES);
    return await readLines(file, startOf(stats, offset), most - (rest?.read ?? 0), take);
  } finally {
    await file.close();
  }
}

/** Without following a link, and never waiting: a log is a plain file or it is none. */
async function openLog(path: string): Promise<FileHandle | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    if (!['ENOENT', 'ELOOP', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
  return null;
}

async function readRotated(
  path: string,
  place: LogPlace,
  most: number,
  take: (line: string) => void,
): Promise<{ place: LogPlace; read: number; done: boolean } | null> {
  const file = await openLog(path);
  if (!file) return null;
  try {
    const stats = await file.stat({ bigint: true });
    if (!isThere(place, stats)) return null;
    const end = await readLines(file, place, most, take);
    const read = end.offset - place.offset;
    return { place: end, read, done: read < most };
  } finally {
    await file.close();
  }
}

async function readLines(
  file: FileHandle,
  from: LogPlace,
  most: number,
  take: (line: string) => void,
): Promise<LogPlace> {
  const block = Buffer.alloc(CHUNK_BYTES);
  let { offset, skipping } = from;
  for (const until = from.offset + most; offset < until;) {
    const { bytesRead } = await file.read(block, 0, CHUNK_BYTES, offset);
    let start = 0;
    for (let end = block.indexOf(10); end >= 0 && end < bytesRead; end = block.indexOf(10, start)) {
      if (!skipping) take(block.toString('latin1', start, Math.min(end, start + LINE_BYTES)));
      skipping = false;
      start = end + 1;
    }
    if (bytesRead - start > LINE_BYTES) {
      if (!skipping) take(block.toString('latin1', start, start + LINE_BYTES));
      skipping = true;
      start = bytesRead;
    }
    offset += start;
    // What is left is a line that is not written to its end yet.
    if (bytesRead < CHUNK_BYTES) break;
  }
  return { ...from, offset, skipping, head: await headOf(file, offset) };
}

/** Of what was read, so that a line which is not whole yet changes nothing. */
async function headOf(file: FileHandle, offset: number): Promise<string> {
  const head = Buffer.alloc(Math.min(HEAD_BYTES, offset));
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return head.toString('hex', 0, bytesRead);
}

async function beginsAs(file: FileHandle, head: string): Promise<boolean> {
  return (await headOf(file, head.length / 2)) === head;
}

function isThere(place: LogPlace, { dev, ino }: BigIntStats): boolean {
  return place.device === String(dev) && place.inode === String(ino);
}

function startOf({ dev, ino }: BigIntStats, offset: number): LogPlace {
  return { device: String(dev), inode: String(ino), offset, head: '', skipping: offset > 0 };
}
