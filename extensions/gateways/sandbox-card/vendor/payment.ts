import type { FailureCode } from '#domains/payments/gateway.ts';
import type { Card } from './card-form.ts';

export type SandboxPayment = {
  id: string;
  /** Names the payment in the payer's address bar; unguessable, unlike ids. */
  pageToken: string;
  paymentId: string;
  amountMinor: bigint;
  currency: string;
  description: string;
  merchantName: string;
  returnUrl: string;
  notifyUrl: string;
  locale: 'ru' | 'en';
  state: 'open' | 'three-d-secure' | 'pending' | 'succeeded' | 'failed';
  failure: FailureCode | null;
  declines: number;
  card: Card | null;
  /** The payer has agreed that the card is kept for the shop. */
  savesMethod: boolean;
  /** The card as it was kept, once the payment has succeeded. */
  keptToken: string | null;
  /** A charge of a kept card has no page. */
  hasPage: boolean;
  refundedMinor: bigint;
  expiresAtMs: number;
};

/** What the shop is told, and how often: a careless bank repeats itself, a silent one does not speak. */
export type Announcement = {
  type: 'payment.succeeded' | 'payment.pending' | 'payment.failed';
  final: boolean;
  copies: number;
};

export type Step = {
  payment: SandboxPayment;
  announcements: Announcement[];
  /** The bank's late answer, to be taken by `settle` at that time. */
  settleAfterMs: number | null;
  /** The payer's browser never hears of it, although it is done. */
  losesAnswer: boolean;
};

export const DECLINES_MAX = 5;

/** The payer presents a card. Only an open payment takes one: a double click does nothing twice. */
export function presentCard(payment: SandboxPayment, card: Card, lateMs: number): Step {
  if (payment.state !== 'open') return unchanged(payment);
  const held = { ...payment, card };
  switch (card.outcome) {
    case 'lacks-funds':
      return declined(held, 'insufficient-funds');
    case 'is-declined':
      return declined(held, 'card-declined');
    case 'is-expired':
      return declined(held, 'card-expired');
    case 'asks-three-d-secure':
    case 'asks-then-declines':
      return unchanged({ ...held, state: 'three-d-secure' });
    case 'answers-late':
    case 'never-answers':
      return heldBack(held, lateMs);
    default:
      return succeeded(held);
  }
}

/** The payer answered the bank's question, rightly or not. */
export function answerThreeDSecure(payment: SandboxPayment, isRight: boolean): Step {
  if (payment.state !== 'three-d-secure') return unchanged(payment);
  if (!isRight) return declined(payment, 'three-d-secure-failed');
  return payment.card?.outcome === 'asks-then-declines'
    ? declined(payment, 'card-declined')
    : succeeded(payment);
}

/** The bank's late word on a pending payment. */
export function settle(payment: SandboxPayment): Step {
  if (payment.state !== 'pending') return unchanged(payment);
  return payment.card?.outcome === 'never-answers'
    ? failed(payment, 'payment-expired')
    : succeeded(payment);
}

/** The payer goes back to the shop without paying. */
export function leave(payment: SandboxPayment): Step {
  return isOpen(payment) ? failed(payment, payment.failure ?? 'payer-left') : unchanged(payment);
}

/** Nobody paid in time. */
export function expire(payment: SandboxPayment, nowMs: number): Step {
  const isDue = isOpen(payment) && nowMs >= payment.expiresAtMs;
  return isDue ? failed(payment, 'payment-expired') : unchanged(payment);
}

export type RefundRefusal =
  | 'payment-not-refundable'
  | 'payment-currency-refused'
  | 'refund-exceeds-payment';

/** The payment after giving back `amountMinor`, or why that cannot be. */
export function refunded(
  payment: SandboxPayment,
  amountMinor: bigint,
  currency: string,
): SandboxPayment | RefundRefusal {
  if (payment.state !== 'succeeded') return 'payment-not-refundable';
  if (currency !== payment.currency) return 'payment-currency-refused';
  const refundedMinor = payment.refundedMinor + amountMinor;
  if (refundedMinor > payment.amountMinor) return 'refund-exceeds-payment';
  return { ...payment, refundedMinor };
}

function isOpen({ state }: SandboxPayment): boolean {
  return state === 'open' || state === 'three-d-secure';
}

function unchanged(payment: SandboxPayment): Step {
  return { payment, announcements: [], settleAfterMs: null, losesAnswer: false };
}

/** The bank takes its time. */
export function heldBack(payment: SandboxPayment, lateMs: number): Step {
  return {
    payment: { ...payment, state: 'pending', failure: null },
    announcements: [{ type: 'payment.pending', final: false, copies: 1 }],
    settleAfterMs: lateMs,
    losesAnswer: false,
  };
}

export function succeeded(payment: SandboxPayment): Step {
  const outcome = payment.card?.outcome;
  const copies = outcome === 'stays-silent' ? 0 : outcome === 'answers-twice' ? 3 : 1;
  return {
    payment: { ...payment, state: 'succeeded', failure: null },
    announcements: copies > 0 ? [{ type: 'payment.succeeded', final: true, copies }] : [],
    settleAfterMs: null,
    losesAnswer: outcome === 'loses-answer',
  };
}

function declined(payment: SandboxPayment, failure: FailureCode): Step {
  const declines = payment.declines + 1;
  if (declines >= DECLINES_MAX) return failed({ ...payment, declines }, failure);
  return {
    ...unchanged({ ...payment, state: 'open', failure, declines }),
    announcements: [{ type: 'payment.failed', final: false, copies: 1 }],
  };
}

export function failed(payment: SandboxPayment, failure: FailureCode): Step {
  return {
    ...unchanged({ ...payment, state: 'failed', failure }),
    announcements: [{ type: 'payment.failed', final: true, copies: 1 }],
  };
}
