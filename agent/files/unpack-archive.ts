import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { crc32 } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import type { NodeContext } from '../node-context.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import type { Place } from './account-files.ts';
import {
  archiveTooLarge,
  inspectArchive,
  unsafePath,
  type PlannedEntry,
} from './inspect-archive.ts';
import { moveUnpacked, type Unpacked } from './move-unpacked.ts';
import { withUpload } from './receive-file.ts';

const limitPassed = 'ARCHIVE_LIMIT_PASSED';

/**
 * Unpacks an uploaded zip into a folder of the account, writing over files of the same names.
 * Everything is unpacked beside the home first: a broken or refused archive changes nothing.
 */
export async function unpackArchive(
  node: NodeContext,
  place: Place,
  body: WebStream<Uint8Array> | null,
): Promise<Answer<{ path: string; files: number; sizeBytes: number }>> {
  const maxBytes = node.options.maxUploadMb * 1024 * 1024;
  return withUpload(node, body, maxBytes, async (uploaded) => {
    const staging = await mkdtemp(join(node.store.folders.incoming, 'archive-'));
    try {
      const unpacked = await unpackInto(node, place, uploaded, staging);
      if (!unpacked.ok) return unpacked;
      return await node.inTurn(() => moveUnpacked(node, place, unpacked.value));
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  });
}

async function unpackInto(
  node: NodeContext,
  place: Place,
  uploaded: string,
  staging: string,
): Promise<Answer<Unpacked[]>> {
  const remaining = await node.usage.remainingBytes(place.account.packageRef);
  const allowed = node.options.maxUnpackedMb * 1024 * 1024;
  const limits = {
    maxEntries: node.options.maxArchiveEntries,
    maxBytes: Math.min(remaining, allowed),
  };
  const { openPromise } = await import('yauzl');
  let archive: ZipFile | null = null;
  try {
    archive = await openPromise(uploaded, { autoClose: false });
    const planned = await inspectArchive(archive, limits);
    if (!planned.ok) return planned;
    return accept(await writeEntries(archive, planned.value, staging, limits.maxBytes));
  } catch (error) {
    return refuseUnreadable(error);
  } finally {
    archive?.close();
  }
}

async function writeEntries(
  archive: ZipFile,
  planned: PlannedEntry[],
  staging: string,
  maxBytes: number,
): Promise<Unpacked[]> {
  const unpacked: Unpacked[] = [];
  const total = { bytes: 0 };
  for (const { entry, names, folder } of planned) {
    if (folder) {
      unpacked.push({ names, source: null, sizeBytes: 0 });
      continue;
    }
    // Staged under numbers: names from the archive are used below the home's descriptor only.
    const source = join(staging, String(unpacked.length));
    const counter = countAndCheck(entry.crc32, total, maxBytes);
    const stream = await archive.openReadStreamPromise(entry);
    await pipeline(stream, counter.transform, createWriteStream(source, { mode: 0o640 }));
    unpacked.push({ names, source, sizeBytes: counter.bytes() });
  }
  return unpacked;
}

/** Stops a stream that unpacks to more than allowed, and one whose CRC-32 is not the table's. */
function countAndCheck(expectedCrc: number, total: { bytes: number }, maxBytes: number) {
  let sum = 0;
  let bytes = 0;
  const transform = new Transform({
    transform(chunk: Buffer, _encoding: string, done: TransformCallback) {
      bytes += chunk.length;
      total.bytes += chunk.length;
      sum = crc32(chunk, sum);
      if (total.bytes <= maxBytes) return done(null, chunk);
      done(Object.assign(new Error('archive limit passed'), { code: limitPassed }));
    },
    flush(done: TransformCallback) {
      done(sum === expectedCrc ? null : new Error('checksum differs'));
    },
  });
  return { transform, bytes: () => bytes };
}

/** yauzl tells what is wrong in words only; trouble with our own disk is no refusal. */
function refuseUnreadable(error: unknown): Answer<never> {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === limitPassed) return archiveTooLarge();
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return refuse('disk-limit-reached', 'The disk of the server is full.');
  }
  if (code !== undefined && !code.startsWith('Z_')) throw error;
  if (/relative path|absolute path|invalid characters/.test(message)) return unsafePath();
  return refuse('archive-unreadable', 'This is not a zip archive, or it is damaged.');
}
