import { closeSync, createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { contentType } from './content-type.ts';
import type { Resource } from './find-resource.ts';
import { sendNotice } from './send-notice.ts';

type OpenFile = Extract<Resource, { kind: 'file' }>;

/** Sends an open file: conditional requests and single ranges (RFC 9110 §13, §14). Closes it. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: OpenFile,
): Promise<void> {
  const plan = planAnswer(request, file);
  if (plan.kind === 'method') {
    closeSync(file.descriptor);
    return sendNotice(response, 'methodNotAllowed', { allow: 'GET, HEAD' });
  }
  response.writeHead(plan.status, plan.headers);
  if (plan.kind === 'head' || request.method === 'HEAD') {
    closeSync(file.descriptor);
    response.end();
    return;
  }
  const { start, end } = plan;
  const stream = createReadStream('', { fd: file.descriptor, start, end });
  try {
    await pipeline(stream, response);
  } catch {
    // The client went away; the stream has closed the file.
    response.destroy();
  }
}

type Plan =
  | { kind: 'method' }
  | { kind: 'head'; status: number; headers: Record<string, string | number> }
  | {
      kind: 'body';
      status: number;
      headers: Record<string, string | number>;
      start: number;
      end: number;
    };

function planAnswer(request: IncomingMessage, file: OpenFile): Plan {
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'method' };
  const etag = `"${file.sizeBytes.toString(36)}-${Math.round(file.changedMs).toString(36)}"`;
  const headers: Record<string, string | number> = {
    'content-type': contentType(file.name),
    'last-modified': new Date(file.changedMs).toUTCString(),
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  };
  if (isUnchanged(request, etag, file.changedMs)) return { kind: 'head', status: 304, headers };
  const size = file.sizeBytes;
  const range = request.headers['if-range'] === undefined ? request.headers.range : undefined;
  const part = readRange(range, size);
  if (part === 'unsatisfiable') {
    return {
      kind: 'head',
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${size}` },
    };
  }
  const { start, end } = part ?? { start: 0, end: size - 1 };
  headers['content-length'] = end - start + 1;
  if (part) headers['content-range'] = `bytes ${start}-${end}/${size}`;
  if (size === 0) return { kind: 'head', status: 200, headers };
  return { kind: 'body', status: part ? 206 : 200, headers, start, end };
}

function isUnchanged(request: IncomingMessage, etag: string, changedMs: number): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return Number.isFinite(since) && Math.floor(changedMs / 1000) * 1000 <= since;
}

/** Null: send the whole. Several ranges at once are answered with the whole, as the RFC allows. */
function readRange(header: string | undefined, size: number) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const last = size - 1;
  if (match[1] === '') {
    const suffix = Math.min(Number(match[2]), size);
    return suffix === 0 ? 'unsatisfiable' : { start: size - suffix, end: last };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? last : Math.min(Number(match[2]), last);
  if (start > last) return 'unsatisfiable';
  return start > end ? null : { start, end };
}
