import { createHash } from 'node:crypto';
import { refuse } from '#kit/refusal.ts';
import type { Actor } from '../actor.ts';
import type { Ctx, Outside } from '../context.ts';
import { outside, transact } from '../runtime.ts';
import { recordAudit } from './audit.ts';
import type { HttpContext } from './http-context.ts';
import { answerOnce } from './idempotency.ts';
import type { IdempotencyKey } from './idempotency.ts';
import type { Access, OperationMeta } from './operation.ts';
import { spendToken } from './rate-limit.ts';
import { unstorableField } from './storable-text.ts';

export type Call = {
  http: HttpContext;
  name: string;
  meta: OperationMeta;
  input: unknown;
  run:
    | { inside: (ctx: Ctx, input: unknown) => Promise<unknown> }
    | { outside: (outside: Outside, input: unknown, http: HttpContext) => Promise<unknown> };
};

/**
 * The door of every operation, before its input is even looked at, so that a stranger learns
 * nothing of what it takes: may they, from our own page, not too often, with a key.
 */
export async function admit(http: HttpContext, name: string, meta: OperationMeta): Promise<void> {
  authorise(http.actor, meta.access);
  if (meta.changes && !http.trustedOrigin) refuse('request-mark-missing');
  await spendToken(http, name, meta.perMinute);
  if (meta.idempotency === 'required' && !http.idempotencyKey) {
    refuse('idempotency-key-missing', { field: 'Idempotency-Key' });
  }
}

/** Once per key, and on record, in the transaction that stores the answer. */
export async function carryOutOperation(call: Call): Promise<unknown> {
  const { http, meta, name } = call;
  const field = unstorableField(call.input);
  if (field !== null) refuse('input-invalid', { field });
  if ('outside' in call.run) return carryOutOutside(call, call.run.outside);
  const { inside } = call.run;
  return transact(
    http.runtime,
    http.actor,
    (ctx) =>
      answerOnce(ctx, keyOf(call), async () => {
        const output = await inside(ctx, call.input);
        if (meta.changes) await recordAudit(ctx, http, name, meta, call.input, output);
        return output;
      }),
    http.requestId,
  );
}

/**
 * No transaction spans a call to a vendor, so the operation itself makes its effect repeatable
 * under the key; what is stored here afterwards gives a second caller the first one's answer.
 */
async function carryOutOutside(
  call: Call,
  run: (outside: Outside, input: unknown, http: HttpContext) => Promise<unknown>,
): Promise<unknown> {
  const { http, meta, name } = call;
  const output = await run(outside(http.runtime, http.actor, http.requestId), call.input, http);
  if (meta.changes) {
    await transact(http.runtime, http.actor, (ctx) =>
      recordAudit(ctx, http, name, meta, call.input, output),
    );
  }
  return output;
}

function keyOf(call: Call): IdempotencyKey | null {
  const { http, meta, name } = call;
  if (!meta.changes || !http.idempotencyKey) return null;
  const hash = createHash('sha256')
    .update(JSON.stringify(call.input) ?? '')
    .digest('hex');
  const isToldOnce = meta.idempotency === 'told-once';
  return {
    owner: ownerOf(http.actor),
    key: http.idempotencyKey,
    operation: name,
    hash,
    isToldOnce,
  };
}

/** Keys of different callers never meet. */
function ownerOf(actor: Actor): string {
  if (actor.kind === 'system') return `system:${actor.name}`;
  if (actor.kind === 'anonymous') return `anonymous:${actor.brandId}:${actor.address}`;
  if (actor.kind === 'client') return `client:${actor.clientId}`;
  return `staff:${actor.userId}`;
}

/** Refuses an actor that the contract does not name. A stranger learns nothing but "no". */
export function authorise(actor: Actor, access: Access): void {
  if (access.who === 'anyone') return;
  if (actor.kind === 'anonymous') refuse('not-signed-in');
  if (access.who === 'user') {
    if (actor.kind === 'system' || actor.scopes) refuse('not-allowed');
    return;
  }
  if (access.who === 'client') {
    if (actor.kind !== 'client') refuse('not-allowed');
    if (actor.scopes && !actor.scopes.includes(access.scope)) {
      refuse('scope-missing', { params: { scope: access.scope } });
    }
    return;
  }
  if (actor.kind !== 'staff' || !actor.permissions.includes(access.permission)) {
    refuse('not-allowed');
  }
  if (actor.scopes && !actor.scopes.includes(access.permission)) {
    refuse('scope-missing', { params: { scope: access.permission } });
  }
}
