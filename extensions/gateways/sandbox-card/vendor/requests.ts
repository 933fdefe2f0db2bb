import * as z from 'zod';
import { isCurrency } from '#kit/currency.ts';

const AMOUNT_DIGITS_MAX = 15;

const amount = z
  .string()
  .regex(
    new RegExp(`^[1-9]\\d{0,${AMOUNT_DIGITS_MAX - 1}}$`),
    'must be whole minor units above zero',
  )
  .transform(BigInt);
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine(isCurrency, 'is not a currency we know');
const ourId = z.string().regex(/^[\w-]{1,64}$/);
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

export const paymentRequestSchema = z.strictObject({
  payment_id: ourId,
  amount_minor: amount,
  currency,
  description: z.string().max(128),
  merchant_name: z.string().min(1).max(60),
  return_url: webAddress,
  notify_url: webAddress,
  locale: z.enum(['ru', 'en']),
  save_method: z.boolean().default(false),
});

export const chargeRequestSchema = z.strictObject({
  payment_id: ourId,
  method: z.string().max(64),
  amount_minor: amount,
  currency,
  description: z.string().max(128),
  merchant_name: z.string().min(1).max(60),
  notify_url: webAddress,
  locale: z.enum(['ru', 'en']),
});

export const refundRequestSchema = z.strictObject({
  refund_id: ourId,
  payment: z.string().max(64),
  amount_minor: amount,
  currency,
});
