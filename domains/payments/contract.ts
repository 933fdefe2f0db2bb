import { z } from 'zod';
import { SettingsFormWire, SettingsValuesWire } from '#kit/settings-form.ts';
import { operation } from '#platform/http/operation.ts';
import {
  idWire,
  InstantWire,
  MoneyWire,
  PageQuery,
  pageWire,
  textWire,
} from '#platform/http/wire.ts';
import { PAYMENT_STATES } from './payment.ts';
import { SavedMethodView, savedMethods, staffSavedMethods } from './saved-method-contract.ts';
import { clientRefunds, RefundsOfPayment, refundsContract } from './refund-contract.ts';

const Localised = z.object({ ru: z.string(), en: z.string() });

const PaymentView = z.object({
  id: idWire('pay'),
  invoiceId: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
  gatewayId: z.string(),
  method: Localised,
  card: z
    .object({ brand: z.string(), last4: z.string() })
    .nullable()
    .describe('the saved card that was charged'),
  automatic: z.boolean().describe('taken from the saved card by us, not paid by the client'),
  kind: z.enum(['page', 'transfer']),
  amount: MoneyWire,
  received: MoneyWire.nullable(),
  state: z.enum(PAYMENT_STATES),
  redirectUrl: z.string().nullable(),
  failureCode: z.string().nullable(),
  createdAt: InstantWire,
  finishedAt: InstantWire.nullable(),
});

/** Where a transfer goes; as the seller's particulars have it. */
const TransferTo = z.object({
  payee: Localised,
  taxId: z.string(),
  bank: Localised,
  account: z.string(),
  bankCode: z.string(),
  correspondentAccount: z.string().nullable(),
});

const PaymentDetail = PaymentView.extend({
  transferTo: TransferTo.nullable().describe('of transfers: the seller’s account'),
});

const StaffPaymentView = PaymentView.extend({
  clientId: z.string(),
  clientName: z.string(),
  brandId: z.string(),
  gatewayRef: z.string().nullable(),
  failureMessage: z.string().nullable(),
});

const StaffPaymentDetail = StaffPaymentView.extend({
  ...RefundsOfPayment,
  brandName: z.string(),
  description: z.string(),
  returnUrl: z.string(),
  checks: z.int().describe('how often the gateway was asked of our own accord'),
  nextCheckAt: InstantWire.nullable(),
  invoice: z
    .object({ id: z.string(), number: z.string(), state: z.string(), due: MoneyWire })
    .nullable(),
  notifications: z.array(
    z.object({
      eventId: z.string(),
      kind: z.string(),
      outcome: z.string().describe('`applied`, or what did not agree with the payment'),
      receivedAt: InstantWire,
    }),
  ),
});

const GatewayWire = z.object({
  brandId: z.string(),
  brandName: z.string(),
  gatewayId: z.string(),
  title: Localised,
  kind: z.enum(['page', 'transfer']),
  enabled: z.boolean(),
  saved: z.boolean(),
  form: SettingsFormWire,
  notifyUrl: z.string().nullable(),
});

/** A path of ours, never another host: what the payer comes back to must not be theirs to choose. */
const ReturnPath = z.string().regex(/^\/(?![/\\])[\w\-./?=&%]{0,300}$/);

export const paymentsContract = {
  methods: operation({
    method: 'GET',
    path: '/v1/payment-methods',
    summary: 'How this client may pay',
    access: { who: 'client', scope: 'payments.read' },
    input: z.object({}),
    output: z.object({
      balance: MoneyWire,
      methods: z.array(
        z.object({
          id: z.string(),
          title: Localised,
          /** `page`: the payer is sent to the gateway; `transfer`: details stand on the invoice. */
          kind: z.enum(['page', 'transfer']),
          canSave: z.boolean().describe('whether it saves the card for automatic payments'),
        }),
      ),
      saved: z.array(SavedMethodView).describe('cards that can be charged at once'),
    }),
  }),
  saved: savedMethods,
  start: operation({
    method: 'POST',
    path: '/v1/payments',
    summary: 'Start paying an invoice, or putting money on the balance',
    access: { who: 'client', scope: 'payments.write' },
    input: z.object({
      invoiceId: idWire('inv').optional(),
      invoiceIds: z
        .array(idWire('inv'))
        .min(1)
        .max(50)
        .refine((ids) => new Set(ids).size === ids.length)
        .optional()
        .describe('several invoices to pay together'),
      amount: MoneyWire.optional(),
      gatewayId: z.string().max(60).optional().describe('unless a saved card is charged'),
      savedMethodId: idWire('svm').optional().describe('the saved card to charge at once'),
      saveMethod: z
        .boolean()
        .optional()
        .describe('the client agrees to the card’s being saved for automatic payments'),
      returnPath: ReturnPath.optional().describe('default: the page of the payment'),
    }),
    output: PaymentView,
    refusals: [
      'invoice-not-found',
      'invoice-already-paid',
      'invoice-void',
      'invoice-written-off',
      'amount-invalid',
      'currency-invalid',
      'gateway-unavailable',
      'gateway-saves-nothing',
      'saved-method-not-found',
      'saved-method-failed',
    ],
    idempotency: 'required',
    transaction: 'own',
    perMinute: 30,
  }),
  get: operation({
    method: 'GET',
    path: '/v1/payments/{id}',
    summary: 'How a payment stands',
    access: { who: 'client', scope: 'payments.read' },
    input: z.object({ id: idWire('pay') }),
    output: PaymentDetail,
    refusals: ['payment-not-found'],
  }),
  refresh: operation({
    method: 'POST',
    path: '/v1/payments/{id}/refresh',
    summary: 'Ask the gateway how a payment stands, and for its page if it never gave one',
    access: { who: 'client', scope: 'payments.write' },
    input: z.object({ id: idWire('pay') }),
    output: PaymentView,
    refusals: ['payment-not-found', 'gateway-unavailable'],
    transaction: 'own',
    perMinute: 20,
  }),
  list: operation({
    method: 'GET',
    path: '/v1/payments',
    summary: "The client's payments, newest first",
    access: { who: 'client', scope: 'payments.read' },
    input: PageQuery.extend({ invoiceId: idWire('inv').optional() }),
    output: pageWire(PaymentView),
  }),
  refunds: clientRefunds,
  balance: operation({
    method: 'GET',
    path: '/v1/balance',
    summary: 'Money on the balance and how it came to be',
    access: { who: 'client', scope: 'balance.read' },
    input: PageQuery,
    output: z.object({
      held: MoneyWire,
      items: z.array(
        z.object({
          id: z.string(),
          at: InstantWire,
          kind: z.string(),
          documentId: z.string().nullable(),
          documentNumber: z.string().nullable(),
          /** Above zero: money came in. */
          amount: MoneyWire,
        }),
      ),
      next: z.string().nullable(),
    }),
  }),
  admin: {
    list: operation({
      method: 'GET',
      path: '/v1/admin/payments',
      summary: 'Payments of all clients, newest first',
      access: { who: 'staff', permission: 'payments.read' },
      input: PageQuery.extend({
        state: z.enum(PAYMENT_STATES).optional(),
        gatewayId: z.string().max(60).optional(),
        clientId: idWire('cli').optional(),
        invoiceId: idWire('inv').optional(),
        search: textWire(100).optional().describe('an id, or the beginning of an invoice number'),
      }),
      output: pageWire(StaffPaymentView),
    }),
    get: operation({
      method: 'GET',
      path: '/v1/admin/payments/{id}',
      summary: 'One payment',
      access: { who: 'staff', permission: 'payments.read' },
      input: z.object({ id: idWire('pay') }),
      output: StaffPaymentDetail,
      refusals: ['payment-not-found'],
    }),
    confirm: operation({
      method: 'POST',
      path: '/v1/admin/payments/{id}/confirm',
      summary: 'A bank transfer has arrived',
      access: { who: 'staff', permission: 'payments.confirm' },
      input: z.object({ id: idWire('pay'), received: MoneyWire }),
      output: StaffPaymentDetail,
      refusals: [
        'payment-not-found',
        'payment-not-a-transfer',
        'payment-already-finished',
        'amount-invalid',
        'currency-invalid',
      ],
      idempotency: 'required',
    }),
    cancel: operation({
      method: 'POST',
      path: '/v1/admin/payments/{id}/cancel',
      summary: 'A bank transfer will not come',
      access: { who: 'staff', permission: 'payments.confirm' },
      input: z.object({ id: idWire('pay') }),
      output: StaffPaymentDetail,
      refusals: ['payment-not-found', 'payment-not-a-transfer', 'payment-already-finished'],
    }),
    readAgain: operation({
      method: 'POST',
      path: '/v1/admin/payments/{id}/read-again',
      summary: 'Ask the gateway how the payment stands',
      access: { who: 'staff', permission: 'payments.confirm' },
      input: z.object({ id: idWire('pay') }),
      output: StaffPaymentDetail,
      refusals: ['payment-not-found'],
      transaction: 'own',
    }),
    refunds: refundsContract,
    savedMethods: staffSavedMethods,
    gateways: {
      list: operation({
        method: 'GET',
        path: '/v1/admin/gateways',
        summary: 'Gateways of every brand with their settings; secrets are never told',
        access: { who: 'staff', permission: 'brands.read' },
        input: z.object({}),
        output: z.object({ items: z.array(GatewayWire) }),
      }),
      save: operation({
        method: 'PUT',
        path: '/v1/admin/brands/{brandId}/gateways/{gatewayId}',
        summary: 'Set a gateway up for a brand, switch it on or off',
        access: { who: 'staff', permission: 'brands.write' },
        input: z.object({
          brandId: idWire('brd'),
          gatewayId: z.string().max(60),
          enabled: z.boolean(),
          values: SettingsValuesWire.optional().describe('secrets left out stay as they are'),
        }),
        output: GatewayWire,
        refusals: ['brand-not-found', 'gateway-not-found', 'settings-value-invalid'],
        secret: ['values'],
      }),
    },
  },
};

export type PaymentWire = z.infer<typeof PaymentView>;
export type PaymentDetailWire = z.infer<typeof PaymentDetail>;
export type StaffPaymentWire = z.infer<typeof StaffPaymentView>;
export type StaffPaymentDetailWire = z.infer<typeof StaffPaymentDetail>;
export type GatewaySettingsWire = z.infer<typeof GatewayWire>;
