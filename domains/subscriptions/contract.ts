import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import {
  DateWire,
  idWire,
  InstantWire,
  PageQuery,
  pageWire,
  textWire,
} from '#platform/http/wire.ts';
import { ENTITLEMENT_STATES } from './entitlement.ts';
import { SUBSCRIPTION_STATES } from './subscription.ts';

const Localised = z.object({ ru: z.string(), en: z.string() });

const SubscriptionWire = z.object({
  id: idWire('sub'),
  clientId: z.string(),
  sellerId: z.string(),
  productId: z.string(),
  planId: z.string(),
  productName: Localised,
  planName: Localised,
  domainName: z.string().describe('in ASCII'),
  domainTitle: z.string().describe('as its owner writes it'),
  state: z.enum(SUBSCRIPTION_STATES),
  suspendedFor: z.enum(['unpaid', 'staff']).nullable(),
  termMonths: z.int(),
  currency: z.string(),
  subscribedOn: DateWire,
  periodStart: DateWire.nullable(),
  /** Paid until: the first local day that is not paid for. */
  periodEnd: DateWire.nullable(),
  zone: z.string(),
  autoRenew: z.boolean(),
  createdAt: InstantWire,
});

const ComponentWire = z.object({
  id: idWire('ent'),
  componentId: z.string(),
  name: Localised,
  kind: z.enum(['licence', 'address', 'capacity', 'protection']),
  state: z.enum(ENTITLEMENT_STATES),
  quantity: z.int(),
  sinceOn: DateWire,
  renews: z.boolean(),
  endsOn: DateWire.nullable(),
  deletedAt: InstantWire.nullable(),
  refundable: z.boolean(),
  irrevocable: z.boolean(),
});

const SubscriptionDetailWire = SubscriptionWire.extend({
  components: z.array(ComponentWire),
  /** What the life cycle does if nobody pays by hand; null when it does nothing of the kind. */
  autoRenewOn: DateWire.nullable(),
  deletionOn: DateWire.nullable(),
});

const StaffListWire = SubscriptionWire.extend({ clientName: z.string() });

const StaffDetailWire = SubscriptionDetailWire.extend({
  clientName: z.string(),
  nextStep: z.string().nullable(),
  nextStepAt: InstantWire.nullable(),
  stepAttempts: z.int(),
  stepError: z.string().nullable(),
});

const HistoryWire = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      at: InstantWire,
      /** `client`, `staff` or `system`: who did it. */
      actor: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
});

const ById = z.object({ id: idWire('sub') });
const State = z.enum(SUBSCRIPTION_STATES).optional();
const read = { who: 'client', scope: 'subscriptions.read' } as const;
const write = { who: 'client', scope: 'subscriptions.write' } as const;
const staffRead = { who: 'staff', permission: 'subscriptions.read' } as const;
const staffWrite = { who: 'staff', permission: 'subscriptions.write' } as const;
const Reason = ById.extend({ reason: textWire(500) });

/** What a client holds, and what staff see and do about it. */
export const subscriptionsContract = {
  list: operation({
    method: 'GET',
    path: '/v1/subscriptions',
    summary: 'The packages a client holds, newest first',
    access: read,
    input: PageQuery.extend({ state: State }),
    output: pageWire(SubscriptionWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/subscriptions/{id}',
    summary: 'One package with its components',
    access: read,
    input: ById,
    output: SubscriptionDetailWire,
    refusals: ['subscription-not-found'],
  }),
  history: operation({
    method: 'GET',
    path: '/v1/subscriptions/{id}/history',
    summary: 'Everything that happened to a package, oldest first',
    access: read,
    input: ById,
    output: HistoryWire,
    refusals: ['subscription-not-found'],
  }),
  setAutoRenew: operation({
    method: 'PUT',
    path: '/v1/subscriptions/{id}/auto-renew',
    summary: 'Turn automatic renewal on or off',
    access: write,
    input: ById.extend({ autoRenew: z.boolean() }),
    output: SubscriptionDetailWire,
    refusals: ['subscription-not-found', 'subscription-state-forbids'],
  }),
  setComponentRenewal: operation({
    method: 'PUT',
    path: '/v1/subscriptions/{id}/components/{componentId}/renewal',
    summary: 'Say whether the next period is to have a component; until then nothing changes',
    access: write,
    input: ById.extend({ componentId: idWire('ent'), renews: z.boolean() }),
    output: SubscriptionDetailWire,
    refusals: [
      'subscription-not-found',
      'entitlement-not-found',
      'entitlement-deleted',
      'entitlement-ends-already',
    ],
  }),
  staffList: operation({
    method: 'GET',
    path: '/v1/admin/subscriptions',
    summary: 'Packages of the seller and of all sellers below it, newest first',
    access: staffRead,
    input: PageQuery.extend({
      state: State,
      search: textWire(255).optional(),
      clientId: idWire('cli').optional(),
    }),
    output: pageWire(StaffListWire),
  }),
  staffGet: operation({
    method: 'GET',
    path: '/v1/admin/subscriptions/{id}',
    summary: 'One package with its components and what time does to it next',
    access: staffRead,
    input: ById,
    output: StaffDetailWire,
    refusals: ['subscription-not-found'],
  }),
  staffHistory: operation({
    method: 'GET',
    path: '/v1/admin/subscriptions/{id}/history',
    summary: 'Everything that happened to a package, oldest first',
    access: staffRead,
    input: ById,
    output: HistoryWire,
    refusals: ['subscription-not-found'],
  }),
  suspend: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{id}/suspend',
    summary: 'Suspend a package until staff resume it, paid or not',
    access: staffWrite,
    input: Reason,
    output: StaffDetailWire,
    refusals: ['subscription-not-found', 'subscription-state-forbids'],
  }),
  resume: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{id}/resume',
    summary: 'Resume a suspended package whose period is paid',
    access: staffWrite,
    input: ById,
    output: StaffDetailWire,
    refusals: ['subscription-not-found', 'subscription-state-forbids', 'subscription-unpaid'],
  }),
  end: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{id}/delete',
    summary: 'Delete a package with everything on it, at once and for good',
    access: staffWrite,
    input: Reason.extend({ domainName: textWire(255) }),
    output: StaffDetailWire,
    refusals: ['subscription-not-found', 'subscription-state-forbids', 'domain-name-differs'],
  }),
};

export type SubscriptionView = z.infer<typeof SubscriptionWire>;
export type SubscriptionDetailView = z.infer<typeof SubscriptionDetailWire>;
export type StaffSubscriptionView = z.infer<typeof StaffDetailWire>;
export type HistoryView = z.infer<typeof HistoryWire>;
