import { z } from 'zod';
import { eventType } from '#platform/events.ts';
import type { Payment } from './payment.ts';

const Payload = z.object({
  paymentId: z.string(),
  invoiceId: z.string().nullable(),
  /** The saved method that was charged; null when the payer paid. */
  methodId: z.string().nullable().default(null),
  clientId: z.string(),
  gatewayId: z.string(),
  minor: z.int(),
  currency: z.string(),
});

export const paymentSucceeded = eventType('payment.succeeded', Payload);
export const paymentFailed = eventType(
  'payment.failed',
  Payload.extend({ code: z.string().nullable() }),
);

/** A client's automatic payments are taken from this saved method from now on. */
export const methodChosen = eventType(
  'payment-method.chosen',
  z.object({ methodId: z.string(), clientId: z.string() }),
);

const RefundPayload = z.object({
  refundId: z.string(),
  paymentId: z.string(),
  clientId: z.string(),
  gatewayId: z.string(),
  minor: z.int(),
  currency: z.string(),
  code: z.string().nullable(),
});

export const refundDone = eventType('refund.done', RefundPayload);
/** The gateway said no for good: the money is on the client's balance again. */
export const refundFailed = eventType('refund.failed', RefundPayload);

/** What is told of a payment whose end is known. */
export function paymentFact(payment: Payment, minor: bigint) {
  const { id, branch, invoiceId, clientId, gatewayId, currency, savedMethodId } = payment;
  return {
    branch,
    subject: invoiceId ?? clientId,
    payload: {
      paymentId: id,
      invoiceId,
      methodId: savedMethodId,
      clientId,
      gatewayId,
      minor: Number(minor),
      currency,
    },
  };
}
