import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { insertSubscription } from './store.ts';
import type { Subscription } from './subscription.ts';

export type NewSubscription = Pick<
  Subscription,
  | 'branch'
  | 'brandId'
  | 'sellerId'
  | 'clientId'
  | 'productId'
  | 'planId'
  | 'domainName'
  | 'termMonths'
  | 'zone'
  | 'currency'
  | 'autoRenew'
>;

/**
 * Writes down what was ordered, `pending` until it is paid. The terms of today are what the client
 * agreed to, however late the money comes. Refuses `domain-name-taken`.
 */
export async function openSubscription(ctx: Ctx, ordered: NewSubscription): Promise<Subscription> {
  const subscription: Subscription = {
    ...ordered,
    id: ctx.newId('sub', ordered.branch),
    anchorOn: null,
    cycle: 0,
    period: null,
    subscribedOn: localDate(ctx.now, ordered.zone),
    state: 'pending',
    createdAt: ctx.now,
    suspendedAt: null,
    suspendedFor: null,
    deletedAt: null,
    marks: { remindedOn: null, noticeSentFor: null, renewalTriedFor: null },
    next: null,
    stepAttempts: 0,
    stepError: null,
  };
  await insertSubscription(ctx, subscription);
  return subscription;
}
