import { closeSync, constants, lstatSync, openSync, readdirSync } from 'node:fs';
import {
  FAN_ATTRIB,
  FAN_CLOSE_WRITE,
  FAN_CREATE,
  FAN_MODIFY,
  FAN_MOVED_TO,
  FAN_ONDIR,
} from './fanotify-events.ts';
import { cString, type Libc } from './libc.ts';

const FAN_CLOEXEC = 0x1;
const FAN_NONBLOCK = 0x2;
const FAN_REPORT_DFID_NAME = 0xc00;
const FAN_MARK_ADD = 0x1;
const FAN_MARK_FILESYSTEM = 0x100;
const AT_FDCWD = -100;
/** Attributes too: a file that was nobody's to read becomes one that runs. */
const WANTED = FAN_MODIFY | FAN_ATTRIB | FAN_CLOSE_WRITE | FAN_MOVED_TO | FAN_CREATE | FAN_ONDIR;

/** `struct statfs` of 64-bit Linux. */
const STATFS_BYTES = 120;
const FSID_AT = 56;

/**
 * One mark for the file system of the root and for each that is mounted on a folder in it (homes
 * that are volumes of their own). Throws when the kernel or our rights do not allow it.
 */
export function watchedMounts(libc: Libc, root: Buffer) {
  const fd = libc.fanotify_init(FAN_CLOEXEC | FAN_NONBLOCK | FAN_REPORT_DFID_NAME, 0);
  if (fd < 0) throw new Error('the kernel gives no fanotify to this process');
  /** Of each file system, by its fsid: an open folder on it. */
  const mounts = new Map<string, number>();
  const devices = new Set<number>();

  const mark = (path: Buffer, device: number) => {
    const made = libc.fanotify_mark(
      fd,
      FAN_MARK_ADD | FAN_MARK_FILESYSTEM,
      WANTED,
      AT_FDCWD,
      cString(path),
    );
    const about = Buffer.alloc(STATFS_BYTES);
    if (made < 0 || libc.statfs(cString(path), about) < 0) {
      throw new Error(`the file system of ${path.toString()} cannot be watched as a whole`);
    }
    const fsid = about.toString('latin1', FSID_AT, FSID_AT + 8);
    const before = mounts.get(fsid);
    mounts.set(fsid, openSync(path, constants.O_RDONLY | constants.O_DIRECTORY));
    if (before !== undefined) closeSync(before);
    devices.add(device);
  };

  const rootDevice = lstatSync(root).dev;
  mark(root, rootDevice);
  return {
    fd,
    mountOf: (fsid: Buffer) => mounts.get(fsid.toString('latin1')) ?? null,
    /** Marks file systems that were mounted since; true if there were any. */
    refresh(): boolean {
      let isNew = false;
      for (const name of readdirSync(root, { encoding: 'buffer' })) {
        const path = Buffer.concat([root, Buffer.from('/'), name]);
        const stats = lstatSync(path, { throwIfNoEntry: false });
        if (!stats?.isDirectory() || devices.has(stats.dev)) continue;
        mark(path, stats.dev);
        isNew = true;
      }
      return isNew;
    },
  };
}
