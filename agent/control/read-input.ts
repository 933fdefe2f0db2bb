import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { z } from 'zod';
import { refuse } from '../refusal.ts';
import { reply } from './reply.ts';

const maxJsonKb = 64;

/** Bounds a JSON body before it is read. */
export const smallBody = bodyLimit({
  maxSize: maxJsonKb * 1024,
  onError: (c) => reply(c, refuse('request-too-large', `Send at most ${maxJsonKb} KB of JSON.`)),
});

const maxPolicyMb = 16;

/** For what grows with the number of accounts. */
export const bigBody = bodyLimit({
  maxSize: maxPolicyMb * 1024 * 1024,
  onError: (c) => reply(c, refuse('request-too-large', `Send at most ${maxPolicyMb} MB of JSON.`)),
});

/** Checks the path's parameters; handlers find them in `c.var.params`. */
export function withParams<S extends z.ZodType>(schema: S) {
  return createMiddleware<{ Variables: { params: z.output<S> } }>(async (c, next) => {
    const read = schema.safeParse(c.req.param());
    if (!read.success) return reply(c, invalid(read.error));
    c.set('params', read.data);
    return next();
  });
}

/** Checks the JSON body; handlers find it in `c.var.body`. */
export function withBody<S extends z.ZodType>(schema: S) {
  return createMiddleware<{ Variables: { body: z.output<S> } }>(async (c, next) => {
    const json: unknown = await c.req.json().catch(() => undefined);
    const read = schema.safeParse(json);
    if (!read.success) return reply(c, invalid(read.error));
    c.set('body', read.data);
    return next();
  });
}

/** Checks the query; handlers find it in `c.var.query`. */
export function withQuery<S extends z.ZodType>(schema: S) {
  return createMiddleware<{ Variables: { query: z.output<S> } }>(async (c, next) => {
    const read = schema.safeParse(c.req.query());
    if (!read.success) return reply(c, invalid(read.error));
    c.set('query', read.data);
    return next();
  });
}

function invalid(error: z.ZodError) {
  const words = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return refuse('request-invalid', words.join('; ').slice(0, 1000));
}
