import { closeSync, readlinkSync } from 'node:fs';
import type { Libc } from './libc.ts';

const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const MOST_KNOWN = 65_536;
const SLASH = Buffer.from('/');

/**
 * Where folders stand that the kernel names by handle: their path below the root, null for what is
 * elsewhere or gone. Remembered until some folder is moved, because most of what happens on a file
 * system happens outside and again and again in the same place.
 */
export function folderNames(libc: Libc, root: Buffer, mountOf: (fsid: Buffer) => number | null) {
  const below = Buffer.concat([root, SLASH]);
  const known = new Map<string, Buffer | null>();

  const look = (fsid: Buffer, handle: Buffer): Buffer | null => {
    const mount = mountOf(fsid);
    if (mount === null) return null;
    const fd = libc.open_by_handle_at(mount, Buffer.from(handle), O_PATH | O_CLOEXEC);
    // Gone meanwhile.
    if (fd < 0) return null;
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`, { encoding: 'buffer' });
      if (path.equals(root)) return Buffer.alloc(0);
      return path.subarray(0, below.length).equals(below) ? path.subarray(below.length) : null;
    } finally {
      closeSync(fd);
    }
  };

  return {
    forget: () => known.clear(),
    of({ fsid, handle }: { fsid: Buffer; handle: Buffer }): Buffer | null {
      const key = `${fsid.toString('latin1')}${handle.toString('latin1')}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= MOST_KNOWN) known.clear();
      const path = look(fsid, handle);
      known.set(key, path);
      return path;
    },
  };
}

/** The path of a name in such a folder. */
export function pathIn(folder: Buffer, name: Buffer): Buffer {
  return folder.length > 0 ? Buffer.concat([folder, SLASH, name]) : Buffer.from(name);
}
