import { refuse } from '#kit/refusal.ts';
import type { HttpContext } from './http-context.ts';

type Bucket = { tokens: number; refilledAt: number };

const BUCKETS_MAX = 50_000;
const buckets = new Map<string, Bucket>();

/**
 * A token bucket per caller and operation, in memory: it protects this process. What must hold
 * across processes (tries of a password) is counted in the database by `identity`.
 */
export async function spendToken(
  http: HttpContext,
  operation: string,
  perMinute: number,
): Promise<void> {
  const caller =
    http.actor.kind === 'client' || http.actor.kind === 'staff' ? http.actor.userId : http.address;
  if (!takeToken(`${caller} ${operation}`, perMinute, Date.now())) {
    refuse('too-many-requests', { params: { perMinute } });
  }
}

export function takeToken(key: string, perMinute: number, now: number): boolean {
  const bucket = buckets.get(key) ?? { tokens: perMinute, refilledAt: now };
  const refilled = bucket.tokens + ((now - bucket.refilledAt) / 60_000) * perMinute;
  const tokens = Math.min(perMinute, refilled);
  // Re-inserting keeps the map in order of use, so the first key is the one to forget.
  buckets.delete(key);
  buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, refilledAt: now });
  if (buckets.size > BUCKETS_MAX) buckets.delete(buckets.keys().next().value ?? key);
  return tokens >= 1;
}
