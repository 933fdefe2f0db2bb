import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire } from '#platform/http/wire.ts';
import { OrderWire } from './order-wire.ts';
import { PlanChangeWire, PlanOfferWire } from './plan-change-wire.ts';

const OfSubscription = z.object({ subscriptionId: idWire('sub') });
const Choice = OfSubscription.extend({
  planId: z.string().min(1).max(60),
  drop: z
    .array(idWire('ent'))
    .max(100)
    .default([])
    .describe('components given up, because the new plan does not have them'),
});
const Order = Choice.extend({
  expectedNetMinor: z.int().describe('what was shown: below zero when money goes back'),
  payFromBalance: z
    .boolean()
    .default(false)
    .describe('false: the order waits for money on the balance, if there is anything to pay'),
});
const Plans = z.object({ items: z.array(PlanOfferWire) });

/** What asking for another plan may be refused with. */
const planRefusals = [
  'subscription-not-found',
  'subscription-not-active',
  'period-over',
  'renewal-in-progress',
  'plan-not-found',
  'plan-not-sold',
  'plan-already-held',
  'component-not-in-plan',
  'entitlement-not-found',
] as const;

/** `hosting` asks the server: a package must have room for what is on it. */
const roomRefusals = [
  ...planRefusals,
  'plan-too-few-accounts',
  'plan-too-little-disk',
  'server-unreachable',
  'server-refused',
  'server-cannot',
] as const;

const changeRefusals = [...roomRefusals, 'price-changed', 'balance-too-low'] as const;

const read = { who: 'client', scope: 'orders.read' } as const;
const write = { who: 'client', scope: 'orders.write' } as const;
const staffRead = { who: 'staff', permission: 'orders.read' } as const;
const staffWrite = { who: 'staff', permission: 'orders.write' } as const;

/** Another plan for a running package, by its client. Served by `hosting`, which knows its use. */
export const planOperations = {
  list: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/plans',
    summary: 'The plans a package may be changed to, and its own',
    access: read,
    input: OfSubscription,
    output: Plans,
    refusals: ['subscription-not-found'],
  }),
  quote: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/plan-change/quote',
    summary: 'What another plan charges and gives back from today, line by line',
    access: read,
    changes: false,
    transaction: 'own',
    input: Choice,
    output: PlanChangeWire,
    refusals: roomRefusals,
  }),
  change: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/plan-change',
    summary: 'Change the plan of a running package at the price that was shown',
    access: write,
    idempotency: 'required',
    transaction: 'own',
    perMinute: 30,
    input: Order,
    output: OrderWire,
    refusals: changeRefusals,
  }),
};

/** The same by staff, for a client; paid from the client's balance. */
export const staffPlanOperations = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/subscriptions/{subscriptionId}/plans',
    summary: 'The plans a client’s package may be changed to, and its own',
    access: staffRead,
    input: OfSubscription,
    output: Plans,
    refusals: ['subscription-not-found'],
  }),
  quote: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{subscriptionId}/plan-change/quote',
    summary: 'What another plan charges a client and gives back from today, line by line',
    access: staffRead,
    changes: false,
    transaction: 'own',
    input: Choice,
    output: PlanChangeWire,
    refusals: roomRefusals,
  }),
  change: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{subscriptionId}/plan-change',
    summary: 'Change the plan of a client’s running package',
    access: staffWrite,
    idempotency: 'required',
    transaction: 'own',
    perMinute: 30,
    input: Order,
    output: OrderWire,
    refusals: changeRefusals,
  }),
};
