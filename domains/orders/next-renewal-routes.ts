import { Refusal, refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { findBrand } from '#domains/brands/index.ts';
import {
  isLive,
  lockSubscription,
  ownSubscription,
  staffSubscription,
} from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { billingDayFor } from './billing-day.ts';
import { couldStay } from './change-ahead.ts';
import type { NextRenewalView, nextRenewalOperations } from './next-renewal-contract.ts';
import { offerRenewal } from './offer-renewal.ts';
import { choiceOf } from './recipe.ts';
import { openRenewal, orderRenewal, previewFor } from './renew-subscription.ts';
import { retryStopped, stoppedRenewal } from './stop-renewal.ts';
import { viewOrder } from './view-order.ts';
import { viewQuote } from './view-quote.ts';

const NONE = { quote: null, order: null, stoppedAt: null, billingDay: null, stays: [] };

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
  staffQuoteBillingDay: async (ctx, { subscriptionId }) => {
    const subscription = await staffSubscription(ctx, subscriptionId);
    return viewQuote((await previewFor(ctx, subscription, toBillingDay(subscription))).quote);
  },
  staffOrderBillingDay: async (ctx, { subscriptionId, expectedTotalMinor }) => {
    await staffSubscription(ctx, subscriptionId);
    const held = await lockSubscription(ctx, subscriptionId);
    if (!held) refuse('subscription-not-found', { field: 'subscriptionId' });
    const offer = await previewFor(ctx, held, toBillingDay(held));
    return viewOrder(await orderRenewal(ctx, offer, expectedTotalMinor, 'staff'));
  },
};

function toBillingDay({ termMonths }: Subscription) {
  return { termMonths, drop: [], toBillingDay: true };
}

async function nextRenewal(ctx: Ctx, subscription: Subscription): Promise<NextRenewalView> {
  if (!isLive(subscription)) return { ...NONE, refused: 'subscription-not-live' };
  const open = await openRenewal(ctx, subscription);
  const choice =
    open?.recipe.kind === 'renewal'
      ? choiceOf(open.recipe)
      : { termMonths: subscription.termMonths, drop: [] };
  const stopped = await stoppedRenewal(ctx, subscription);
  const order = open && viewOrder(open);
  const stoppedAt = stopped?.stoppedAt.toString() ?? null;
  const brand = await findBrand(ctx, subscription.brandId);
  const day = brand && billingDayFor(brand.policy, subscription);
  const billingDay = day?.toString() ?? null;
  try {
    const { quote } = await offerRenewal(ctx, subscription, choice);
    const kept = await offerRenewal(ctx, subscription, { ...choice, keepAll: true });
    const stays = couldStay(quote, kept.quote).map(({ entitlementId, totalMinor }) => ({
      entitlementId: entitlementId ?? '',
      totalMinor: Number(totalMinor),
    }));
    return { quote: viewQuote(quote), order, refused: null, stoppedAt, billingDay, stays };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...NONE, order, refused: error.code, stoppedAt };
  }
}
