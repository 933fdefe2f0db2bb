import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { copyAttributes } from './copy-attributes.ts';
import { mendRecord, type MendRecord } from './mend-record.ts';
import { writeDurably } from './write-durably.ts';

/** Where originals are kept, and the records of what was done. Ours alone, outside every site. */
export interface Quarantine {
  objects: string;
  records: string;
  maxBytes: number;
  keepDays: number;
  usedBytes: number;
  /** By finding: whose original is kept, and its size there. */
  kept: Map<string, { accountRef: string; bytes: number }>;
}

/** Says what it is to whoever finds one; no tag of PHP can follow it, the rest is cipher text. */
const HEAD = Buffer.from('STOIKA QUARANTINE 1\n');

export function openQuarantine(
  folder: string,
  limits: { maxBytes: number; keepDays: number },
): Quarantine {
  const folders = { objects: join(folder, 'objects'), records: join(folder, 'mends') };
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true, mode: 0o700 });
  const opened: Quarantine = { ...folders, ...limits, usedBytes: 0, kept: new Map() };
  for (const name of readdirSync(opened.records)) {
    if (name.endsWith('.tmp')) rmSync(join(opened.records, name));
  }
  for (const name of readdirSync(opened.objects)) {
    const path = join(opened.objects, name);
    const record = name.endsWith('.tmp') ? null : readMend(opened, name);
    // Written before its record; without one it stands for nothing that was done.
    if (!record) rmSync(path, { force: true });
    else countIn(opened, record, statSync(path).size);
  }
  return opened;
}

function countIn(quarantine: Quarantine, record: MendRecord, bytes: number): void {
  const { findingId, accountRef } = record;
  quarantine.usedBytes += bytes - (quarantine.kept.get(findingId)?.bytes ?? 0);
  quarantine.kept.set(findingId, { accountRef, bytes });
}

/**
 * Whether an original of so many bytes may be kept. No account holds more than it leaves free, so
 * however much one puts there, the others find room.
 */
export function hasRoom(quarantine: Quarantine, accountRef: string, bytes: number): boolean {
  const size = bytes + HEAD.length;
  const freeBytes = quarantine.maxBytes - quarantine.usedBytes - size;
  let ownBytes = size;
  for (const kept of quarantine.kept.values()) {
    if (kept.accountRef === accountRef) ownBytes += kept.bytes;
  }
  return ownBytes <= freeBytes;
}

export function newKey(): string {
  return randomBytes(48).toString('base64');
}

/**
 * Keeps an original, encrypted: at rest it can be neither run nor found by other scanners. With the
 * attributes of the open file, where nothing will be left to carry them.
 */
export function keepObject(
  quarantine: Quarantine,
  record: MendRecord,
  original: Buffer,
  attributes: number | null,
): void {
  const key = Buffer.from(record.key, 'base64');
  const cipher = createCipheriv('aes-256-ctr', key.subarray(0, 32), key.subarray(32));
  const object = Buffer.concat([HEAD, cipher.update(original), cipher.final()]);
  const path = join(quarantine.objects, record.findingId);
  writeDurably(path, object);
  const kept = openSync(path, 'r+');
  try {
    if (attributes !== null) copyAttributes(attributes, kept);
    fchmodSync(kept, 0o400);
    fsyncSync(kept);
  } finally {
    closeSync(kept);
  }
  countIn(quarantine, record, object.length);
}

/** The original's bytes; null when they are no longer kept or not what they were. */
export function readObject(quarantine: Quarantine, record: MendRecord): Buffer | null {
  let object: Buffer;
  try {
    object = readFileSync(join(quarantine.objects, record.findingId));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (!object.subarray(0, HEAD.length).equals(HEAD)) return null;
  const key = Buffer.from(record.key, 'base64');
  const decipher = createDecipheriv('aes-256-ctr', key.subarray(0, 32), key.subarray(32));
  const original = Buffer.concat([decipher.update(object.subarray(HEAD.length)), decipher.final()]);
  const sha256 = createHash('sha256').update(original).digest('hex');
  return sha256 === record.before.sha256 ? original : null;
}

/** For what it was kept with beside its bytes; the caller closes it. */
export function openObject(quarantine: Quarantine, findingId: string): number {
  return openSync(join(quarantine.objects, findingId), 'r');
}

export function dropObject(quarantine: Quarantine, findingId: string): void {
  rmSync(join(quarantine.objects, findingId), { force: true });
  quarantine.usedBytes -= quarantine.kept.get(findingId)?.bytes ?? 0;
  quarantine.kept.delete(findingId);
}

export function saveMend(quarantine: Quarantine, record: MendRecord): void {
  const path = join(quarantine.records, `${record.findingId}.json`);
  writeDurably(path, Buffer.from(JSON.stringify(record)));
}

export function readMend(quarantine: Quarantine, findingId: string): MendRecord | null {
  try {
    const text = readFileSync(join(quarantine.records, `${findingId}.json`), 'utf8');
    return mendRecord.parse(JSON.parse(text));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function allMends(quarantine: Quarantine): MendRecord[] {
  return readdirSync(quarantine.records)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readMend(quarantine, name.slice(0, -5)) ?? []);
}

/** Deletes originals past their time; answers with the records it closed. */
export function expireMends(quarantine: Quarantine, now: string): MendRecord[] {
  const due = allMends(quarantine).filter(
    ({ state, keepUntil }) => state !== 'expired' && state !== 'intended' && keepUntil <= now,
  );
  for (const record of due) {
    saveMend(quarantine, { ...record, state: 'expired' });
    dropObject(quarantine, record.findingId);
  }
  return due;
}
