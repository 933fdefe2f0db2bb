import type { BigIntStats } from 'node:fs';

/**
 * What was seen of each file, by device and inode: an unchanged file costs an lstat and a look here.
 * ctime counts, because mtime can be set by anybody and ctime cannot. Packed in typed arrays: about
 * 44 bytes a slot, so a million files take under 100 MB.
 */
export interface InodeCache {
  slots: number;
  used: number;
  device: Float64Array;
  inode: Float64Array;
  size: Float64Array;
  changedNs: BigInt64Array;
  modifiedNs: BigInt64Array;
  /** Number of the verdict plus one; 0 marks a free slot. */
  verdict: Uint32Array;
}

export function makeInodeCache(slots = 1 << 12): InodeCache {
  return {
    slots,
    used: 0,
    device: new Float64Array(slots),
    inode: new Float64Array(slots),
    size: new Float64Array(slots),
    changedNs: new BigInt64Array(slots),
    modifiedNs: new BigInt64Array(slots),
    verdict: new Uint32Array(slots),
  };
}

/** The verdict's number when the file is what it was, else -1. */
export function lookUpInode(cache: InodeCache, stats: BigIntStats): number {
  const slot = slotOf(cache, Number(stats.dev), Number(stats.ino));
  if (cache.verdict[slot] === 0) return -1;
  const same =
    cache.size[slot] === Number(stats.size) &&
    cache.changedNs[slot] === stats.ctimeNs &&
    cache.modifiedNs[slot] === stats.mtimeNs;
  return same ? (cache.verdict[slot] as number) - 1 : -1;
}

export function rememberInode(cache: InodeCache, stats: BigIntStats, verdict: number): void {
  if (cache.used * 2 >= cache.slots) grow(cache);
  const slot = slotOf(cache, Number(stats.dev), Number(stats.ino));
  if (cache.verdict[slot] === 0) cache.used++;
  cache.device[slot] = Number(stats.dev);
  cache.inode[slot] = Number(stats.ino);
  cache.size[slot] = Number(stats.size);
  cache.changedNs[slot] = stats.ctimeNs;
  cache.modifiedNs[slot] = stats.mtimeNs;
  cache.verdict[slot] = verdict + 1;
}

function slotOf(cache: InodeCache, device: number, inode: number): number {
  const mask = cache.slots - 1;
  let slot = (Math.imul(inode | 0, 0x9e3779b1) ^ Math.imul(device | 0, 0x85ebca6b)) >>> 7;
  for (slot &= mask; cache.verdict[slot] !== 0; slot = (slot + 1) & mask) {
    if (cache.inode[slot] === inode && cache.device[slot] === device) return slot;
  }
  return slot;
}

function grow(cache: InodeCache): void {
  const old = { ...cache };
  Object.assign(cache, makeInodeCache(old.slots * 2), { used: old.used });
  for (let from = 0; from < old.slots; from++) {
    if (old.verdict[from] === 0) continue;
    const to = slotOf(cache, old.device[from] as number, old.inode[from] as number);
    cache.device[to] = old.device[from] as number;
    cache.inode[to] = old.inode[from] as number;
    cache.size[to] = old.size[from] as number;
    cache.changedNs[to] = old.changedNs[from] as bigint;
    cache.modifiedNs[to] = old.modifiedNs[from] as bigint;
    cache.verdict[to] = old.verdict[from] as number;
  }
}
