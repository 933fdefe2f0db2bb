import * as z from 'zod';
import type { GatewayEvent, WebhookDelivery, WebhookVerdict } from '#domains/payments/gateway.ts';
import { failureOf, keptMethod, minorUnits } from './payment-answer.ts';
import { checkSignature, SIGNATURE_HEADER } from './signature.ts';

const BODY_BYTES_MAX = 64 * 1024;

const REFUSALS = {
  missing: 'webhook-signature-missing',
  wrong: 'webhook-signature-wrong',
  stale: 'webhook-signature-stale',
} as const;

const envelope = {
  id: z.string().min(1).max(100),
  created_at: z.string().transform((text) => Temporal.Instant.from(text)),
};
const subject = {
  payment: z.string().min(1).max(100),
  payment_id: z.string().min(1).max(64),
  amount_minor: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
};
const eventSchema = z.discriminatedUnion('type', [
  z.object({
    ...envelope,
    type: z.literal('payment.succeeded'),
    data: z.object({ ...subject, saved_method: keptMethod.optional() }),
  }),
  z.object({ ...envelope, type: z.literal('payment.pending'), data: z.object(subject) }),
  z.object({
    ...envelope,
    type: z.literal('payment.failed'),
    data: z.object({ ...subject, failure: z.string().nullable(), final: z.boolean() }),
  }),
  z.object({
    ...envelope,
    type: z.literal('payment.refunded'),
    data: z.object({
      ...subject,
      refund: z.object({
        id: z.string().min(1).max(100),
        refund_id: z.string().min(1).max(64),
        amount_minor: minorUnits,
        refunded_minor: minorUnits,
      }),
    }),
  }),
]);
const KNOWN_TYPES = new Set([
  'payment.succeeded',
  'payment.pending',
  'payment.failed',
  'payment.refunded',
]);

/** Signature first, over the raw bytes; only what is genuine and fresh is read at all. */
export function readWebhook(
  { headers, rawBody, nowMs }: WebhookDelivery,
  secrets: readonly string[],
): WebhookVerdict {
  if (rawBody.length > BODY_BYTES_MAX) return { kind: 'refused', code: 'webhook-body-too-large' };
  const verdict = checkSignature(headers[SIGNATURE_HEADER], secrets, rawBody, nowMs);
  if (verdict !== 'genuine') return { kind: 'refused', code: REFUSALS[verdict] };
  const json = jsonIn(rawBody);
  const type = z.object({ type: z.string().max(100) }).safeParse(json);
  if (type.success && !KNOWN_TYPES.has(type.data.type)) return { kind: 'ignored', ...type.data };
  const event = safely(() => eventSchema.parse(json));
  if (!event) return { kind: 'refused', code: 'webhook-body-unreadable' };
  return { kind: 'event', event: eventOf(event) };
}

function eventOf(event: z.output<typeof eventSchema>): GatewayEvent {
  const { data } = event;
  const about = {
    eventId: event.id,
    gatewayRef: data.payment,
    paymentId: data.payment_id,
    occurredAt: event.created_at,
    amountMinor: data.amount_minor,
    currency: data.currency,
  };
  switch (event.type) {
    case 'payment.succeeded': {
      const { saved_method: kept } = event.data;
      return { ...about, type: event.type, ...(kept && { kept }) };
    }
    case 'payment.failed': {
      const { failure, final } = event.data;
      return { ...about, type: event.type, final, failure: failureOf(failure) };
    }
    case 'payment.refunded': {
      const { refund } = event.data;
      return {
        ...about,
        type: event.type,
        amountMinor: refund.amount_minor,
        refundRef: refund.id,
        refundId: refund.refund_id,
        refundedMinor: refund.refunded_minor,
      };
    }
    default:
      return { ...about, type: event.type };
  }
}

function jsonIn(rawBody: Uint8Array): unknown {
  return safely(() => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)));
}

/** Null instead of whatever a malformed body makes the parsers throw. */
function safely<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
