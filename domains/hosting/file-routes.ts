import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { isId } from '#kit/id.ts';
import { Refusal, refuse } from '#kit/refusal.ts';
import type { Identify } from '#platform/http/api.ts';
import { recordAudit } from '#platform/http/audit.ts';
import { authorise } from '#platform/http/carry-out.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import type { OperationMeta } from '#platform/http/operation.ts';
import { problemBody } from '#platform/http/problem.ts';
import { spendToken } from '#platform/http/rate-limit.ts';
import { toProblem } from '#platform/http/serve.ts';
import { outside, transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { askFiles, changeFiles } from './account-files.ts';
import type { FileBody } from './server-module.ts';

const PATH_CHARS_MAX = 3000;
/** Before a byte is passed on; the server has its own, lower or not. */
const BODY_BYTES_MAX = 1024 * 1024 * 1024;

const READ: OperationMeta = {
  access: { who: 'client', scope: 'hosting.read' },
  changes: false,
  idempotency: 'optional',
  transaction: 'own',
  perMinute: 600,
  secret: [],
};
const WRITE: OperationMeta = {
  ...READ,
  access: { who: 'client', scope: 'hosting.write' },
  changes: true,
};

type Bindings = { Bindings: { incoming?: { socket?: { remoteAddress?: string } } } };

/**
 * Bodies of files, streamed between the caller and the server without being kept here: a JSON API
 * would hold the whole of each in memory. The way of a request is that of every operation.
 */
export function hostingFiles(runtime: Runtime, identify: Identify): Hono<Bindings> {
  const app = new Hono<Bindings>();
  const path = '/v1/hosting-accounts/:id';
  app.get(`${path}/file`, (c) => carryOut(c, 'hosting.files.download', READ, download));
  app.put(`${path}/file`, (c) =>
    carryOut(c, 'hosting.files.upload', WRITE, async (http, entry) =>
      Response.json(
        await changeFiles(outsideOf(http), entry.accountId, (files, which) =>
          files.upload(which, entry.path, bodyOf(c)),
        ),
      ),
    ),
  );
  app.put(`${path}/archive`, (c) =>
    carryOut(c, 'hosting.files.unpack', WRITE, async (http, entry) =>
      Response.json(
        await changeFiles(outsideOf(http), entry.accountId, (files, which) =>
          files.unpack(which, entry.path, bodyOf(c)),
        ),
      ),
    ),
  );
  return app;

  async function carryOut(
    c: Context<Bindings>,
    name: string,
    meta: OperationMeta,
    run: (http: HttpContext, entry: Entry) => Promise<Response>,
  ): Promise<Response> {
    const requestId = randomUUID();
    try {
      const http = await contextOf(c, requestId);
      authorise(http.actor, meta.access);
      if (meta.changes && !http.trustedOrigin) refuse('request-mark-missing');
      await spendToken(http, name, meta.perMinute);
      const entry = entryOf(c);
      const response = await run(http, entry);
      if (meta.changes) {
        const input = { id: entry.accountId, path: entry.path };
        await transact(runtime, http.actor, (ctx) =>
          recordAudit(ctx, http, name, meta, input, null),
        );
      }
      response.headers.set('x-request-id', requestId);
      response.headers.set('cache-control', 'no-store');
      return response;
    } catch (error) {
      return problem(runtime, error, requestId);
    }
  }

  async function contextOf(c: Context<Bindings>, requestId: string): Promise<HttpContext> {
    const address = c.env?.incoming?.socket?.remoteAddress ?? '127.0.0.1';
    const identified = await identify(c.req.raw, address);
    return {
      runtime,
      ...identified,
      requestId,
      address,
      headers: c.req.raw.headers,
      idempotencyKey: null,
      responseHeaders: new Headers(),
    };
  }
}

type Entry = { accountId: string; path: string };

function entryOf(c: Context<Bindings>): Entry {
  const accountId = c.req.param('id') ?? '';
  const path = c.req.query('path') ?? '';
  if (!isId(accountId, 'acc')) refuse('hosting-account-not-found', { field: 'id' });
  if (path.length > PATH_CHARS_MAX) refuse('path-unsafe', { field: 'path' });
  if (Number(c.req.header('content-length') ?? 0) > BODY_BYTES_MAX) refuse('file-too-large');
  return { accountId, path };
}

function outsideOf({ runtime, actor, requestId }: HttpContext) {
  return outside(runtime, actor, requestId);
}

function bodyOf(c: Context): FileBody {
  return c.req.raw.body ?? new Uint8Array();
}

/**
 * What a client uploaded is somebody's text: it is saved, never shown, so that no page of it runs
 * in the panel's name.
 */
async function download(http: HttpContext, { accountId, path }: Entry): Promise<Response> {
  const { body, sizeBytes } = await askFiles(outsideOf(http), accountId, (files, which) =>
    files.download(which, path),
  );
  // RFC 8187 §3.2.1 takes fewer signs than encodeURIComponent leaves.
  const name = encodeURIComponent(path.split('/').at(-1) ?? 'file').replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-length': String(sizeBytes),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    },
  });
}

function problem(runtime: Runtime, error: unknown, requestId: string): Response {
  const refusal = error instanceof Refusal ? error : unexpected(runtime, error, requestId);
  const told = toProblem(refusal);
  const status = error instanceof Refusal ? told.status : 500;
  return Response.json(
    { ...problemBody(told), status },
    { status, headers: { 'x-request-id': requestId, 'content-type': 'application/problem+json' } },
  );
}

function unexpected(runtime: Runtime, error: unknown, requestId: string): Refusal {
  runtime.log.error({ error, requestId }, 'a file did not pass');
  return new Refusal('unexpected', { params: { id: requestId } });
}
