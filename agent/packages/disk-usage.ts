import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeStore } from '../records/node-store.ts';

export type DiskUsed = { bytes: number; files: number };

export type DiskUsage = ReturnType<typeof diskUsage>;

/**
 * How much each account holds. Counted by walking its home when first asked, then kept in memory:
 * uploads adjust it exactly, a PHP process reports growth at once and shrinking is found at the
 * next walk, so the figure errs on the full side only.
 */
export function diskUsage(store: Pick<NodeStore, 'homeOf' | 'accounts' | 'packages'>) {
  const known = new Map<string, DiskUsed & { stale: boolean }>();

  async function used(accountRef: string): Promise<DiskUsed> {
    const cached = known.get(accountRef);
    if (cached && !cached.stale) return cached;
    const counted = await measureFolder(store.homeOf(accountRef));
    known.set(accountRef, { ...counted, stale: false });
    return counted;
  }

  async function usedByPackage(packageRef: string): Promise<DiskUsed> {
    const total = { bytes: 0, files: 0 };
    for (const account of store.accounts.values()) {
      if (account.packageRef !== packageRef || account.deletedAt !== null) continue;
      const part = await used(account.ref);
      total.bytes += part.bytes;
      total.files += part.files;
    }
    return total;
  }

  return {
    used,
    usedByPackage,
    /** Bytes the package may still store; never negative. */
    async remainingBytes(packageRef: string): Promise<number> {
      const limitMb = store.packages.get(packageRef)?.limits.diskMb ?? 0;
      const { bytes } = await usedByPackage(packageRef);
      return Math.max(0, limitMb * 1024 * 1024 - bytes);
    },
    /** Growth that is certain already; `stale` asks for a fresh walk before the next answer. */
    changed(accountRef: string, growthBytes: number, stale: boolean) {
      const entry = known.get(accountRef);
      if (!entry) return;
      entry.bytes += growthBytes;
      entry.stale ||= stale;
    },
    forget(accountRef: string) {
      known.delete(accountRef);
    },
  };
}

/** Sums apparent sizes without following links; what disappears during the walk counts as gone. */
async function measureFolder(root: string): Promise<DiskUsed> {
  const total = { bytes: 0, files: 0 };
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    try {
      for await (const entry of await opendir(folder)) {
        const path = join(folder, entry.name);
        total.files += 1;
        if (entry.isDirectory()) pending.push(path);
        else total.bytes += (await lstat(path)).size;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return total;
}
