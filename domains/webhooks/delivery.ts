import { TEST_EVENT } from './webhook-words.ts';
import type { DeliveryState, PostError } from './webhook-words.ts';

/** One event on its way to one address. */
export type WebhookDelivery = {
  readonly id: string;
  readonly branch: number;
  readonly endpointId: string;
  /** What the receiver knows it by: the same at every try. */
  readonly messageId: string;
  readonly event: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly createdAt: Temporal.Instant;
  readonly attempts: number;
  readonly firstAttemptAt: Temporal.Instant | null;
  readonly lastAttemptAt: Temporal.Instant | null;
  readonly nextAttemptAt: Temporal.Instant | null;
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: PostError | null;
  readonly tookMs: number | null;
};

const MINUTE_S = 60;
const HOUR_S = 3600;
/** Between one try and the next: three days in all. */
const PAUSES_S = [
  5,
  5 * MINUTE_S,
  30 * MINUTE_S,
  2 * HOUR_S,
  5 * HOUR_S,
  10 * HOUR_S,
  14 * HOUR_S,
  20 * HOUR_S,
  20 * HOUR_S,
] as const;

/** When to try again after so many tries; null when it is given up. */
export function nextTryAt(attempts: number, now: Temporal.Instant): Temporal.Instant | null {
  const seconds = PAUSES_S[attempts - 1];
  return seconds === undefined ? null : now.add({ seconds });
}

export type Try = {
  status: number | null;
  answer: string | null;
  error: PostError | null;
  tookMs: number;
};

export const isTaken = ({ status }: Pick<Try, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300;

/** The delivery after one more try. */
export function afterTry(
  delivery: WebhookDelivery,
  tried: Try,
  now: Temporal.Instant,
): WebhookDelivery {
  const attempts = delivery.attempts + 1;
  // Whoever sends a test looks at what comes of it now.
  const isLast = isTaken(tried) || delivery.event === TEST_EVENT;
  const next = isLast ? null : nextTryAt(attempts, now);
  return {
    ...delivery,
    ...tried,
    attempts,
    state: isTaken(tried) ? 'sent' : next ? 'queued' : 'failed',
    firstAttemptAt: delivery.firstAttemptAt ?? now,
    lastAttemptAt: now,
    nextAttemptAt: next,
  };
}
