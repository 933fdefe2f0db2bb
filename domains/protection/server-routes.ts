import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { takeToken } from '#platform/http/rate-limit.ts';
import { unstorableField } from '#platform/http/storable-text.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import type { GuardServer } from './guard-server.ts';
import { nodeOfKey } from './guard-server.ts';
import { giveNextKey, joinServer } from './join-server.ts';
import { CallInput, JoinInput } from './server-call.ts';
import { serverOfKey, takeCall } from './take-call.ts';

/** Twenty answers with bytes of files, and a page of events. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const JOINS_PER_MINUTE = 10;
const CALLS_PER_MINUTE = 240;
const STRANGERS_PER_MINUTE = 60;

type Bindings = { Bindings: { incoming?: { socket?: { remoteAddress?: string } } } };

/**
 * Where guards on servers call. A code opens the door once; from then on a server's own key opens
 * what is that server's and nothing else.
 */
export function guardServers(runtime: Runtime): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use('/hooks/guard/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.post('/hooks/guard/join', async (c) => {
    if (!takeToken(`${addressOf(c)} guard-join`, JOINS_PER_MINUTE, Date.now())) return tooMany();
    const input = await read(c, JoinInput);
    if (!input) return problem('input-invalid', 422);
    const joined = await act(runtime, 'join', (ctx) => joinServer(ctx, input));
    return joined ? Response.json(joined) : problem('join-code-invalid', 401);
  });
  app.post('/hooks/guard/call', (c) =>
    asServer(c, async (key) => {
      const input = await read(c, CallInput);
      if (!input) return problem('input-invalid', 422);
      return withServer(runtime, key, (ctx, server) => takeCall(ctx, server, input));
    }),
  );
  app.post('/hooks/guard/key', (c) =>
    asServer(c, (key) =>
      withServer(runtime, key, async (ctx, server) => ({ key: await giveNextKey(ctx, server) })),
    ),
  );
  return app;
}

/** Nothing of a body is read for whoever has no key that looks like one. */
async function asServer(
  c: Context<Bindings>,
  run: (key: string) => Promise<Response>,
): Promise<Response> {
  const key = /^Bearer (\S{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  const nodeId = nodeOfKey(key);
  const caller = `${addressOf(c)} ${nodeId ?? 'stranger'} guard-call`;
  const perMinute = nodeId === null ? STRANGERS_PER_MINUTE : CALLS_PER_MINUTE;
  if (!takeToken(caller, perMinute, Date.now())) return tooMany();
  return nodeId === null ? problem('server-key-invalid', 401) : run(key);
}

async function withServer<T extends object>(
  runtime: Runtime,
  key: string,
  work: (ctx: Ctx, server: GuardServer) => Promise<T>,
): Promise<Response> {
  const answer = await act(runtime, nodeOfKey(key) ?? 'nobody', async (ctx) => {
    const server = await serverOfKey(ctx, key);
    return server && work(ctx, server);
  });
  return answer ? Response.json(answer) : problem('server-key-invalid', 401);
}

function act<T>(runtime: Runtime, who: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return transact(runtime, { kind: 'system', name: `guard-server:${who}` }, work, randomUUID());
}

async function read<T extends z.ZodType>(c: Context<Bindings>, as: T): Promise<z.output<T> | null> {
  const body: unknown = await c.req.json().catch(() => null);
  const input = as.safeParse(body);
  return input.success && unstorableField(input.data) === null ? input.data : null;
}

function addressOf(c: Context<Bindings>): string {
  return c.env?.incoming?.socket?.remoteAddress ?? '127.0.0.1';
}

const tooMany = () => problem('too-many-requests', 429);

function problem(code: string, status: number): Response {
  return Response.json(
    { type: `https://stoika.dev/refusals/${code}`, title: code.replaceAll('-', ' '), status, code },
    {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    },
  );
}
