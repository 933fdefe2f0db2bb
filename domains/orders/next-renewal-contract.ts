import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, InstantWire } from '#platform/http/wire.ts';
import { OrderWire } from './order-wire.ts';
import { QuoteWire } from './quote-wire.ts';

const NextRenewalWire = z.object({
  quote: QuoteWire.nullable(),
  order: OrderWire.nullable(),
  /** Why there is no quote: a refusal code. */
  refused: z.string().nullable(),
  stoppedAt: InstantWire.nullable().describe(
    'since when it stands still, because nothing prices it',
  ),
  billingDay: DateWire.nullable().describe('the day a renewal may bring the package to'),
  stays: z
    .array(z.object({ entitlementId: z.string(), totalMinor: z.int() }))
    .describe('what goes at the boundary and would stay at that price if its holder said so'),
});

const OfSubscription = z.object({ subscriptionId: idWire('sub') });

const toBillingDayRefusals = [
  'subscription-not-found',
  'subscription-not-live',
  'billing-day-not-offered',
  'plan-not-sold',
] as const;

/** The next renewal of a package, as its holder and staff see it. */
export const nextRenewalOperations = {
  nextRenewal: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/renewal',
    summary: 'The next renewal as it stands: each line, and its order if there is one',
    access: { who: 'client', scope: 'orders.read' },
    input: OfSubscription,
    output: NextRenewalWire,
    refusals: ['subscription-not-found'],
  }),
  staffNextRenewal: operation({
    method: 'GET',
    path: '/v1/admin/subscriptions/{subscriptionId}/renewal',
    summary: 'The next renewal of a package as its holder sees it',
    access: { who: 'staff', permission: 'orders.read' },
    input: OfSubscription,
    output: NextRenewalWire,
    refusals: ['subscription-not-found'],
  }),
  retryRenewal: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{subscriptionId}/renewal/retry',
    summary: 'Let a renewal that stands still go on, if it can be priced now',
    access: { who: 'staff', permission: 'orders.write' },
    input: OfSubscription,
    output: NextRenewalWire,
    refusals: ['subscription-not-found', 'renewal-not-stopped', 'plan-not-sold'],
  }),
  staffQuoteBillingDay: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{subscriptionId}/billing-day/quote',
    summary: 'What bringing a package to the brand’s billing day costs its holder',
    access: { who: 'staff', permission: 'orders.read' },
    changes: false,
    input: OfSubscription,
    output: QuoteWire,
    refusals: toBillingDayRefusals,
  }),
  staffOrderBillingDay: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{subscriptionId}/billing-day',
    summary: 'Order that for its holder, who pays the invoice',
    access: { who: 'staff', permission: 'orders.write' },
    idempotency: 'required',
    input: OfSubscription.extend({ expectedTotalMinor: z.int().min(0) }),
    output: OrderWire,
    refusals: [
      ...toBillingDayRefusals,
      'price-changed',
      'renewal-in-progress',
      'invoice-partly-paid',
    ],
  }),
};

export type NextRenewalView = z.infer<typeof NextRenewalWire>;
