import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { quoteOfLines } from '#domains/billing/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import {
  autoRenewOn,
  saveSubscriptions,
  withMark,
  withNextStep,
} from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { chargedCard } from './charged-card.ts';
import { renewalNoticed } from './events.ts';
import { loadRenewals } from './load-renewals.ts';
import { mailTo } from './mail-client.ts';
import { mergedNoticeLetter } from './merged-letters.ts';
import type { RenewalOffer } from './offer-renewal.ts';
import { linesOfOrder } from './reissue-merged.ts';
import { offerAgain } from './renew-many.ts';
import { renewalNoticeLetter } from './renewal-letters.ts';
import { announceRefused } from './stop-renewal.ts';

/**
 * Gives notice of what will be renewed for one client: one letter for each day on which it will,
 * with the lines of all packages. The caller holds them.
 */
export async function noticeTogether(
  ctx: Ctx,
  subscriptions: readonly LiveSubscription[],
): Promise<void> {
  const offers: RenewalOffer[] = [];
  for (const facts of await loadRenewals(ctx, subscriptions)) {
    const { subscription, sale } = facts;
    const marked = withNextStep(withMark(subscription, 'notice', ctx.now), sale.brand.policy);
    await saveSubscriptions(ctx, [marked]);
    const offer = offerAgain(facts);
    if (offer instanceof Refusal) await announceRefused(ctx, [{ subscription, refusal: offer }]);
    else offers.push(offer);
  }
  const byDay = Map.groupBy(offers, ({ subscription, sale }) =>
    autoRenewOn(subscription, sale.brand.policy).toString(),
  );
  for (const [day, some] of byDay) await tell(ctx, Temporal.PlainDate.from(day), some);
}

async function tell(
  ctx: Ctx,
  on: Temporal.PlainDate,
  offers: readonly RenewalOffer[],
): Promise<void> {
  const [first] = offers;
  if (!first) return;
  const { client, sale, subscription, quote } = first;
  const lines = offers.flatMap((offer) =>
    linesOfOrder(
      { subscriptionId: offer.subscription.id, domainName: offer.subscription.domainName },
      offer.quote,
    ),
  );
  const { currency, tax } = quote;
  const all = quoteOfLines({ currency, tax, lines, discountCode: null });
  const card = await chargedCard(ctx, sale.brand.policy, client.id);
  const messageId = await sendMail(
    ctx,
    mailTo({ client, brand: sale.brand, subscription }, (writer) =>
      offers.length === 1
        ? renewalNoticeLetter(writer, { subscription, quote, autoRenewOn: on, card })
        : mergedNoticeLetter(writer, {
            packages: offers.length,
            quote: all,
            autoRenewOn: on,
            card,
          }),
    ),
  );
  await ctx.announce(
    renewalNoticed,
    ...offers.map((offer) => ({
      branch: offer.subscription.branch,
      subject: offer.subscription.id,
      payload: {
        subscriptionId: offer.subscription.id,
        messageId,
        autoRenewOn: on.toString(),
        totalMinor: Number(offer.quote.totalMinor),
        currency: offer.quote.currency,
      },
    })),
  );
}
