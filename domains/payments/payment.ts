import type { FailureCode, GatewayEvent } from './gateway.ts';

export const PAYMENT_STATES = ['starting', 'pending', 'succeeded', 'failed', 'cancelled'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export type Payment = {
  id: string;
  branch: number;
  brandId: string;
  sellerId: string;
  clientId: string;
  /** Null when the money is for the client's balance. */
  invoiceId: string | null;
  gatewayId: string;
  amountMinor: bigint;
  currency: string;
  state: PaymentState;
  gatewayRef: string | null;
  redirectUrl: string | null;
  /** Of the invoice, for lists; null for the balance. */
  invoiceNumber: string | null;
  /**
   * What the gateway is told, fixed when the payment is opened: asked again from another host name
   * or in another language it must hear the same, or it takes our id for another payment's.
   */
  description: string;
  language: 'ru' | 'en';
  returnUrl: string;
  notifyUrl: string;
  failureCode: FailureCode | 'refused' | null;
  failureMessage: string | null;
  nextCheckAt: Temporal.Instant | null;
  checks: number;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  /** What in fact arrived; differs from the amount only for transfers confirmed by hand. */
  receivedMinor: bigint | null;
  /** The payer agrees that the gateway keeps the method for charges without them. */
  saveMethod: boolean;
  /** The saved method that is charged: the payer is sent nowhere. */
  savedMethodId: string | null;
  /** How people know that method, also after it was removed. */
  card: { brand: string; last4: string } | null;
  /** The key the client asked under. */
  cause: string;
};

/** No request can carry such a key: headers know no sign beyond Latin-1. */
const AUTOMATIC = '№';

/** The cause of taking an invoice's due from a saved method by ourselves, the n-th time. */
export function automaticCause(invoiceId: string, attempt: number): string {
  return `${AUTOMATIC}${attempt}:${invoiceId}`;
}

/** Whether it was not the client who paid. */
export function isAutomatic({ cause }: Pick<Payment, 'cause'>): boolean {
  return cause.startsWith(AUTOMATIC);
}

/**
 * What an event makes of a payment, whatever order events come in. Money that arrives counts even
 * after the payment was given up: it is in the account, so it belongs to somebody.
 */
export function stateAfter(state: PaymentState, event: GatewayEvent): PaymentState {
  if (state === 'succeeded') return 'succeeded';
  if (event.type === 'payment.succeeded') return 'succeeded';
  if (event.type === 'payment.pending') return state === 'starting' ? 'pending' : state;
  if (event.type === 'payment.failed') return event.final ? 'failed' : state;
  return state;
}

const FIRST_PAUSE_S = 120;
const LONGEST_PAUSE_S = 6 * 3600;
const CHECKS_MAX = 40;

/** When to ask the gateway again: pauses double from two minutes to six hours; about nine days. */
export function nextCheckAfter(checks: number, now: Temporal.Instant): Temporal.Instant | null {
  if (checks >= CHECKS_MAX) return null;
  return now.add({ seconds: Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(checks, 10)) });
}
