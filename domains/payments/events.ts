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
