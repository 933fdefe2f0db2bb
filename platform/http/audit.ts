import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Ctx } from '../context.ts';
import { jsonb } from '../database/database.ts';
import type { HttpContext } from './http-context.ts';
import type { OperationMeta } from './operation.ts';

const ALWAYS_SECRET = ['password', 'newPassword', 'currentPassword', 'code', 'token', 'secret'];
const INPUT_CHARS_MAX = 4000;

/** Writes who did what to what, in the transaction of the deed. */
export async function recordAudit(
  ctx: Ctx,
  http: HttpContext,
  operation: string,
  meta: OperationMeta,
  input: unknown,
  output: unknown,
): Promise<void> {
  const { actor, brandId, address } = http;
  await insertEntry(ctx, {
    ...{ operation, brandId, address, actor },
    subjectId: subjectOf(input, output),
    input: without(input, [...ALWAYS_SECRET, ...meta.secret]),
  });
}

/** The same of what time itself caused, under the name of the work that did it. */
export async function recordSystemAudit(
  ctx: Ctx,
  deed: Pick<Entry, 'operation' | 'brandId' | 'subjectId' | 'input'>,
): Promise<void> {
  await insertEntry(ctx, { ...deed, actor: ctx.actor, address: null });
}

type Entry = {
  operation: string;
  actor: Actor;
  /** Whose staff may read it. */
  brandId: string | null;
  subjectId: string | null;
  address: string | null;
  input: unknown;
};

async function insertEntry(ctx: Ctx, entry: Entry): Promise<void> {
  const { operation, actor, brandId, subjectId, address, input } = entry;
  await sql`
    insert into audit_entry
      (id, at, operation, actor_kind, actor_id, brand_id, subject_id, address, request_id, input)
    values (${ctx.newId('aud', 0)}, ${ctx.now}, ${operation}, ${actor.kind}, ${actorIdOf(actor)},
      ${brandId}, ${subjectId}, ${address}, ${ctx.requestId},
      ${jsonb(bounded(input))})`.execute(ctx.tx);
}

function actorIdOf(actor: Actor): string | null {
  if (actor.kind === 'system') return actor.name;
  return 'userId' in actor ? actor.userId : null;
}

/** The thing changed: the id the caller named, or the one the operation made. */
function subjectOf(input: unknown, output: unknown): string | null {
  for (const value of [input, output]) {
    if (typeof value !== 'object' || value === null) continue;
    const { id } = value as { id?: unknown };
    if (typeof id === 'string') return id;
  }
  return null;
}

function without(input: unknown, secret: readonly string[]): unknown {
  if (Array.isArray(input)) return input.map((item) => without(item, secret));
  if (typeof input !== 'object' || input === null || input instanceof Blob) {
    return input instanceof Blob ? { file: input.size } : input;
  }
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      secret.includes(name) ? '[redacted]' : without(value, secret),
    ]),
  );
}

function bounded(input: unknown): unknown {
  const text = JSON.stringify(input) ?? 'null';
  return text.length <= INPUT_CHARS_MAX ? input : { tooLong: text.length };
}
