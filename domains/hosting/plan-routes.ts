import { createHash } from 'node:crypto';
import { Refusal } from '#kit/refusal.ts';
import type { Actor } from '#platform/actor.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { answerOnce } from '#platform/http/idempotency.ts';
import type { Handlers } from '#platform/http/serve.ts';
import {
  changePlan,
  listPlans,
  offerPlanChange,
  viewOrder,
  viewPlanChange,
} from '#domains/orders/index.ts';
import type { PlanChangeOffer, PlanChoice } from '#domains/orders/index.ts';
import { ownSubscription, staffSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import type { hostingContract } from './contract.ts';
import { isThere } from './package-account.ts';
import type { PackageAccount } from './package-account.ts';
import { packageOfSubscription } from './package-store.ts';
import { isSmaller, limitsUnder, refuseTooSmall } from './plan-room.ts';
import type { PackageUsage } from './server-module.ts';
import { answered } from './server-refusals.ts';
import { nodeOf } from './whose-account.ts';

/** Whose package it is, or a refusal. */
type Whose = (ctx: Ctx, subscriptionId: string) => Promise<Subscription>;
type Asked = PlanChoice & { subscriptionId: string };
type Ordered = Asked & { expectedNetMinor: number; payFromBalance: boolean };

/**
 * What the package uses, asked of its server now and only if the new plan is smaller than what the
 * server was told; null when there is nothing to ask or the server does not tell: it takes lower
 * limits, and then nothing more fits.
 */
async function useNow(outside: Outside, whose: Whose, asked: Asked): Promise<PackageUsage | null> {
  const found = await outside.transact(async (ctx) => {
    const offer = await offerPlanChange(ctx, await whose(ctx, asked.subscriptionId), asked);
    const account = await smallerFor(ctx, offer);
    return account && { account, node: await nodeOf(ctx, account) };
  });
  if (!found?.node.capabilities.usage) return null;
  return answered(await found.node.server.packageUsage(found.account.id));
}

async function smallerFor(ctx: Ctx, offer: PlanChangeOffer): Promise<PackageAccount | null> {
  const account = await packageOfSubscription(ctx, offer.subscription.id);
  return isThere(account) && isSmaller(limitsUnder(offer), account.limits) ? account : null;
}

async function quote(outside: Outside, whose: Whose, asked: Asked) {
  const use = await useNow(outside, whose, asked);
  return outside.transact(async (ctx) => {
    const offer = await offerPlanChange(ctx, await whose(ctx, asked.subscriptionId), asked);
    if (use) refuseTooSmall(limitsUnder(offer), use);
    return viewPlanChange(offer);
  });
}

/**
 * Asks the server first, then orders in one transaction under the caller's key: whoever asks again
 * gets the first answer, though the plan cannot be changed to itself by then.
 */
async function change(outside: Outside, whose: Whose, ordered: Ordered, http: HttpContext) {
  const { actor, idempotencyKey } = http;
  const use = await useNow(outside, whose, ordered).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
  const check = (offer: PlanChangeOffer): void => {
    if (use instanceof Refusal) throw use;
    if (use) refuseTooSmall(limitsUnder(offer), use);
  };
  const origin = actor.kind === 'staff' ? ('staff' as const) : ('client' as const);
  const key = {
    owner: actor.kind === 'staff' ? `staff:${actor.userId}` : `client:${idOf(actor)}`,
    key: idempotencyKey ?? '',
    operation: 'hosting.plans.change',
    hash: createHash('sha256').update(JSON.stringify(ordered)).digest('hex'),
  };
  return outside.transact(async (ctx) => {
    const answer = await answerOnce(ctx, key, async () => {
      await whose(ctx, ordered.subscriptionId);
      return viewOrder(await changePlan(ctx, { ...ordered, origin }, check));
    });
    return answer as ReturnType<typeof viewOrder>;
  });
}

function idOf(actor: Actor): string {
  return actor.kind === 'client' ? actor.clientId : actor.kind;
}

async function list(ctx: Ctx, whose: Whose, subscriptionId: string) {
  return { items: await listPlans(ctx, await whose(ctx, subscriptionId)) };
}

export const planRoutes: Handlers<(typeof hostingContract)['plans']> = {
  list: (ctx, { subscriptionId }) => list(ctx, ownSubscription, subscriptionId),
  quote: { outside: (outside, asked) => quote(outside, ownSubscription, asked) },
  change: {
    outside: (outside, ordered, http) => change(outside, ownSubscription, ordered, http),
  },
};

export const staffPlanRoutes: Handlers<(typeof hostingContract)['staffPlans']> = {
  list: (ctx, { subscriptionId }) => list(ctx, staffSubscription, subscriptionId),
  quote: { outside: (outside, asked) => quote(outside, staffSubscription, asked) },
  change: {
    outside: (outside, ordered, http) => change(outside, staffSubscription, ordered, http),
  },
};
