import type { GatewayRefusalCode } from './gateway.ts';

export const REFUND_STATES = ['asked', 'done', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** Money of a client's balance on its way back by which it came. Amounts are minor units. */
export type Refund = {
  id: string;
  branch: number;
  paymentId: string;
  brandId: string;
  sellerId: string;
  clientId: string;
  gatewayId: string;
  creditNoteId: string | null;
  amountMinor: bigint;
  currency: string;
  /** `asked`: the money has left the balance, and the gateway has not said that it is done. */
  state: RefundState;
  attempt: number;
  gatewayRef: string | null;
  failureCode: GatewayRefusalCode | 'cancelled' | null;
  failureMessage: string | null;
  reason: string;
  askedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  nextTryAt: Temporal.Instant | null;
  tries: number;
  cause: string;
};

/**
 * The gateway's idempotency key. A final "no" is its answer to that key for ever, so each attempt
 * has one of its own.
 */
export function refundKey({ id, attempt }: Pick<Refund, 'id' | 'attempt'>): string {
  return attempt === 1 ? id : `${id}-${attempt}`;
}

/** The refund a gateway speaks of, and which attempt; null for words that are not ours. */
export function parseRefundKey(key: string): { id: string; attempt: number } | null {
  const match = /^(rfd_[0-9a-z]{20})(?:-([2-9]|[1-9]\d{1,4}))?$/.exec(key);
  return match?.[1] ? { id: match[1], attempt: Number(match[2] ?? 1) } : null;
}

/** Why a refund cannot be as large as asked; null when it can. */
export type RefundLimit = 'refund-exceeds-payment' | 'refund-exceeds-note' | 'balance-too-low';

export type RefundRoom = {
  /** What arrived, less refunds that are done or on their way. */
  paymentMinor: bigint;
  heldMinor: bigint;
  /** Of the credit note, if one is named. */
  noteMinor: bigint | null;
};

/** The greatest refund there can be now. */
export function refundableMinor({ paymentMinor, heldMinor, noteMinor }: RefundRoom): bigint {
  const least = [paymentMinor, heldMinor, ...(noteMinor === null ? [] : [noteMinor])].reduce(
    (a, b) => (b < a ? b : a),
  );
  return least > 0n ? least : 0n;
}

export function refundLimit(amountMinor: bigint, room: RefundRoom): RefundLimit | null {
  if (amountMinor > room.paymentMinor) return 'refund-exceeds-payment';
  if (room.noteMinor !== null && amountMinor > room.noteMinor) return 'refund-exceeds-note';
  return amountMinor > room.heldMinor ? 'balance-too-low' : null;
}
