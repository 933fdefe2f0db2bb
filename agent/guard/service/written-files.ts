import { ownerOf, type GuardState } from './guard-state.ts';
import { inspectFile } from './inspect-file.ts';
import type { FindingOrigin } from './wire.ts';

/** A file that got new content, as the node announces it. */
export interface WrittenFile {
  accountRef: string;
  /** Below the home. */
  path: Buffer;
  origin: FindingOrigin;
}

interface Waiting {
  file: WrittenFile;
  /** When its first unseen content was written, ms since 1970. */
  sinceMs: number;
}

export type WrittenFiles = ReturnType<typeof writtenFiles>;

/**
 * Looks at written files in the order they came. One that is written again before its turn is looked
 * at once, as it is then. `failed` hears of our own defects; a scan looks at that file again.
 */
export function writtenFiles(state: GuardState, failed: (error: unknown) => void) {
  const queue: Waiting[] = [];
  const queued = new Map<string, Waiting>();
  const unseen = new Map<string, Set<Waiting>>();
  const watchers = new Map<string, Set<() => void>>();
  let busy = false;

  const finish = (waiting: Waiting) => {
    const { accountRef } = waiting.file;
    const mine = unseen.get(accountRef);
    mine?.delete(waiting);
    if (mine && mine.size > 0) return;
    unseen.delete(accountRef);
    for (const wake of watchers.get(accountRef) ?? []) wake();
    watchers.delete(accountRef);
  };

  const work = async () => {
    busy = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { accountRef, path, origin } = next.file;
      queued.delete(keyOf(next.file));
      try {
        const owner = ownerOf(state.options, accountRef);
        if (owner) await inspectFile(state, { owner, path, foundBy: 'write', origin });
      } catch (error) {
        failed(error);
      }
      finish(next);
    }
    busy = false;
  };

  return {
    add(file: WrittenFile): void {
      const again = queued.get(keyOf(file));
      if (again) {
        again.file = file;
        return;
      }
      const waiting = { file, sinceMs: Date.parse(file.origin.at) };
      queue.push(waiting);
      queued.set(keyOf(file), waiting);
      const mine = unseen.get(file.accountRef) ?? new Set();
      unseen.set(file.accountRef, mine.add(waiting));
      if (!busy) void work();
    },
    /** When the oldest content of the account that nobody has looked at was written. */
    unseenSince(accountRef: string): number | null {
      const mine = [...(unseen.get(accountRef) ?? [])];
      return mine.length > 0 ? Math.min(...mine.map(({ sinceMs }) => sinceMs)) : null;
    },
    /** Resolves when all of the account's files have been looked at, or after that time. */
    async seen(accountRef: string, timeoutMs: number): Promise<void> {
      if (!unseen.has(accountRef)) return;
      await new Promise<void>((resolve) => {
        const mine = watchers.get(accountRef) ?? new Set();
        const timer = setTimeout(() => {
          mine.delete(wake);
          resolve();
        }, timeoutMs);
        const wake = () => {
          clearTimeout(timer);
          resolve();
        };
        watchers.set(accountRef, mine.add(wake));
      });
    },
    count: () => queue.length,
  };
}

function keyOf({ accountRef, path }: WrittenFile): string {
  return `${accountRef}/${path.toString('latin1')}`;
}
