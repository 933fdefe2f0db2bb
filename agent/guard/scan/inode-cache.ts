import type { BigIntStats } from 'node:fs';

/**
 * What was seen of each file, by device and inode: an unchanged file costs an lstat and a look here.
 * ctime counts, because mtime can be set by anybody and ctime cannot; size and mtime are kept as a
 * check of 32 bits beside it. Packed in typed arrays, 26 bytes a slot: a million files take at most
 * 41 MB.
 */
export interface InodeCache {
  slots: number;
  used: number;
  /** Devices by their number in `device`. */
  devices: number[];
  device: Uint16Array;
  inode: Float64Array;
  changedNs: BigInt64Array;
  check: Uint32Array;
  /** Number of the verdict plus one; 0 marks a free slot. */
  verdict: Uint32Array;
}

export function makeInodeCache(slots = 1 << 12): InodeCache {
  return { used: 0, devices: [], ...makeSlots(slots) };
}

/** How full slots may be, and how many more there are then: fine steps waste little memory. */
const FULL = 0.8;
const GROWTH = 1.25;

function makeSlots(slots: number) {
  return {
    slots,
    device: new Uint16Array(slots),
    inode: new Float64Array(slots),
    changedNs: new BigInt64Array(slots),
    check: new Uint32Array(slots),
    verdict: new Uint32Array(slots),
  };
}

/** The verdict's number when the file is what it was, else -1. */
export function lookUpInode(cache: InodeCache, stats: BigIntStats): number {
  const device = cache.devices.indexOf(Number(stats.dev));
  if (device < 0) return -1;
  const slot = slotOf(cache, device, Number(stats.ino));
  if (cache.verdict[slot] === 0) return -1;
  const same = cache.changedNs[slot] === stats.ctimeNs && cache.check[slot] === checkOf(stats);
  return same ? (cache.verdict[slot] as number) - 1 : -1;
}

export function rememberInode(cache: InodeCache, stats: BigIntStats, verdict: number): void {
  const seen = { changedNs: stats.ctimeNs, check: checkOf(stats) };
  rememberSeen(cache, Number(stats.dev), Number(stats.ino), seen, verdict);
}

/** The same from what was written down of an earlier cache. */
export function rememberSeen(
  cache: InodeCache,
  dev: number,
  inode: number,
  { changedNs, check }: { changedNs: bigint; check: number },
  verdict: number,
): void {
  if (cache.used >= cache.slots * FULL) grow(cache);
  const device = deviceOf(cache, dev);
  const slot = slotOf(cache, device, inode);
  if (cache.verdict[slot] === 0) cache.used++;
  cache.device[slot] = device;
  cache.inode[slot] = inode;
  cache.changedNs[slot] = changedNs;
  cache.check[slot] = check;
  cache.verdict[slot] = verdict + 1;
}

function deviceOf(cache: InodeCache, device: number): number {
  const known = cache.devices.indexOf(device);
  if (known >= 0) return known;
  // More file systems than there are numbers for share the last: ctime still tells files apart.
  if (cache.devices.length < 0xffff) cache.devices.push(device);
  return cache.devices.length - 1;
}

function checkOf(stats: BigIntStats): number {
  const modified = Number((stats.mtimeNs ^ (stats.mtimeNs >> 32n)) & 0xffffffffn);
  return (Math.imul(Number(stats.size) | 0, 0x9e3779b1) ^ modified) >>> 0;
}

function slotOf(cache: InodeCache, device: number, inode: number): number {
  const { slots } = cache;
  const spread = (Math.imul(inode | 0, 0x9e3779b1) ^ Math.imul(device, 0x85ebca6b)) >>> 0;
  let slot = Math.floor((spread * slots) / 2 ** 32);
  while (cache.verdict[slot] !== 0) {
    if (cache.inode[slot] === inode && cache.device[slot] === device) return slot;
    slot = slot + 1 === slots ? 0 : slot + 1;
  }
  return slot;
}

function grow(cache: InodeCache): void {
  const old = { ...cache };
  Object.assign(cache, makeSlots(Math.ceil(old.slots * GROWTH)));
  for (let from = 0; from < old.slots; from++) {
    if (old.verdict[from] === 0) continue;
    const to = slotOf(cache, old.device[from] as number, old.inode[from] as number);
    cache.device[to] = old.device[from] as number;
    cache.inode[to] = old.inode[from] as number;
    cache.changedNs[to] = old.changedNs[from] as bigint;
    cache.check[to] = old.check[from] as number;
    cache.verdict[to] = old.verdict[from] as number;
  }
  // Given back at once: the collector is in no hurry with what lies outside its heap.
  for (const array of [old.device, old.inode, old.changedNs, old.check, old.verdict]) {
    (array.buffer as ArrayBuffer).transfer(0);
  }
}
