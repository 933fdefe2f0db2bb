import * as z from 'zod';
import type {
  FailureCode,
  GatewayPayment,
  KeptMethod,
  PaymentFailure,
} from '#domains/payments/gateway.ts';

/** Amounts travel as text, so that no JSON reader can turn them into floats. */
export const minorUnits = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);

const FAILURES: Readonly<Record<FailureCode, string>> = {
  'insufficient-funds': 'insufficient funds',
  'card-declined': 'declined by the bank',
  'card-expired': 'card expired',
  'card-stolen': 'card reported lost or stolen',
  'three-d-secure-failed': '3-D Secure failed',
  'payer-needed': '3-D Secure is needed',
  'method-unknown': 'there is no such saved card',
  'payer-left': 'the payer left',
  'payment-expired': 'not paid in time',
  other: 'failed',
};

export const keptMethod = z
  .object({
    token: z.string().min(1).max(200),
    brand: z.string().min(1).max(40),
    last4: z.string().regex(/^\d{4}$/),
    exp_year: z.int().min(2000).max(2099),
    exp_month: z.int().min(1).max(12),
  })
  .transform(({ exp_year: year, exp_month: month, ...method }): KeptMethod => {
    return { ...method, expires: { year, month } };
  });

export const paymentAnswer = z.object({
  id: z.string().min(1).max(100),
  payment_id: z.string().min(1).max(64),
  status: z.enum(['open', 'pending', 'succeeded', 'failed']),
  amount_minor: minorUnits,
  refunded_minor: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Null for a charge of a saved card: nobody is sent anywhere. */
  redirect_url: z.url({ protocol: /^https?$/ }).nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  saved_method: keptMethod.nullable(),
});

export const refundAnswer = z.object({
  id: z.string().min(1).max(100),
  amount_minor: minorUnits,
});

export function paymentOf(answer: z.output<typeof paymentAnswer>): GatewayPayment {
  return {
    gatewayRef: answer.id,
    paymentId: answer.payment_id,
    state: answer.status,
    amountMinor: answer.amount_minor,
    currency: answer.currency,
    refundedMinor: answer.refunded_minor,
    ...(answer.failure ? { failure: failureOf(answer.failure.code) } : {}),
    ...(answer.saved_method ? { kept: answer.saved_method } : {}),
  };
}

export function failureOf(code: string | null): PaymentFailure {
  const known = code !== null && Object.hasOwn(FAILURES, code) ? (code as FailureCode) : 'other';
  return { code: known, message: FAILURES[known] };
}

export const forgotten = z.object({ forgotten: z.literal(true) });
