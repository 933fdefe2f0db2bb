import { createHash, hash } from 'node:crypto';
import { fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { makeInodeCache, rememberSeen, type InodeCache } from '../scan/inode-cache.ts';

const RECORD = 28;
/** Of the form of a record: what another version wrote counts as none. */
const FORM = '2';
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
    const device = Number(body.readBigUInt64LE(at));
    const inode = Number(body.readBigUInt64LE(at + 8));
    const seen = { changedNs: body.readBigInt64LE(at + 16), check: body.readUInt32LE(at + 24) };
    rememberSeen(cache, device, inode, seen, 0);
  }
  return cache;
}

export function saveClean(fd: number, engine: string, cache: InodeCache): void {
  const body = Buffer.alloc(cache.used * RECORD);
  let at = 0;
  for (let slot = 0; slot < cache.slots; slot++) {
    if (cache.verdict[slot] === 0) continue;
    const device = cache.devices[cache.device[slot] as number] as number;
    body.writeBigUInt64LE(BigInt(device), at);
    body.writeBigUInt64LE(BigInt(cache.inode[slot] as number), at + 8);
    body.writeBigInt64LE(cache.changedNs[slot] as bigint, at + 16);
    body.writeUInt32LE(cache.check[slot] as number, at + 24);
    at += RECORD;
  }
  const whole = Buffer.concat([sumOf(engine, body), body]);
  ftruncateSync(fd, whole.length);
  for (let done = 0; done < whole.length;) {
    done += writeSync(fd, whole, done, whole.length - done, done);
  }
}

function sumOf(engine: string, body: Buffer): Buffer {
  return createHash('sha256')
    .update(hash('sha256', FORM + engine))
    .update(body)
    .digest();
}
