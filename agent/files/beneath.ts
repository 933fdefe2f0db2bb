import { closeSync, constants, fchownSync, mkdirSync, openSync } from 'node:fs';
import { accept, refuse, type Answer } from '../refusal.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;

/** Who owns what is created; null leaves it to the process (the node is not root). */
export type Owner = number | null;

/**
 * Opens a folder below a home and runs the task with its descriptor. Each name is opened without
 * following links, relative to the descriptor before it (Linux /proc/self/fd, as openat would), so
 * no link and no rename in between leads the task out of the home.
 * With `make`, missing folders are created for that owner.
 */
export async function inFolder<T>(
  home: string,
  names: readonly string[],
  task: (folder: number) => Promise<Answer<T>> | Answer<T>,
  make?: { owner: Owner },
): Promise<Answer<T>> {
  const opened = openFolder(home, names, make);
  if (!opened.ok) return opened;
  try {
    return await task(opened.value);
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal) return refusal;
    throw error;
  } finally {
    closeSync(opened.value);
  }
}

/** The caller closes the descriptor. */
export function openFolder(
  home: string,
  names: readonly string[],
  make?: { owner: Owner },
): Answer<number> {
  let current: number | null = null;
  try {
    current = openSync(home, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    for (const name of names) {
      const next: number = step(current, name, make);
      closeSync(current);
      current = next;
    }
    return accept(current);
  } catch (error) {
    if (current !== null) closeSync(current);
    const refusal = asRefusal(error);
    if (refusal) return refusal;
    throw error;
  }
}

/** A path for node:fs that names an entry of an open folder. */
export function entryIn(folder: number, name: string): string {
  return `/proc/self/fd/${folder}/${name}`;
}

export function folderPath(folder: number): string {
  return `/proc/self/fd/${folder}`;
}

function step(folder: number, name: string, make?: { owner: Owner }): number {
  const path = entryIn(folder, name);
  try {
    return openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    if (!make || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(path, { mode: 0o750 });
  const made = openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (make.owner !== null) fchownSync(made, make.owner, make.owner);
  return made;
}

/** What the kernel says about an entry, in our words; null for the unexpected. */
export function asRefusal(error: unknown) {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return refuse('entry-not-found', 'There is no such file or folder.');
    case 'ENOTDIR':
    case 'ELOOP':
      return refuse('not-a-folder', 'A part of the path is not a folder.');
    case 'EISDIR':
      return refuse('not-a-file', 'This is a folder, not a file.');
    case 'EEXIST':
    case 'ENOTEMPTY':
      return refuse('entry-exists', 'There is already something with this name.');
    case 'ENAMETOOLONG':
      return refuse('path-unsafe', 'The name is too long.');
    case 'ENOSPC':
    case 'EDQUOT':
      return refuse('disk-limit-reached', 'The disk of the server is full.');
    default:
      return null;
  }
}
