import { Refusal, refuse } from '#kit/refusal.ts';
import { compareDates, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { findBrand } from '#domains/brands/index.ts';
import {
  isLive,
  lockSubscription,
  saveSubscriptions,
  withMark,
  withNextStep,
} from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { chargedCard } from './charged-card.ts';
import { renewalContinued, renewalRefused } from './events.ts';
import { mailClient } from './mail-client.ts';
import { offerAgain } from './offer-again.ts';
import type { RenewalOffer } from './offer-renewal.ts';
import { renewalNoticeLetter } from './renewal-letters.ts';
import { deleteStopped, selectStopped, upsertStopped } from './stopped-store.ts';
import type { StoppedRenewal } from './stopped-store.ts';

type Refused = { subscription: LiveSubscription; refusal: Refusal };

/** The renewals stand still until something can be charged for them: staff and clients see why. */
export async function stopRenewals(ctx: Ctx, refused: readonly Refused[]): Promise<void> {
  await upsertStopped(
    ctx,
    refused.map(({ subscription, refusal }) => ({
      subscriptionId: subscription.id,
      sellerId: subscription.sellerId,
      boundaryOn: subscription.period.end,
      reason: refusal.code,
    })),
  );
  await announceRefused(ctx, refused);
}

export async function announceRefused(ctx: Ctx, refused: readonly Refused[]): Promise<void> {
  await ctx.announce(
    renewalRefused,
    ...refused.map(({ subscription: { id, branch }, refusal }) => ({
      branch,
      subject: id,
      payload: { subscriptionId: id, reason: refusal.code },
    })),
  );
}

/** Why the package's next renewal stands still; null when it does not. */
export async function stoppedRenewal(
  ctx: Ctx,
  subscription: LiveSubscription,
): Promise<StoppedRenewal | null> {
  const stopped = await selectStopped(ctx, subscription.id);
  return stopped?.boundaryOn.equals(subscription.period.end) ? stopped : null;
}

/**
 * Lets a renewal that stands still go on, if it can be priced now: its client is told, and it is
 * tried some days later as if it had just come up. Doing it again, or of one that does not stand
 * still, changes nothing. Returns why it still stands; null when it does not.
 */
export async function continueRenewal(ctx: Ctx, subscriptionId: string): Promise<string | null> {
  const subscription = await lockSubscription(ctx, subscriptionId);
  if (!subscription || !isLive(subscription)) return null;
  const stopped = await stoppedRenewal(ctx, subscription);
  if (!stopped) return null;
  const offer = await offerAgain(ctx, subscription);
  if (offer instanceof Refusal) return offer.code;
  await deleteStopped(ctx, subscriptionId);
  await goOn(ctx, subscription, offer);
  return null;
}

/** The same, by staff who want to see it go: refuses `renewal-not-stopped`, or why it stands. */
export async function retryStopped(ctx: Ctx, subscription: LiveSubscription): Promise<void> {
  if (!(await stoppedRenewal(ctx, subscription))) refuse('renewal-not-stopped');
  const code = await continueRenewal(ctx, subscription.id);
  if (code !== null) refuse(code);
}

async function goOn(ctx: Ctx, subscription: LiveSubscription, offer: RenewalOffer): Promise<void> {
  const { id, branch, marks, autoRenew } = subscription;
  await ctx.announce(renewalContinued, { branch, subject: id, payload: { subscriptionId: id } });
  const wasTried = marks.renewalTriedFor?.equals(subscription.period.end) ?? false;
  if (!wasTried || !autoRenew || subscription.state !== 'active') return;
  const brand = await findBrand(ctx, subscription.brandId);
  if (!brand) throw new Error(`brand ${subscription.brandId} is gone`);
  const untried = { ...subscription, marks: { ...marks, renewalTriedFor: null } };
  const noticed = withNextStep(withMark(untried, 'notice', ctx.now), brand.policy);
  const on = tryOn(ctx, subscription, brand.policy.noticeDaysBeforeAutoRenew);
  const at = on.toZonedDateTime({ timeZone: subscription.zone, plainTime: { hour: 9 } });
  await saveSubscriptions(ctx, [{ ...noticed, next: { name: 'renew', at: at.toInstant() } }]);
  const card = await chargedCard(ctx, brand.policy, subscription.clientId);
  await mailClient(ctx, subscription, (writer) =>
    renewalNoticeLetter(writer, { subscription, quote: offer.quote, autoRenewOn: on, card }),
  );
}

/** After the days of notice, but not after the last day that is paid for. */
function tryOn(
  { now }: Pick<Ctx, 'now'>,
  { period, zone }: LiveSubscription,
  noticeDays: number,
): Temporal.PlainDate {
  const today = localDate(now, zone);
  const told = today.add({ days: noticeDays });
  const last = period.end.subtract({ days: 1 });
  const on = compareDates(told, last) < 0 ? told : last;
  return compareDates(on, today) < 0 ? today : on;
}
