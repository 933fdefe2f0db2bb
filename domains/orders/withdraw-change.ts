import { Refusal, refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { isChargedBy } from '#domains/billing/index.ts';
import {
  everythingNoticed,
  findEdition,
  inclusionOf,
  loadCatalogue,
  staffEdition,
  withdrawEdition,
} from '#domains/catalog/index.ts';
import type { Edition } from '#domains/catalog/index.ts';
import {
  entitlementsOf,
  isLive,
  lockSubscription,
  restoreEntitlement,
  toldOf,
} from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { changeWithdrawn } from './events.ts';
import { mailClient } from './mail-client.ts';
import { offerAgain } from './offer-again.ts';
import { withdrawalLetter } from './withdrawal-letter.ts';

/**
 * Takes a published change back before its day, unless a renewal has been invoiced by it already:
 * automatic renewals are invoiced up to a month before their boundary. Then, as after its day,
 * another change corrects it. Those who were told of it are told when `edition.withdrawn` arrives.
 */
export async function withdrawChange(ctx: Ctx, id: string): Promise<void> {
  await staffEdition(ctx, id);
  await withdrawEdition(ctx, id);
  if (await isChargedBy(ctx, id)) refuse('edition-already-charged');
}

const BATCH = 50;

/** Tells the next of those who were told of the change. Returns the last; null when all are. */
export async function tellWithdrawals(
  ctx: Ctx,
  { editionId, after }: { editionId: string; after: string },
): Promise<string | null> {
  const edition = await findEdition(ctx, editionId);
  if (!edition) return null;
  const told = await toldOf(ctx, { editionId, after, limit: BATCH });
  for (const id of told) {
    const subscription = await lockSubscription(ctx, id);
    if (subscription && isLive(subscription)) await tellOne(ctx, edition, subscription);
  }
  return told.length === BATCH ? (told.at(-1) ?? null) : null;
}

async function tellOne(ctx: Ctx, edition: Edition, subscription: LiveSubscription): Promise<void> {
  await restoreIncluded(ctx, subscription);
  const offer = await offerAgain(ctx, subscription);
  const quote = offer instanceof Refusal ? null : offer.quote;
  const messageId = await mailClient(ctx, subscription, (writer) =>
    withdrawalLetter(writer, { edition, subscription, quote }),
  );
  await ctx.announce(changeWithdrawn, {
    branch: subscription.branch,
    subject: subscription.id,
    payload: { subscriptionId: subscription.id, messageId, editionId: edition.id },
  });
}

const FOR_EVER = Temporal.PlainDate.from('9999-12-31');

/** What was kept for free until the change is simply part of the plan again. */
async function restoreIncluded(ctx: Ctx, subscription: LiveSubscription): Promise<void> {
  const { planId, subscribedOn } = subscription;
  const catalogue = await loadCatalogue(ctx, subscription.sellerId);
  const standing = { subscribedOn, boundaryOn: FOR_EVER, noticed: everythingNoticed };
  for (const entitlement of await entitlementsOf(ctx, subscription.id)) {
    const { componentId } = entitlement;
    const { mode } = inclusionOf(catalogue, { ...standing, planId, componentId });
    if (mode === 'included') await restoreEntitlement(ctx, subscription, entitlement);
  }
}
