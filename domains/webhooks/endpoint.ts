import type { WebhookDelivery } from './delivery.ts';
import { TEST_EVENT } from './webhook-words.ts';
import type { OffCause, WebhookEvent } from './webhook-words.ts';

/** Who listens: a client, to what is its own, or a seller, to its shops and those below. */
export type Owner = { readonly kind: 'client' | 'seller'; readonly id: string };

/** An address that wants to hear of events. */
export type Endpoint = {
  readonly id: string;
  readonly branch: number;
  readonly owner: Owner;
  readonly brandId: string;
  readonly creatorId: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly WebhookEvent[];
  /** Null: it is on. */
  readonly off: OffCause | null;
  readonly secret: string;
  /** Signs beside the present one until then. */
  readonly previous: { readonly secret: string; readonly until: Temporal.Instant } | null;
  /** Since when nothing got through. */
  readonly failingSince: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
};

export const OVERLAP_HOURS = 24;

/** With which secrets a delivery is signed now, the newest first. */
export function secretsOf({ secret, previous }: Endpoint, now: Temporal.Instant): string[] {
  const isBoth = previous !== null && Temporal.Instant.compare(now, previous.until) < 0;
  return isBoth ? [secret, previous.secret] : [secret];
}

/**
 * Why an address is to be switched off after a try, or null. A delivery was given up, and in all
 * its days nothing else got through; or the receiver says that it is gone (Standard Webhooks 1.0).
 */
export function switchOffCause(
  { failingSince }: Pick<Endpoint, 'failingSince'>,
  delivery: WebhookDelivery,
): OffCause | null {
  if (delivery.state === 'sent' || delivery.event === TEST_EVENT) return null;
  if (delivery.status === 410) return 'gone';
  const { state, firstAttemptAt } = delivery;
  if (state !== 'failed' || failingSince === null || firstAttemptAt === null) return null;
  return Temporal.Instant.compare(failingSince, firstAttemptAt) <= 0 ? 'failing' : null;
}
