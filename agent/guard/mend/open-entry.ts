import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { asAccount } from './as-account.ts';
import { leave, leftBecause, type LeftAlone } from './left-alone.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
const SLASH = 47;
const DEEPEST = 256;

/** One name in one open folder. `at` is its path for node:fs, good as long as the folder is open. */
export interface Entry {
  folder: number;
  name: Buffer;
  at: Buffer;
}

/** The account's folder itself; the path above it is ours. */
export function openHome(home: string): number {
  return openSync(home, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

/**
 * Opens the folders above an entry name by name with the account's rights, none of them a link or on
 * another file system, and runs the task with our own. Names are bytes. What the kernel refuses the
 * task is answered as left alone. Linux only: /proc/self/fd stands for openat(2).
 */
export function withEntry<T>(
  home: number,
  account: number | null,
  path: Buffer,
  task: (entry: Entry) => T | LeftAlone,
): T | LeftAlone {
  const names = splitBytes(path);
  const name = names?.pop();
  if (!names || !name) return leave('gone');
  let folder: number | null = null;
  try {
    folder = asAccount(account, () => openFolders(home, names));
    if (folder === null) return leave('other-device');
    return task({ folder, name, at: entryAt(folder, name) });
  } catch (error) {
    const left = leftBecause(error);
    if (left) return left;
    throw error;
  } finally {
    if (folder !== null) closeSync(folder);
  }
}

/** Null when one of them is on another file system. */
function openFolders(home: number, names: readonly Buffer[]): number | null {
  const flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
  const device = fstatSync(home).dev;
  let folder = openSync(`/proc/self/fd/${home}/.`, flags);
  for (const name of names) {
    let next: number | null = null;
    try {
      next = openSync(entryAt(folder, name), flags);
    } finally {
      closeSync(folder);
    }
    folder = next;
    if (fstatSync(folder).dev === device) continue;
    closeSync(folder);
    return null;
  }
  return folder;
}

export function entryAt(folder: number, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${folder}/`), name]);
}

/** Null for what is no plain path below a folder: `..`, empty names, a zero byte. */
function splitBytes(path: Buffer): Buffer[] | null {
  const names: Buffer[] = [];
  for (let from = 0; from <= path.length;) {
    const slash = path.indexOf(SLASH, from);
    const end = slash < 0 ? path.length : slash;
    const name = path.subarray(from, end);
    const text = name.toString('latin1');
    if (text === '' || text === '.' || text === '..' || text.includes('\0')) return null;
    names.push(name);
    from = end + 1;
  }
  return names.length > DEEPEST ? null : names;
}
