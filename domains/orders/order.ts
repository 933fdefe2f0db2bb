import type { Refusal } from '#kit/refusal.ts';
import type { Localised } from '#domains/catalog/index.ts';
import type { CancelCause, OrderKind, OrderOrigin, OrderState } from './order-words.ts';
import type { Recipe } from './recipe.ts';

/**
 * A request to buy or renew. `locked`: the client has paid, and a wallet in the seller chain is too
 * low, so nothing is delivered until it is filled (rule 10). `delivering`: all is paid for.
 */
export type Order = {
  readonly id: string;
  readonly branch: number;
  readonly brandId: string;
  readonly sellerId: string;
  readonly clientId: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  readonly origin: OrderOrigin;
  readonly subscriptionId: string;
  /** The boundary a renewal pays for; null for other kinds. */
  readonly periodStart: Temporal.PlainDate | null;
  readonly invoiceId: string | null;
  /** The merged invoice that this renewal shares with others; null: the invoice is its own. */
  readonly mergedId: string | null;
  readonly revision: number;
  readonly quoteHash: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  /** What is bought, in words, as it was called then. */
  readonly title: Localised;
  readonly domainName: string;
  readonly recipe: Recipe;
  readonly promoId: string | null;
  readonly placedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant | null;
  readonly lockedAt: Temporal.Instant | null;
  /** Whose wallet (or price list) a locked order waits for, and the refusal that says why. */
  readonly waitsForSellerId: string | null;
  readonly lockReason: string | null;
  readonly doneAt: Temporal.Instant | null;
  readonly cancelledAt: Temporal.Instant | null;
  readonly cancelledFor: CancelCause | null;
};

/** What an invoice is issued for: the order, and how often it was issued anew. */
export function invoiceCause(order: Pick<Order, 'id' | 'revision'>): string {
  return `order:${order.id}:${order.revision}`;
}

/** A renewal or purchase that is paid along the whole chain. A renewal needs no delivery. */
export function carriedOut(order: Order, now: Temporal.Instant): Order {
  const isRenewal = order.kind === 'renewal';
  return {
    ...order,
    state: isRenewal ? 'done' : 'delivering',
    doneAt: isRenewal ? now : null,
    waitsForSellerId: null,
    lockReason: null,
  };
}

/** Paid by its client, and not by a level above: `refusal` says which, and why. */
export function lockedBy(order: Order, refusal: Refusal, now: Temporal.Instant): Order {
  const { sellerId } = refusal.params;
  return {
    ...order,
    state: 'locked',
    waitsForSellerId: typeof sellerId === 'string' ? sellerId : order.sellerId,
    lockReason: refusal.code,
    lockedAt: order.lockedAt ?? now,
  };
}
