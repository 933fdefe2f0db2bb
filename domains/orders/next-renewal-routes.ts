import { Refusal, refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { isLive, ownSubscription, staffSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { couldStay } from './change-ahead.ts';
import type { NextRenewalView, nextRenewalOperations } from './next-renewal-contract.ts';
import { offerRenewal } from './offer-renewal.ts';
import { openRenewal } from './renew-subscription.ts';
import { retryStopped, stoppedRenewal } from './stop-renewal.ts';
import { viewOrder } from './view-order.ts';
import { viewQuote } from './view-quote.ts';

const NONE = { quote: null, order: null, stoppedAt: null, stays: [] };

export const nextRenewalRoutes: Handlers<typeof nextRenewalOperations> = {
  nextRenewal: async (ctx, { subscriptionId }) =>
    nextRenewal(ctx, await ownSubscription(ctx, subscriptionId)),
  staffNextRenewal: async (ctx, { subscriptionId }) =>
    nextRenewal(ctx, await staffSubscription(ctx, subscriptionId)),
  retryRenewal: async (ctx, { subscriptionId }) => {
    const subscription = await staffSubscription(ctx, subscriptionId);
    if (!isLive(subscription)) refuse('renewal-not-stopped');
    await retryStopped(ctx, subscription);
    return nextRenewal(ctx, await staffSubscription(ctx, subscriptionId));
  },
};

async function nextRenewal(ctx: Ctx, subscription: Subscription): Promise<NextRenewalView> {
  if (!isLive(subscription)) return { ...NONE, refused: 'subscription-not-live' };
  const open = await openRenewal(ctx, subscription);
  const choice =
    open?.recipe.kind === 'renewal'
      ? { termMonths: open.recipe.termMonths, drop: open.recipe.drop }
      : { termMonths: subscription.termMonths, drop: [] };
  const stopped = await stoppedRenewal(ctx, subscription);
  const order = open && viewOrder(open);
  const stoppedAt = stopped?.stoppedAt.toString() ?? null;
  try {
    const { quote } = await offerRenewal(ctx, subscription, choice);
    const kept = await offerRenewal(ctx, subscription, { ...choice, keepAll: true });
    const stays = couldStay(quote, kept.quote).map(({ entitlementId, totalMinor }) => ({
      entitlementId: entitlementId ?? '',
      totalMinor: Number(totalMinor),
    }));
    return { quote: viewQuote(quote), order, refused: null, stoppedAt, stays };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...NONE, order, refused: error.code, stoppedAt };
  }
}
