import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import {
  idWire,
  InstantWire,
  MoneyWire,
  PageQuery,
  pageWire,
  textWire,
} from '#platform/http/wire.ts';
import { REFUND_STATES } from './refund.ts';

const RefundView = z.object({
  id: idWire('rfd'),
  paymentId: z.string(),
  creditNoteId: z.string().nullable(),
  creditNoteNumber: z.string().nullable(),
  method: z.object({ ru: z.string(), en: z.string() }),
  kind: z.enum(['page', 'transfer']).describe('`transfer`: staff send it by hand'),
  amount: MoneyWire,
  state: z
    .enum(REFUND_STATES)
    .describe('`asked`: off the balance and not yet confirmed; `failed`: on the balance again'),
  reason: z.string(),
  document: z
    .object({ id: z.string(), number: z.string() })
    .nullable()
    .describe('of money that has gone back: `/v1/refund-notes/{id}/pdf`'),
  askedAt: InstantWire,
  finishedAt: InstantWire.nullable(),
});

const StaffRefundView = RefundView.extend({
  clientId: z.string(),
  clientName: z.string(),
  gatewayRef: z.string().nullable(),
  failureCode: z.string().nullable(),
  failureMessage: z.string().nullable(),
  tries: z.int(),
  nextTryAt: InstantWire.nullable(),
});

/** What the staff's view of a payment says of giving it back. */
export const RefundsOfPayment = {
  refundable: MoneyWire.describe('what can go back now: within the payment and the balance'),
  left: MoneyWire.describe('what of the payment has not gone back'),
  refunds: z.array(StaffRefundView),
  notes: z
    .array(z.object({ id: z.string(), number: z.string(), left: MoneyWire }))
    .describe('credit notes of its invoice whose money has not gone back'),
};

const access = { who: 'staff', permission: 'payments.refund' } as const;
const ById = z.object({ id: idWire('rfd') });

export const clientRefunds = operation({
  method: 'GET',
  path: '/v1/payments/{id}/refunds',
  summary: 'What went back of a payment, or is on its way',
  access: { who: 'client', scope: 'payments.read' },
  input: z.object({ id: idWire('pay') }),
  output: z.object({ items: z.array(RefundView) }),
  refusals: ['payment-not-found'],
});

/** Giving money back by the way it came. */
export const refundsContract = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/refunds',
    summary: 'Refunds of all clients, newest first',
    access: { who: 'staff', permission: 'payments.read' },
    input: PageQuery.extend({
      state: z.enum(REFUND_STATES).optional(),
      clientId: idWire('cli').optional(),
    }),
    output: pageWire(StaffRefundView),
  }),
  ask: operation({
    method: 'POST',
    path: '/v1/admin/payments/{id}/refunds',
    summary: 'Give money of the client’s balance back by the way this payment came',
    access,
    input: z.object({
      id: idWire('pay'),
      creditNoteId: idWire('crn').optional().describe('whose money goes back'),
      amount: MoneyWire,
      reason: textWire(300),
    }),
    output: StaffRefundView,
    refusals: [
      'payment-not-found',
      'payment-not-refundable',
      'credit-note-not-found',
      'amount-invalid',
      'currency-invalid',
      'refund-exceeds-payment',
      'refund-exceeds-note',
      'balance-too-low',
    ],
    idempotency: 'required',
    transaction: 'own',
  }),
  retry: operation({
    method: 'POST',
    path: '/v1/admin/refunds/{id}/retry',
    summary: 'Ask the gateway again; one that failed is asked for anew',
    access,
    input: ById,
    output: StaffRefundView,
    refusals: [
      'refund-not-found',
      'refund-by-hand',
      'refund-already-done',
      'refund-exceeds-payment',
      'balance-too-low',
    ],
    transaction: 'own',
    perMinute: 20,
  }),
  sent: operation({
    method: 'POST',
    path: '/v1/admin/refunds/{id}/sent',
    summary: 'A transfer was sent back by hand',
    access,
    input: ById,
    output: StaffRefundView,
    refusals: ['refund-not-found', 'refund-by-gateway', 'refund-already-finished'],
  }),
  cancel: operation({
    method: 'POST',
    path: '/v1/admin/refunds/{id}/cancel',
    summary: 'A transfer will not be sent back: the money is on the balance again',
    access,
    input: ById,
    output: StaffRefundView,
    refusals: ['refund-not-found', 'refund-by-gateway', 'refund-already-finished'],
  }),
};

export type RefundWire = z.infer<typeof RefundView>;
export type StaffRefundWire = z.infer<typeof StaffRefundView>;
