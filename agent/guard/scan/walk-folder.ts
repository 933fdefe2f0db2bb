import { closeSync, constants, fstatSync, lstatSync, opendirSync, openSync } from 'node:fs';
import type { BigIntStats, Dir } from 'node:fs';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
/** Folders open at once; deeper ones are reported, not entered. */
const DEEPEST = 256;

export interface Found {
  /** Opens the entry without following links, whatever happens to the path meanwhile. */
  entry: Buffer;
  /** For people: any byte is possible in it. Made only when asked for. */
  path: () => Buffer;
  name: Buffer;
  stats: BigIntStats;
}

export interface WalkReport {
  file: (found: Found) => void;
  /** What was left out and why: `too-deep`, `other-device`, or the system's code. */
  skipped: (path: Buffer, reason: string) => void;
}

interface Level {
  fd: number;
  dir: Dir;
  path: Buffer;
  /** What an entry's path starts with. */
  prefix: Buffer;
}

/**
 * Visits every regular file below a path, by descriptors of folders and names as bytes. Links are
 * not followed, other file systems not entered, nothing is recursive, and a folder of any size is
 * read in portions. Linux only (/proc/self/fd).
 */
export function walkFolder(root: Buffer, report: WalkReport): void {
  const stats = lstatSync(root, { bigint: true });
  if (stats.isFile()) {
    const name = root.subarray(root.lastIndexOf('/') + 1);
    return report.file({ entry: root, path: () => root, name, stats });
  }
  if (!stats.isDirectory()) return report.skipped(root, 'not-a-file');
  const levels: Level[] = [];
  try {
    enter(levels, root, root, report, null);
    const device = levels[0] ? fstatSync(levels[0].fd, { bigint: true }).dev : 0n;
    for (let level = levels.at(-1); level; level = levels.at(-1)) {
      const next = level.dir.readSync();
      if (next) visit(levels, level, next.name as unknown as Buffer, device, report);
      else leave(levels);
    }
  } finally {
    while (levels.length > 0) leave(levels);
  }
}

const SLASH = Buffer.from('/');

function join(prefix: Buffer, name: Buffer): Buffer {
  const joined = Buffer.allocUnsafe(prefix.length + name.length);
  prefix.copy(joined);
  name.copy(joined, prefix.length);
  return joined;
}

function visit(
  levels: Level[],
  level: Level,
  name: Buffer,
  device: bigint,
  report: WalkReport,
): void {
  const entry = join(level.prefix, name);
  const path = () => Buffer.concat([level.path, SLASH, name]);
  let stats: BigIntStats;
  try {
    stats = lstatSync(entry, { bigint: true });
  } catch (error) {
    return report.skipped(path(), (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  if (stats.isFile()) report.file({ entry, path, name, stats });
  else if (!stats.isDirectory()) return;
  else if (stats.dev !== device) report.skipped(path(), 'other-device');
  else enter(levels, entry, path(), report, stats);
}

function enter(
  levels: Level[],
  entry: Buffer,
  path: Buffer,
  report: WalkReport,
  expected: BigIntStats | null,
): void {
  if (levels.length >= DEEPEST) return report.skipped(path, 'too-deep');
  let fd = -1;
  try {
    fd = openSync(entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const stats = fstatSync(fd, { bigint: true });
    if (expected && stats.ino !== expected.ino)
      throw Object.assign(new Error(), { code: 'ESTALE' });
    const options = { encoding: 'buffer', bufferSize: 1024 } as const;
    const dir = opendirSync(`/proc/self/fd/${fd}`, options as unknown as { encoding: 'utf8' });
    levels.push({ fd, dir, path, prefix: Buffer.from(`/proc/self/fd/${fd}/`) });
  } catch (error) {
    if (fd >= 0) closeSync(fd);
    report.skipped(path, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

function leave(levels: Level[]): void {
  const level = levels.pop();
  if (!level) return;
  level.dir.closeSync();
  closeSync(level.fd);
}
