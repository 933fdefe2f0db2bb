import { randomUUID } from 'node:crypto';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { experimental_ZodSmartCoercionPlugin as ZodSmartCoercionPlugin } from '@orpc/zod/zod4';
import { ORPCError, ValidationError } from '@orpc/server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal } from '#kit/refusal.ts';
import type { Actor } from '../actor.ts';
import type { Runtime } from '../runtime.ts';
import type { HttpContext } from './http-context.ts';
import { problemBody } from './problem.ts';
import { toProblem } from './serve.ts';

/** Who a request comes from; decided by `identity` and handed in by the composition. */
export type Identified = {
  actor: Actor;
  brandId: string;
  /** `https://shop.example`: how the caller reached the brand; links back begin with it. */
  origin: string;
  trustedOrigin: boolean;
};
export type Identify = (request: Request, address: string) => Promise<Identified>;

const BODY_BYTES_MAX = 26 * 1024 * 1024;

type Bindings = { Bindings: { incoming?: { socket?: { remoteAddress?: string } } } };

/**
 * The HTTP API under `/v1`: identifies the caller, carries out the operation, and gives every
 * failure as a problem document (RFC 9457) with an id to quote.
 */
export function apiRoutes(runtime: Runtime, router: unknown, identify: Identify): Hono<Bindings> {
  /** Requests whose body could be read, so that what fails from there on is not the sender's. */
  const reached = new WeakSet<HttpContext>();
  const handler = new OpenAPIHandler(router as never, {
    plugins: [new ZodSmartCoercionPlugin()],
    customErrorResponseBodyEncoder: problemBody,
    interceptors: [
      async ({ next, context }) => {
        const { http } = context as { http: HttpContext };
        try {
          return await next();
        } catch (error) {
          throw reached.has(http) ? asProblem(error, http) : asUnread(error);
        }
      },
    ],
    clientInterceptors: [
      ({ next, context }) => {
        reached.add((context as { http: HttpContext }).http);
        return next();
      },
    ],
  });
  const app = new Hono<Bindings>();
  app.use('/v1/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.all('/v1/*', async (c) => {
    const requestId = randomUUID();
    const address = c.env?.incoming?.socket?.remoteAddress ?? '127.0.0.1';
    const responseHeaders = new Headers({ 'x-request-id': requestId, 'cache-control': 'no-store' });
    let identified: Identified;
    try {
      identified = await identify(c.req.raw, address);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return problemResponse(toProblem(error), requestId);
    }
    const http: HttpContext = {
      runtime,
      ...identified,
      requestId,
      address,
      headers: c.req.raw.headers,
      idempotencyKey: c.req.header('idempotency-key')?.slice(0, 200) ?? null,
      responseHeaders,
    };
    const { matched, response } = await handler.handle(c.req.raw, { context: { http } } as never);
    const answer = matched
      ? response
      : problemResponse(new ORPCError('operation-not-found', { status: 404 }), requestId);
    return withHeaders(answer, responseHeaders);
  });
  return app;
}

function withHeaders(response: Response, extra: Headers): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of extra) headers.append(name, value);
  if (!response.ok) headers.set('content-type', 'application/problem+json');
  return new Response(response.body, { status: response.status, headers });
}

function problemResponse(error: ORPCError<string, unknown>, requestId: string): Response {
  return Response.json(problemBody(error), {
    status: error.status,
    headers: { 'x-request-id': requestId, 'content-type': 'application/problem+json' },
  });
}

/** A body that is no JSON, or not what its content type says. */
function asUnread(error: unknown): unknown {
  if (error instanceof ORPCError) return error;
  return new ORPCError('body-invalid', { status: 400, message: 'the body cannot be read' });
}

/** Input that fails its schema is refused by field; a defect is logged and told by id only. */
function asProblem(error: unknown, http: HttpContext): unknown {
  if (error instanceof ORPCError) {
    if (!(error.cause instanceof ValidationError) || error.status !== 400)
      return logged(error, http);
    const issue = error.cause.issues[0];
    const field = issue?.path?.map((step) => String(typeof step === 'object' ? step.key : step));
    return new ORPCError('input-invalid', {
      status: 422,
      message: issue?.message ?? 'the input does not fit',
      data: { field: field?.join('.'), params: {} },
    });
  }
  return logged(error, http);
}

function logged(error: unknown, http: HttpContext): unknown {
  if (error instanceof ORPCError && error.status < 500) return error;
  http.runtime.log.error({ error, requestId: http.requestId }, 'a request failed');
  return new ORPCError('unexpected', { status: 500, data: { params: { id: http.requestId } } });
}
