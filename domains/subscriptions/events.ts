import { z } from 'zod';
import { eventType } from '#platform/events.ts';

const subscriptionFact = {
  subscriptionId: z.string(),
  clientId: z.string(),
  sellerId: z.string(),
  /** The order behind the fact; null when time or staff caused it. */
  orderId: z.string().nullable(),
};

/** Paid for and to be delivered; its entitlements follow, one fact each. */
export const subscriptionActivated = eventType(
  'subscription.activated',
  z.object({ ...subscriptionFact, planId: z.string(), periodEnd: z.string() }),
);

/** Another period was paid for. Dates are local: `periodStart` is its first day. */
export const subscriptionExtended = eventType(
  'subscription.extended',
  z.object({
    ...subscriptionFact,
    periodStart: z.string(),
    periodEnd: z.string(),
    termMonths: z.int(),
  }),
);

/** Another plan counts from that day on: its holder chose it, or a retired plan's successor. */
export const subscriptionPlanChanged = eventType(
  'subscription.plan-changed',
  z.object({
    ...subscriptionFact,
    fromPlanId: z.string(),
    toPlanId: z.string(),
    on: z.string(),
    /** The documents of a change that was bought. */
    invoiceId: z.string().optional(),
    noteIds: z.array(z.string()).optional(),
  }),
);

export const subscriptionSuspended = eventType(
  'subscription.suspended',
  z.object({
    ...subscriptionFact,
    cause: z.enum(['unpaid', 'staff']),
    reason: z.string().nullable(),
  }),
);

export const subscriptionResumed = eventType('subscription.resumed', z.object(subscriptionFact));

/** Gone for good, with everything on it. */
export const subscriptionDeleted = eventType(
  'subscription.deleted',
  z.object({
    ...subscriptionFact,
    cause: z.enum(['unpaid', 'staff']),
    reason: z.string().nullable(),
  }),
);

const entitlementFact = {
  ...subscriptionFact,
  entitlementId: z.string(),
  componentId: z.string(),
  quantity: z.int(),
};

/** A component came: with the plan at activation, or bought. */
export const entitlementAdded = eventType(
  'entitlement.added',
  z.object({ ...entitlementFact, state: z.enum(['included', 'bought']) }),
);

/** The owner's wish for the next period changed, or an included component will cost money. */
export const entitlementChanged = eventType(
  'entitlement.changed',
  z.object({ ...entitlementFact, renews: z.boolean() }),
);

/** A component is gone, at once and for good. */
export const entitlementDeleted = eventType('entitlement.deleted', z.object(entitlementFact));
