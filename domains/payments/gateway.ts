import type * as z from 'zod';

/**
 * What a payment gateway is to Stoika: a value with an id, typed settings, flags and functions.
 * The vendor's own words stay inside its extension; payments sees only what stands here. Fits
 * signed webhooks (Stripe, CloudPayments, T-Bank) and unsigned ones that must be read again
 * (YooKassa), one-step hosted pages and card-by-card declines.
 */
export type PaymentGateway = {
  /** Kebab-case, never changed once payments refer to it. */
  id: string;
  title: LocalText;
  capabilities: GatewayCapabilities;
  /** The admin form is drawn from this schema; fields carry `label`, `help`, `secret` in `meta`. */
  settings: z.ZodType;
  /** Checks stored settings and gives the functions; nothing is sent yet. */
  connect(
    settings: unknown,
    surroundings: GatewaySurroundings,
  ): GatewayConnection | SettingsRefused;
};

export type LocalText = { ru: string; en: string };

export type GatewayCapabilities = {
  /** The payer is sent to the vendor's page; card data never reaches us. */
  hostedPage: boolean;
  /** Keeps a method on request and charges it later without the payer; see `SavedMethods`. */
  savedMethods: boolean;
  refunds: boolean;
  partialRefunds: boolean;
  /** `unsigned`: a notification is only a hint, its payment is read again before it counts. */
  webhooks: 'signed' | 'unsigned' | 'none';
  threeDSecure: boolean;
};

export type GatewaySurroundings = {
  /** Wall-clock milliseconds since the epoch; never the movable business clock. */
  nowMs(): number;
};

export type SettingsRefused = { kind: 'settings-refused'; field: string; message: string };

export type GatewayConnection = {
  kind: 'connected';
  /**
   * Opens a payment at the vendor. `paymentId` is its idempotency key: asking again after
   * `unreachable` gives the same payment, never a second one.
   */
  startPayment(order: PaymentOrder): Promise<PaymentStarted | GatewayRefused | Unreachable>;
  /** The vendor's present word on a payment: after a lost answer, an unsigned notification, a doubt. */
  readPayment(which: PaymentKey): Promise<PaymentRead | GatewayRefused | Unreachable>;
  /** Gives money back. `refundId` is the idempotency key, as above. */
  refund(order: RefundOrder): Promise<RefundDone | GatewayRefused | Unreachable>;
  /** Present with the capability `savedMethods`. */
  savedMethods?: SavedMethods;
  /** Pure: looks at the bytes only. `headers` have lower-case names. */
  verifyWebhook(delivery: WebhookDelivery): WebhookVerdict;
  /** What the vendor must be answered once the event is stored; anything else makes it repeat. */
  webhookReceipt: { status: number; contentType: string; body: string };
};

export type PaymentOrder = {
  /** Ours; at most 64 characters of letters, digits, `_` and `-`. */
  paymentId: string;
  /** Minor units, above zero. */
  amountMinor: bigint;
  currency: string;
  /** Shown to the payer; at most 128 characters reach the vendor. */
  description: string;
  /** Where the payer comes back to, whatever happened. Says nothing about the outcome. */
  returnUrl: string;
  notifyUrl: string;
  locale: 'ru' | 'en';
  /** The payer agreed that the vendor keeps the method for charges without them. */
  saveMethod?: boolean;
};

/** What a vendor does with the methods it keeps. */
export type SavedMethods = {
  /**
   * Charges a method without the payer. `paymentId` is the idempotency key, as in `startPayment`;
   * what was charged is found by `readPayment` under it. A decline is an answer: a `failed` payment.
   */
  charge(order: ChargeOrder): Promise<PaymentRead | GatewayRefused | Unreachable>;
  /** The vendor keeps the method no longer. One that it does not know is forgotten as well. */
  forget(token: string): Promise<{ kind: 'forgotten' } | GatewayRefused | Unreachable>;
};

export type ChargeOrder = Omit<PaymentOrder, 'returnUrl' | 'saveMethod'> & { token: string };

/** What is known of a method that a vendor keeps. Never a number; the token is a secret. */
export type KeptMethod = {
  token: string;
  /** `Visa`, `Mir`: as people call it. */
  brand: string;
  /** The last four digits. */
  last4: string;
  /** The last month in which it serves. */
  expires: { year: number; month: number };
};

/** At least one of the two; the vendor's reference is preferred when both are known. */
export type PaymentKey =
  | { gatewayRef: string; paymentId?: string }
  | { gatewayRef?: undefined; paymentId: string };

export type RefundOrder = {
  refundId: string;
  gatewayRef: string;
  amountMinor: bigint;
  currency: string;
};

export type PaymentStarted = { kind: 'started'; redirectUrl: string; gatewayRef: string };
export type PaymentRead = { kind: 'payment'; payment: GatewayPayment };

export type GatewayPayment = {
  gatewayRef: string;
  paymentId: string;
  /** `open`: the payer may still pay. `pending`: paid by the payer, not yet answered by the bank. */
  state: 'open' | 'pending' | 'succeeded' | 'failed';
  amountMinor: bigint;
  currency: string;
  refundedMinor: bigint;
  /** Present when `failed`, and when `open` after a declined attempt. */
  failure?: PaymentFailure;
  /** Of a payment that was to keep its method, once it has succeeded. */
  kept?: KeptMethod;
};

export type PaymentFailure = {
  code: FailureCode;
  /** The vendor's own words, for staff. */
  message: string;
};

export type FailureCode =
  | 'insufficient-funds'
  | 'card-declined'
  | 'card-expired'
  | 'card-stolen'
  | 'three-d-secure-failed'
  /** The bank wants to see the payer: not to be charged without them. */
  | 'payer-needed'
  /** The vendor does not keep this method, or no longer. */
  | 'method-unknown'
  | 'payer-left'
  | 'payment-expired'
  | 'other';

export type RefundDone = {
  /** `pending`: accepted, the money moves later; a `payment.refunded` event follows. */
  kind: 'refunded' | 'pending';
  refundRef: string;
  amountMinor: bigint;
};

/** A final "no": repeating the same request gives the same answer. */
export type GatewayRefused = { kind: 'refused'; code: GatewayRefusalCode; message: string };

export type GatewayRefusalCode =
  | 'gateway-credentials-refused'
  | 'gateway-request-refused'
  | 'method-not-found'
  | 'payment-amount-refused'
  | 'payment-currency-refused'
  | 'payment-id-reused'
  | 'payment-not-found'
  | 'payment-not-refundable'
  | 'refund-exceeds-payment';

/** No usable answer: the work may or may not be done. Ask again with the same id. */
export type Unreachable = { kind: 'unreachable'; message: string; retryAfterMs?: number };

export type WebhookDelivery = {
  headers: Readonly<Record<string, string | undefined>>;
  rawBody: Uint8Array;
  /** Wall clock of the receiving process, for the age of the signature. */
  nowMs: number;
};

export type WebhookVerdict =
  | { kind: 'event'; event: GatewayEvent }
  /** Unsigned gateways: read this payment and judge what is read. */
  | { kind: 'read-again'; which: PaymentKey }
  /** Genuine, but of a kind we have no use for: acknowledge it. */
  | { kind: 'ignored'; type: string }
  | { kind: 'refused'; code: WebhookRefusalCode };

export type WebhookRefusalCode =
  | 'webhook-signature-missing'
  | 'webhook-signature-wrong'
  | 'webhook-signature-stale'
  | 'webhook-body-too-large'
  | 'webhook-body-unreadable';

/**
 * What happened at the vendor. Events may come twice, at once, late and out of order: `eventId`
 * is the same in every copy, and whether a payment may still change is decided by payments.
 */
export type GatewayEvent = {
  eventId: string;
  gatewayRef: string;
  paymentId: string;
  occurredAt: Temporal.Instant;
  /** Of the whole payment; of this refund in `payment.refunded`. */
  amountMinor: bigint;
  currency: string;
} & (
  | { type: 'payment.succeeded'; kept?: KeptMethod }
  | { type: 'payment.pending' }
  /** `final` false: this attempt was declined and the payer may still try another card. */
  | { type: 'payment.failed'; failure: PaymentFailure; final: boolean }
  | { type: 'payment.refunded'; refundRef: string; refundId: string | null; refundedMinor: bigint }
);

export type EventMismatch = 'payment-differs' | 'currency-differs' | 'amount-differs';

/**
 * Whether an event speaks of the payment we asked for. A genuine signature does not prove the
 * amount: a payer may have been able to alter it on the way. Null when everything agrees.
 */
export function eventMismatch(
  event: GatewayEvent,
  expected: { paymentId: string; amountMinor: bigint; currency: string },
): EventMismatch | null {
  if (event.paymentId !== expected.paymentId) return 'payment-differs';
  if (event.currency !== expected.currency) return 'currency-differs';
  if (event.type === 'payment.refunded') {
    const within = event.amountMinor > 0n && event.refundedMinor <= expected.amountMinor;
    return within && event.amountMinor <= event.refundedMinor ? null : 'amount-differs';
  }
  return event.amountMinor === expected.amountMinor ? null : 'amount-differs';
}
