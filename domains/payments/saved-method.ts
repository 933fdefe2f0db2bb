import type { Payment } from './payment.ts';

export const SAVED_METHOD_STATES = ['usable', 'failed', 'removed'] as const;
export type SavedMethodState = (typeof SAVED_METHOD_STATES)[number];

/** A card that a client lets be charged without them. Its token stays in the store. */
export type SavedMethod = {
  id: string;
  branch: number;
  brandId: string;
  clientId: string;
  gatewayId: string;
  /** The payment at which the client agreed to it. */
  paymentId: string;
  cardBrand: string;
  last4: string;
  /** The last month in which it serves. */
  expires: { year: number; month: number };
  /** `failed`: its bank has said that it will never pay again; only removing it is left. */
  state: SavedMethodState;
  failureCode: Payment['failureCode'];
  isDefault: boolean;
  savedAt: Temporal.Instant;
  removedAt: Temporal.Instant | null;
  forgetAt: Temporal.Instant | null;
  forgets: number;
};

/** `Visa •••• 4242`: how people know it. */
export function cardTitle({ brand, last4 }: { brand: string; last4: string }): string {
  return `${brand} •••• ${last4}`;
}

/** The method as it stands once its owner has taken it back: the vendor is told by and by. */
export function removed(method: SavedMethod, now: Temporal.Instant): SavedMethod {
  return { ...method, state: 'removed', isDefault: false, removedAt: now, forgetAt: now };
}

export function aboutMethod({ branch, id, clientId }: SavedMethod) {
  return { branch, subject: clientId, payload: { methodId: id, clientId } };
}

/**
 * What a failed charge means for the next: `again` may go well another day, `payer` needs the
 * client, `method` will never go well with this card.
 */
export type FailureKind = 'again' | 'payer' | 'method';

export function failureKind(code: Payment['failureCode']): FailureKind {
  switch (code) {
    case 'card-expired':
    case 'card-stolen':
    case 'method-unknown':
      return 'method';
    case 'payer-needed':
    case 'three-d-secure-failed':
    case 'payer-left':
      return 'payer';
    default:
      return 'again';
  }
}
