import { sql } from 'kysely';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '../context.ts';
import { jsonb } from '../database/database.ts';

export type IdempotencyKey = {
  owner: string;
  key: string;
  operation: string;
  hash: string;
  /** The answer holds a secret: it is not kept. */
  isToldOnce?: boolean;
};

/**
 * Runs `work` at most once per key, in the caller's transaction. The second caller waits for the
 * first (the unique row holds it), then gets the same answer; another body under the same key is
 * refused, and so is a second call for an answer that is told once (`answer-told-once`). A refusal
 * rolls the key back with everything else, so the caller may mend and try again.
 */
export async function answerOnce(
  ctx: Ctx,
  key: IdempotencyKey | null,
  work: () => Promise<unknown>,
): Promise<unknown> {
  if (!key) return work();
  const taken = await sql`
    insert into idempotency_key (owner, key, operation, request_hash)
    values (${key.owner}, ${key.key}, ${key.operation}, ${key.hash})
    on conflict do nothing returning 1`.execute(ctx.tx);
  if (taken.rows.length === 0) return earlierAnswer(ctx, key);
  const answer = await work();
  if (key.isToldOnce) return answer;
  await sql`
    update idempotency_key set response = ${jsonb({ answer })}
    where owner = ${key.owner} and key = ${key.key}`.execute(ctx.tx);
  return answer;
}

async function earlierAnswer(ctx: Ctx, key: IdempotencyKey): Promise<unknown> {
  const { rows } = await sql<{
    operation: string;
    request_hash: string;
    response: { answer: unknown } | null;
  }>`
    select operation, request_hash, response from idempotency_key
    where owner = ${key.owner} and key = ${key.key}`.execute(ctx.tx);
  const earlier = rows[0];
  if (!earlier || earlier.operation !== key.operation || earlier.request_hash !== key.hash) {
    refuse('idempotency-key-reused', { field: 'Idempotency-Key' });
  }
  if (key.isToldOnce) refuse('answer-told-once', { field: 'Idempotency-Key' });
  return earlier.response?.answer;
}
