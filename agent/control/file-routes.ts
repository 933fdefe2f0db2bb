import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { Hono } from 'hono';
import { findChangeable, findPlace } from '../files/account-files.ts';
import { deleteEntry, makeFolder, renameEntry } from '../files/change-entries.ts';
import { openForDownload } from '../files/download-file.ts';
import { listFolder } from '../files/list-folder.ts';
import { receiveFile } from '../files/receive-file.ts';
import { unpackArchive } from '../files/unpack-archive.ts';
import type { NodeContext } from '../node-context.ts';
import { accountParams, pathQuery, renameBody } from './contract.ts';
import { smallBody, withBody, withParams, withQuery } from './read-input.ts';
import { reply } from './reply.ts';

const base = '/:packageRef/accounts/:accountRef';
const one = withParams(accountParams);
const query = withQuery(pathQuery);

/** Files of an account. Paths are relative to its home and travel in the query. */
export function fileRoutes(node: NodeContext): Hono {
  const app = new Hono();
  app.route('/', contentRoutes(node));
  app.delete(`${base}/file`, one, query, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const place = findChangeable(node, packageRef, accountRef, c.var.query.path);
    return reply(c, place.ok ? await deleteEntry(node, place.value) : place);
  });
  app.get(`${base}/folder`, one, query, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const place = findPlace(node, packageRef, accountRef, c.var.query.path);
    return reply(c, place.ok ? await listFolder(place.value) : place);
  });
  app.put(`${base}/folder`, one, query, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const place = findChangeable(node, packageRef, accountRef, c.var.query.path);
    return reply(c, place.ok ? await makeFolder(place.value) : place);
  });
  app.post(`${base}/rename`, smallBody, one, withBody(renameBody), async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const from = findChangeable(node, packageRef, accountRef, c.var.body.from);
    if (!from.ok) return reply(c, from);
    const to = findChangeable(node, packageRef, accountRef, c.var.body.to);
    return reply(c, to.ok ? await renameEntry(node, from.value, to.value) : to);
  });
  return app;
}

/** Bodies of files, streamed in both directions. */
function contentRoutes(node: NodeContext): Hono {
  const app = new Hono();
  app.get(`${base}/file`, one, query, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const place = findPlace(node, packageRef, accountRef, c.var.query.path);
    if (!place.ok) return reply(c, place);
    const opened = await openForDownload(place.value);
    if (!opened.ok) return reply(c, opened);
    const { file, sizeBytes } = opened.value;
    if (sizeBytes === 0) await file.close();
    else c.header('content-length', String(sizeBytes));
    c.header('content-type', 'application/octet-stream');
    c.header('cache-control', 'no-store');
    if (sizeBytes === 0) return c.body(null);
    const stream = file.createReadStream({ start: 0, end: sizeBytes - 1 });
    return c.body(Readable.toWeb(stream) as unknown as ReadableStream);
  });
  app.put(`${base}/file`, one, query, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const place = findChangeable(node, packageRef, accountRef, c.var.query.path);
    if (!place.ok) return reply(c, place);
    const body = c.req.raw.body as WebStream<Uint8Array> | null;
    return reply(c, await receiveFile(node, place.value, body));
  });
  app.put(`${base}/archive`, one, query, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    const place = findPlace(node, packageRef, accountRef, c.var.query.path);
    if (!place.ok) return reply(c, place);
    const body = c.req.raw.body as WebStream<Uint8Array> | null;
    return reply(c, await unpackArchive(node, place.value, body));
  });
  return app;
}
