import { z } from 'zod';
import { eventType } from '#platform/events.ts';

const Payload = z.object({
  paymentId: z.string(),
  invoiceId: z.string().nullable(),
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
