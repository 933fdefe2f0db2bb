import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeStore } from '../records/node-store.ts';

export type DiskUsed = { bytes: number; files: number };

type Known = DiskUsed & { stale: boolean; countedAt: number };
type Walk = { result: Promise<Known>; late: { bytes: number; stale: boolean } };

export type DiskUsage = ReturnType<typeof diskUsage>;

/** Below this share of the limit the estimate is not good enough to refuse a write. */
const scarceShare = 0.25;
/** A site that writes with every request is not walked with every request. */
const recountEveryMs = 1_000;

/**
 * How much each account holds. Counted by walking its home, then kept in memory: uploads adjust it
 * exactly; PHP's growth is added at once and its deletions are found at the next walk, so that
 * between walks the figure errs on the full side only.
 */
export function diskUsage(store: Pick<NodeStore, 'homeOf' | 'index' | 'packages'>) {
  const known = new Map<string, Known>();
  /** Walks under way, with what changed since they began. */
  const counting = new Map<string, Walk>();

  const count = (accountRef: string): Promise<Known> => {
    const running = counting.get(accountRef);
    if (running) return running.result;
    const late = { bytes: 0, stale: false };
    const countedAt = performance.now();
    const result = measureFolder(store.homeOf(accountRef))
      .then(({ bytes, files }) => {
        const entry = { bytes: bytes + late.bytes, files, stale: late.stale, countedAt };
        known.set(accountRef, entry);
        return entry;
      })
      .finally(() => counting.delete(accountRef));
    counting.set(accountRef, { result, late });
    return result;
  };

  /** As good as exact, or (`estimate`) without walking again what was counted once. */
  const sum = async (packageRef: string, estimate: boolean): Promise<Known> => {
    const total = { bytes: 0, files: 0, stale: false, countedAt: performance.now() };
    for (const { ref } of store.index.accountsOf(packageRef)) {
      const cached = known.get(ref);
      const part = cached && (estimate || !cached.stale) ? cached : await count(ref);
      total.bytes += part.bytes;
      total.files += part.files;
      total.stale ||= part.stale;
      total.countedAt = Math.min(total.countedAt, part.countedAt);
    }
    return total;
  };

  const limitBytes = (packageRef: string) =>
    (store.packages.get(packageRef)?.limits.diskMb ?? 0) * 1024 * 1024;

  return {
    async used(accountRef: string): Promise<DiskUsed> {
      const cached = known.get(accountRef);
      return cached && !cached.stale ? cached : count(accountRef);
    },
    usedByPackage: (packageRef: string): Promise<DiskUsed> => sum(packageRef, false),
    /** Bytes the package may still store, exactly. */
    async remainingBytes(packageRef: string): Promise<number> {
      return Math.max(0, limitBytes(packageRef) - (await sum(packageRef, false)).bytes);
    },
    /** As remainingBytes, cheap enough for every request. */
    async budgetBytes(packageRef: string): Promise<number> {
      const limit = limitBytes(packageRef);
      const estimate = await sum(packageRef, true);
      const scarce = limit - estimate.bytes < limit * scarceShare;
      const recount = performance.now() - estimate.countedAt > recountEveryMs;
      const used = estimate.stale && scarce && recount ? await sum(packageRef, false) : estimate;
      return Math.max(0, limit - used.bytes);
    },
    /** Growth that is certain already; `stale`: there may have been more, or deletions. */
    changed(accountRef: string, growthBytes: number, stale: boolean) {
      for (const entry of [known.get(accountRef), counting.get(accountRef)?.late]) {
        if (!entry) continue;
        entry.bytes += growthBytes;
        entry.stale ||= stale;
      }
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
