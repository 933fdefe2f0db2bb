import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import {
  entitlementsOf,
  grandfatherEntitlement,
  isLive,
  lockSubscription,
  noticesOf as noticesGiven,
  recordNotice,
} from '#domains/subscriptions/index.ts';
import type { Entitlement, LiveSubscription } from '#domains/subscriptions/index.ts';
import { findClient, taxStandingOf } from '#domains/clients/index.ts';
import { changesAhead, noticesOf } from './change-ahead.ts';
import type { ChangeAhead } from './change-ahead.ts';
import { changeLetter } from './change-letter.ts';
import { changeNoticed } from './events.ts';
import { loadSale } from './load-sale.ts';
import { mailClient } from './mail-client.ts';

/**
 * Tells the client of a package what the published catalogue will change for it, by a letter for
 * each boundary and once for each edition, and records that they were told (rule 7). What the plan
 * will no longer include is marked as kept for free until then (rule 6). Of a component that was
 * bought since (`boughtId`) earlier letters did not speak: its buyer is told again, with its price.
 */
export async function noticeChange(
  ctx: Ctx,
  subscriptionId: string,
  boughtId?: string,
): Promise<void> {
  const subscription = await lockSubscription(ctx, subscriptionId);
  if (!subscription || !isLive(subscription)) return;
  const client = await findClient(ctx, subscription.clientId);
  const sale = await loadSale(ctx, {
    brandId: subscription.brandId,
    currency: subscription.currency,
    country: client?.country,
    standing: client && taxStandingOf(client),
  });
  const entitlements = await entitlementsOf(ctx, subscription.id);
  const today = localDate(ctx.now, subscription.zone);
  const bought = entitlements.find(({ id }) => id === boughtId);
  const notices = (await noticesGiven(ctx, subscription.id)).map((notice) =>
    bought ? { ...notice, boughtBefore: bought.sinceOn } : notice,
  );
  for (const change of changesAhead({ sale, subscription, entitlements, notices, today })) {
    for (const notice of noticesOf(change, today)) {
      await recordNotice(ctx, subscription.id, notice);
    }
    await markKept(ctx, subscription, entitlements, change);
    await tell(ctx, subscription, change);
  }
}

async function markKept(
  ctx: Ctx,
  subscription: LiveSubscription,
  entitlements: readonly Entitlement[],
  { after }: ChangeAhead,
): Promise<void> {
  for (const entitlement of entitlements) {
    const line = after?.lines.find(({ entitlementId }) => entitlementId === entitlement.id);
    if (line?.state === 'bought' || line?.state === 'ended') {
      await grandfatherEntitlement(ctx, subscription, entitlement);
    }
  }
}

async function tell(ctx: Ctx, subscription: LiveSubscription, change: ChangeAhead): Promise<void> {
  const messageId = await mailClient(ctx, subscription, (writer) =>
    changeLetter(writer, subscription, change),
  );
  await ctx.announce(
    changeNoticed,
    ...change.editionIds.slice(-1).map((editionId) => ({
      branch: subscription.branch,
      subject: subscription.id,
      payload: {
        subscriptionId: subscription.id,
        messageId,
        editionId,
        boundaryOn: change.boundaryOn.toString(),
        beforeMinor: Number(change.before.totalMinor),
        afterMinor: change.after && Number(change.after.totalMinor),
        currency: change.before.currency,
      },
    })),
  );
}
