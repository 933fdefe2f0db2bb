import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chown, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { lstatSync } from 'node:fs';
import type { NodeContext } from '../node-context.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import type { Place } from './account-files.ts';
import { entryIn, inFolder } from './beneath.ts';

/**
 * Takes an upload into the incoming folder, at most `maxBytes`. The task gets its path and may
 * move it away; what is left is removed. A broken upload leaves nothing.
 */
export async function withUpload<T>(
  node: NodeContext,
  body: WebStream<Uint8Array> | null,
  maxBytes: number,
  task: (path: string) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const path = join(node.store.folders.incoming, randomUUID());
  let seen = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > maxBytes ? new Error('limit') : null, chunk);
    },
  });
  try {
    const source = body ? Readable.fromWeb(body) : Readable.from([]);
    await pipeline(source, limit, createWriteStream(path, { mode: 0o640, flush: true }));
    return await task(path);
  } catch (error) {
    if (seen > maxBytes) {
      const megabytes = Math.floor(maxBytes / 1024 / 1024);
      return refuse(
        'file-too-large',
        `The upload is larger than the ${megabytes} MB allowed here.`,
      );
    }
    if (!isBrokenUpload(error)) throw error;
    return refuse(
      'upload-interrupted',
      'The upload broke off; nothing was changed. Send it again.',
    );
  } finally {
    await rm(path, { force: true });
  }
}

/** Puts one uploaded file in its place, replacing the one there, within the package's disk limit. */
export async function receiveFile(
  node: NodeContext,
  place: Place,
  body: WebStream<Uint8Array> | null,
): Promise<Answer<{ path: string; sizeBytes: number }>> {
  if (place.name === '') return refuse('not-a-file', 'Name the file to write.');
  const maxBytes = node.options.maxUploadMb * 1024 * 1024;
  return withUpload(node, body, maxBytes, (uploaded) =>
    node.inTurn(async () => {
      const { size } = await stat(uploaded);
      const remaining = await node.usage.remainingBytes(place.account.packageRef);
      if (size > remaining) {
        return refuse('disk-limit-reached', 'The package has no room for this file.');
      }
      if (place.owner !== null) await chown(uploaded, place.owner, place.owner);
      const placed = await placeFile(place, uploaded);
      if (!placed.ok) return placed;
      node.usage.changed(place.account.ref, size - placed.value.replacedBytes, false);
      const event = { accountRef: place.account.ref, path: place.path, by: 'upload' as const };
      node.announceFile({ ...event, at: node.now() });
      return accept({ path: place.path, sizeBytes: size });
    }),
  );
}

function placeFile(place: Place, from: string): Promise<Answer<{ replacedBytes: number }>> {
  return inFolder(
    place.home,
    place.folder,
    async (folder) => {
      const target = entryIn(folder, place.name);
      const replaced = lstatSync(target, { throwIfNoEntry: false });
      if (replaced?.isDirectory()) return refuse('not-a-file', 'This is a folder, not a file.');
      await rename(from, target);
      return accept({ replacedBytes: replaced?.size ?? 0 });
    },
    { owner: place.owner },
  );
}

function isBrokenUpload(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const name = (error as Error).name;
  return (
    ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(code) ||
    name === 'AbortError'
  );
}
