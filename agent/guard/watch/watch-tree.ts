import { lstatSync, watch, type FSWatcher } from 'node:fs';
import { entriesOf, isGone, pathOf } from './files-below.ts';

/** Changes are gathered this long: a file that is being written changes many times. */
const GATHER_MS = 50;
const SLASH = Buffer.from('/');

/**
 * Tells of each file below a folder that changes or comes, by the bytes of its path below it. One
 * inotify watch a folder, set before the folder is read: what is made meanwhile is not missed, how
 * fast ever. Links are not followed. (Libraries either set a watch on each file, or miss what is
 * made in a folder within the instant before its watch.)
 */
export function watchTree(
  root: string,
  changed: (path: Buffer) => void,
  failed: (error: unknown) => void,
): { folders: () => number; stop: () => void } {
  const watchers = new Map<string, FSWatcher>();
  let full = false;
  const { gather, stopGathering } = gatherChanges((path) => look(path));

  const look = (path: Buffer) => {
    const stats = lstatSync(pathOf(root, path), { throwIfNoEntry: false });
    if (stats?.isDirectory()) enter(path, true);
    else if (stats?.isFile()) changed(path);
    else if (!stats) leave(path);
  };

  const enter = (first: Buffer, isNew: boolean) => {
    for (const pending = [first]; pending.length > 0;) {
      const folder = pending.pop() as Buffer;
      try {
        if (!watchOne(folder)) continue;
        for (const entry of entriesOf(root, folder)) {
          const name = entry.name as unknown as Buffer;
          const path = folder.length > 0 ? Buffer.concat([folder, SLASH, name]) : name;
          if (entry.isDirectory()) pending.push(path);
          else if (isNew && entry.isFile()) changed(path);
        }
      } catch (error) {
        if (isGone(error)) leave(folder);
        else if (isFull(error)) return tellFull();
        else failed(error);
      }
    }
  };

  /** Once: each folder beyond the limit would say it again. */
  const tellFull = () => {
    if (!full) failed(new Error(`${watchers.size} folders are watched, others only by scans`));
    full = true;
  };

  /** False when it is watched already. */
  const watchOne = (folder: Buffer): boolean => {
    const key = folder.toString('latin1');
    if (watchers.has(key)) return false;
    const watcher = watch(pathOf(root, folder), { encoding: 'buffer' }, (_kind, name) => {
      if (!name) return gather(folder);
      gather(folder.length > 0 ? Buffer.concat([folder, SLASH, name]) : name);
    });
    watcher.on('error', (error) => (isGone(error) ? leave(folder) : failed(error)));
    watchers.set(key, watcher);
    return true;
  };

  const leave = (path: Buffer) => {
    const key = path.toString('latin1');
    if (!watchers.has(key)) return;
    for (const [each, watcher] of watchers) {
      if (each !== key && !each.startsWith(`${key}/`)) continue;
      watcher.close();
      watchers.delete(each);
    }
  };

  enter(Buffer.alloc(0), false);
  return {
    folders: () => watchers.size,
    stop: () => {
      stopGathering();
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** Looks at each path once for all that happens to it within an instant. */
function gatherChanges(look: (path: Buffer) => void) {
  const gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const lookAtAll = () => {
    timer = undefined;
    const paths = [...gathered];
    gathered.clear();
    for (const each of paths) look(Buffer.from(each, 'latin1'));
  };
  return {
    gather: (path: Buffer) => {
      gathered.add(path.toString('latin1'));
      timer ??= setTimeout(lookAtAll, GATHER_MS);
    },
    stopGathering: () => clearTimeout(timer),
  };
}

/** The limit of watches that this user may have (fs.inotify.max_user_watches). */
function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
