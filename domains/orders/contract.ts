import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, PageQuery, pageWire, textWire } from '#platform/http/wire.ts';
import { ORDER_STATES } from './order-words.ts';
import { clientQuoteOperations } from './client-quote-contract.ts';
import { chargingOperations } from './charging-contract.ts';
import { collectionOperations } from './collection-contract.ts';
import { changeOperations } from './change-contract.ts';
import { moneyBackOperations } from './money-back-contract.ts';
import { nextRenewalOperations } from './next-renewal-contract.ts';
import { OrderWire } from './order-wire.ts';
import { CartQuoteWire, QuoteWire } from './quote-wire.ts';
import { renewalRunOperations } from './renewal-run-contract.ts';

const Localised = z.object({ ru: z.string(), en: z.string() });
const Key = z.string().min(1).max(60);

const StaffOrderWire = OrderWire.extend({ clientName: z.string() });

const StaffOrderDetailWire = StaffOrderWire.extend({
  waitsForSellerId: z.string().nullable(),
  invoiceNumber: z.string().nullable(),
});

const AddOnChoiceWire = z.object({ componentId: Key, quantity: z.number().default(1) });

const CartWire = z.object({
  productId: Key,
  planId: Key,
  termMonths: z.number(),
  domainName: z.string().max(300).optional(),
  addOns: z.array(AddOnChoiceWire).max(20).default([]),
  promo: z.string().trim().max(60).optional(),
  /** Where the buyer is, for the tax, while nobody is signed in. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
});

/** What was shown. Nothing is ordered when the price has changed meanwhile. */
const expected = {
  expectedTotalMinor: z.int().min(0),
  /** Pay from the balance in the same act; too little there refuses the whole. */
  payFromBalance: z.boolean().default(false),
};

const componentRefusals = [
  'component-not-found',
  'component-already-included',
  'component-not-sold',
  'quantity-invalid',
  'quantity-too-large',
] as const;

const cartRefusals = [
  'plan-not-found',
  'plan-not-sold',
  'term-invalid',
  'domain-name-invalid',
  'component-chosen-twice',
  ...componentRefusals,
  'promo-not-found',
  'promo-not-yet-valid',
  'promo-expired',
  'promo-used-up',
  'promo-not-for-this-plan',
  'promo-not-for-this-term',
  'promo-not-for-this-currency',
  'promo-already-used',
] as const;

const addOnRefusals = [
  'subscription-not-found',
  'subscription-not-active',
  'period-over',
  'component-limit-reached',
  'component-ordered-already',
  ...componentRefusals,
] as const;

const renewalRefusals = [
  'subscription-not-found',
  'subscription-not-live',
  'term-invalid',
  'entitlement-not-found',
  'plan-not-sold',
  'billing-day-not-offered',
] as const;

const read = { who: 'client', scope: 'orders.read' } as const;
const write = { who: 'client', scope: 'orders.write' } as const;
const staffRead = { who: 'staff', permission: 'orders.read' } as const;
const staffWrite = { who: 'staff', permission: 'orders.write' } as const;
const ById = z.object({ id: idWire('ord') });
const OfSubscription = z.object({ subscriptionId: idWire('sub') });
const AddOnInput = OfSubscription.extend(AddOnChoiceWire.shape);
const RenewalInput = OfSubscription.extend({
  termMonths: z.number(),
  /** Entitlements to leave out of the next period. */
  drop: z.array(idWire('ent')).max(100).default([]),
  toBillingDay: z
    .boolean()
    .default(false)
    .describe('only up to the brand’s billing day, from which it counts then'),
});
const carryOut = ['order-not-found', 'order-not-locked'] as const;
const cancelRefusals = ['order-not-found', 'order-already-paid', 'invoice-partly-paid'] as const;

const AddOnOfferWire = z.object({
  componentId: z.string(),
  name: Localised,
  description: Localised,
  kind: z.enum(['licence', 'address', 'capacity', 'protection']),
  refundable: z.boolean(),
  irrevocable: z.boolean(),
  held: z.int(),
  quantityMax: z.int(),
  monthlyMinor: z.int(),
  coming: z
    .object({ on: DateWire, monthlyMinor: z.int() })
    .nullable()
    .describe('from which renewal on it will cost more, by what is published'),
  currency: z.string(),
});

/** Buying, renewing, and what becomes of it. */
export const ordersContract = {
  quoteCart: operation({
    method: 'POST',
    path: '/v1/shop/quote',
    summary: 'What a new package with its add-ons costs, line by line',
    access: { who: 'anyone' },
    changes: false,
    input: CartWire,
    output: CartQuoteWire,
    refusals: cartRefusals,
  }),
  place: operation({
    method: 'POST',
    path: '/v1/orders',
    summary: 'Order a new package with its add-ons at the price that was shown',
    access: write,
    idempotency: 'required',
    input: CartWire.extend({ ...expected, autoRenew: z.boolean().default(true) }),
    output: OrderWire,
    refusals: [
      ...cartRefusals,
      'price-changed',
      'domain-name-missing',
      'domain-name-taken',
      'balance-too-low',
    ],
  }),
  list: operation({
    method: 'GET',
    path: '/v1/orders',
    summary: 'A client’s orders, newest first',
    access: read,
    input: PageQuery.extend({
      state: z.enum(ORDER_STATES).optional(),
      subscriptionId: idWire('sub').optional(),
    }),
    output: pageWire(OrderWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/orders/{id}',
    summary: 'One order',
    access: read,
    input: ById,
    output: OrderWire,
    refusals: ['order-not-found'],
  }),
  cancel: operation({
    method: 'POST',
    path: '/v1/orders/{id}/cancel',
    summary: 'Cancel an order of which nothing was delivered; money paid goes to the balance',
    access: write,
    input: ById,
    output: OrderWire,
    refusals: cancelRefusals,
  }),
  retry: operation({
    method: 'POST',
    path: '/v1/orders/{id}/retry',
    summary: 'Try to carry out a locked order',
    access: write,
    input: ById,
    output: OrderWire,
    refusals: carryOut,
  }),
  addOns: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/add-ons',
    summary: 'What may be bought to a package today',
    access: read,
    input: OfSubscription,
    output: z.object({ items: z.array(AddOnOfferWire) }),
    refusals: ['subscription-not-found'],
  }),
  quoteAddOn: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/add-ons/quote',
    summary: 'What a component costs pro rata to the day the package is paid until',
    access: read,
    changes: false,
    input: AddOnInput,
    output: QuoteWire,
    refusals: addOnRefusals,
  }),
  buyAddOn: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/add-ons',
    summary: 'Buy a component to a package at the price that was shown',
    access: write,
    idempotency: 'required',
    input: AddOnInput.extend(expected),
    output: OrderWire,
    refusals: [...addOnRefusals, 'price-changed', 'balance-too-low'],
  }),
  ...nextRenewalOperations,
  quoteRenewal: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/renewal/quote',
    summary: 'What renewing costs for any term, with components that stay or go',
    access: read,
    changes: false,
    input: RenewalInput,
    output: QuoteWire,
    refusals: renewalRefusals,
  }),
  renew: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/renewal',
    summary: 'Order the next period at the price that was shown',
    access: write,
    idempotency: 'required',
    input: RenewalInput.extend(expected),
    output: OrderWire,
    refusals: [
      ...renewalRefusals,
      'price-changed',
      'renewal-in-progress',
      'invoice-partly-paid',
      'balance-too-low',
    ],
  }),
  staffList: operation({
    method: 'GET',
    path: '/v1/admin/orders',
    summary: 'Orders of the seller and of all sellers below it, newest first',
    access: staffRead,
    input: PageQuery.extend({
      state: z.enum(ORDER_STATES).optional(),
      subscriptionId: idWire('sub').optional(),
      clientId: idWire('cli').optional(),
      search: textWire(255).optional(),
    }),
    output: pageWire(StaffOrderWire),
  }),
  staffGet: operation({
    method: 'GET',
    path: '/v1/admin/orders/{id}',
    summary: 'One order',
    access: staffRead,
    input: ById,
    output: StaffOrderDetailWire,
    refusals: ['order-not-found'],
  }),
  staffCancel: operation({
    method: 'POST',
    path: '/v1/admin/orders/{id}/cancel',
    summary: 'Cancel an order of which nothing was delivered; money paid goes to the balance',
    access: staffWrite,
    input: ById,
    output: OrderWire,
    refusals: cancelRefusals,
  }),
  staffRetry: operation({
    method: 'POST',
    path: '/v1/admin/orders/{id}/retry',
    summary: 'Try to carry out a locked order',
    access: staffWrite,
    input: ById,
    output: OrderWire,
    refusals: carryOut,
  }),
  ...collectionOperations,
  ...chargingOperations,
  ...changeOperations,
  ...clientQuoteOperations,
  ...moneyBackOperations,
  ...renewalRunOperations,
};

export type { OrderView } from './order-wire.ts';
export { planOperations, staffPlanOperations } from './plan-change-contract.ts';
export type AddOnOfferView = z.infer<typeof AddOnOfferWire>;
export type StaffOrderView = z.infer<typeof StaffOrderDetailWire>;
export type { NextRenewalView } from './next-renewal-contract.ts';
export type { PlanChangeView, PlanOfferView } from './plan-change-wire.ts';
