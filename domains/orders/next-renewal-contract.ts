import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';
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
  stays: z
    .array(z.object({ entitlementId: z.string(), totalMinor: z.int() }))
    .describe('what goes at the boundary and would stay at that price if its holder said so'),
});

const OfSubscription = z.object({ subscriptionId: idWire('sub') });

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
};

export type NextRenewalView = z.infer<typeof NextRenewalWire>;
