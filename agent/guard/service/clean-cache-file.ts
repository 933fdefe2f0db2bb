import { createHash, hash } from 'node:crypto';
import { fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { makeInodeCache, rememberInode, type InodeCache } from '../scan/inode-cache.ts';

const RECORD = 40;
const SUM = 32;

/**
 * Which files were clean, from scan to scan and over restarts: a scan that was cut short goes on
 * where it was. Valid for one engine only; a torn or foreign file counts as none.
 */
export function loadClean(fd: number, engine: string): InodeCache {
  const cache = makeInodeCache();
  const size = fstatSync(fd).size;
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size;) {
    const got = readSync(fd, bytes, at, size - at, at);
    if (got === 0) return cache;
    at += got;
  }
  const body = bytes.subarray(SUM);
  if (size < SUM || !bytes.subarray(0, SUM).equals(sumOf(engine, body))) return cache;
  for (let at = 0; at + RECORD <= body.length; at += RECORD) {
    const stats = {
      dev: body.readBigUInt64LE(at),
      ino: body.readBigUInt64LE(at + 8),
      size: body.readBigUInt64LE(at + 16),
      ctimeNs: body.readBigInt64LE(at + 24),
      mtimeNs: body.readBigInt64LE(at + 32),
    };
    rememberInode(cache, stats as Parameters<typeof rememberInode>[1], 0);
  }
  return cache;
}

export function saveClean(fd: number, engine: string, cache: InodeCache): void {
  const body = Buffer.alloc(cache.used * RECORD);
  let at = 0;
  for (let slot = 0; slot < cache.slots; slot++) {
    if (cache.verdict[slot] === 0) continue;
    body.writeBigUInt64LE(BigInt(cache.device[slot] as number), at);
    body.writeBigUInt64LE(BigInt(cache.inode[slot] as number), at + 8);
    body.writeBigUInt64LE(BigInt(cache.size[slot] as number), at + 16);
    body.writeBigInt64LE(cache.changedNs[slot] as bigint, at + 24);
    body.writeBigInt64LE(cache.modifiedNs[slot] as bigint, at + 32);
    at += RECORD;
  }
  const whole = Buffer.concat([sumOf(engine, body), body]);
  ftruncateSync(fd, whole.length);
  for (let done = 0; done < whole.length;) {
    done += writeSync(fd, whole, done, whole.length - done, done);
  }
}

function sumOf(engine: string, body: Buffer): Buffer {
  return createHash('sha256').update(hash('sha256', engine)).update(body).digest();
}
