import { lstatSync } from 'node:fs';
import { filesBelow } from './files-below.ts';
import { watchMount } from './watch-mount.ts';
import { watchTree } from './watch-tree.ts';

/** Paths are bytes below the watched folder; links are not followed. */
export interface Changes {
  /** A file got other content, or came. */
  changed: (path: Buffer) => void;
  /** A folder came with whatever is in it. */
  folder: (path: Buffer) => void;
  /** Anything may have changed below that folder, or anywhere (null): look at it all. */
  missed: (below: Buffer | null) => void;
  failed: (error: unknown) => void;
}

export interface ChangeWatch {
  /** fanotify: one mark for a file system. tree: a watch for each folder. */
  kind: 'fanotify' | 'tree';
  /** Why it is not fanotify. */
  why: string | null;
  stop: () => void;
}

/** Files of a folder that was moved in, told one by one; of more a scan is asked for. */
const MOST_AT_ONCE = 2000;

/**
 * Watches a folder with all that is below it: file systems as a whole where the kernel and our
 * rights allow it, else folder by folder. `folder` of what it is given need not be cared for.
 */
export async function watchChanges(
  root: string,
  told: Omit<Changes, 'folder'>,
  kind: 'best' | ChangeWatch['kind'] = 'best',
): Promise<ChangeWatch> {
  const folder = (path: Buffer) => {
    const files = filesBelow(root, path, MOST_AT_ONCE);
    if (files === null) told.missed(path);
    else for (const file of files) told.changed(file);
  };
  let why = 'asked for';
  if (kind !== 'tree') {
    try {
      return await watchMount(root, { ...told, folder });
    } catch (error) {
      if (kind === 'fanotify') throw error;
      why = error instanceof Error ? error.message : String(error);
    }
  }
  if (!lstatSync(root).isDirectory()) throw new Error(`${root} is no folder`);
  const { stop } = watchTree(root, told.changed, told.failed);
  return { kind: 'tree', why, stop };
}
