import { Refusal } from '#kit/refusal.ts';
import { daysBetween, localDate } from '#kit/term.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { findInvoice, invoiceNumber, quoteOfInvoice } from '#domains/billing/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { BrandPolicy } from '#domains/brands/index.ts';
import {
  autoRenewOn,
  deletionOn,
  earliestStepAt,
  endSubscription,
  factOf,
  isLive,
  LIFE_CYCLE_STEPS,
  markStep,
  postponeStep,
  subscriptionsDue,
  suspendSubscription,
  takeDueSubscription,
} from '#domains/subscriptions/index.ts';
import type { LifeCycleStepName, LiveSubscription } from '#domains/subscriptions/index.ts';
import { renewalNoticed, renewalReminded } from './events.ts';
import { cancelAddOnsOfPast } from './cancel-add-ons.ts';
import { debtKeyOf, planCharge } from './charge-debt.ts';
import { chargedCard } from './charged-card.ts';
import { mailClient } from './mail-client.ts';
import { noticeTogether } from './notice-together.ts';
import { offerAgain } from './offer-again.ts';
import { payRenewal } from './pay-renewal.ts';
import {
  deletedLetter,
  reminderLetter,
  renewalInvoiceLetter,
  renewalNoticeLetter,
  suspendedLetter,
} from './renewal-letters.ts';
import { renewMany } from './renew-many.ts';
import { openRenewal } from './renew-subscription.ts';
import { renewTogether, takeTogether } from './renew-together.ts';
import { selectOpenRun } from './renewal-run-store.ts';
import { runRenewals } from './run-renewals.ts';
import { announceRefused } from './stop-renewal.ts';

const BATCH = 200;

/** All steps but the renewals, which a run carries out together. */
const SINGLE_STEPS = LIFE_CYCLE_STEPS.filter((step) => step !== 'renew');

/** When there is something to do next; while a renewal run is paused, renewals are nothing to do. */
export async function nextStepAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const run = await selectOpenRun(ctx);
  return earliestStepAt(ctx, run?.state === 'paused' ? SINGLE_STEPS : LIFE_CYCLE_STEPS);
}

/**
 * Does every step that is due: renewals by the batch, the others each in a transaction of its own.
 * What one package cannot do is put off and shown to staff, and the others go on.
 */
export async function runLifeCycle(outside: Outside): Promise<void> {
  for (;;) {
    const due = await outside.transact((ctx) => subscriptionsDue(ctx, SINGLE_STEPS, BATCH));
    for (const { id, step } of due) await runStep(outside, id, step);
    const renewed = await runRenewals(outside, { alone: (id) => runStep(outside, id, 'renew') });
    if (due.length < BATCH && renewed === 0) return;
  }
}

/** Returns what it failed with; null when it worked. */
async function runStep(
  outside: Outside,
  id: string,
  step: LifeCycleStepName,
): Promise<string | null> {
  try {
    await outside.transact(async (ctx) => {
      if (await stepTogether(ctx, id, step)) return;
      const subscription = await takeDueSubscription(ctx, id, step);
      if (!subscription || !isLive(subscription)) return;
      const brand = await findBrand(ctx, subscription.brandId);
      if (!brand) throw new Error(`brand ${subscription.brandId} is gone`);
      await STEPS[step](ctx, subscription, brand.policy);
    });
    return null;
  } catch (error) {
    outside.log.error({ error, subscription: id, step }, 'a life-cycle step failed');
    const reason = error instanceof Error ? error.message : String(error);
    await outside.transact((ctx) => postponeStep(ctx, id, reason));
    return reason;
  }
}

/** Notices and renewals of one client's packages at once, where the brand merges them. */
async function stepTogether(ctx: Ctx, id: string, step: LifeCycleStepName): Promise<boolean> {
  if (step !== 'notice' && step !== 'renew') return false;
  const together = await takeTogether(ctx, id, step);
  if (!together) return false;
  await (step === 'notice' ? noticeTogether : renewTogether)(ctx, together);
  return true;
}

type Step = (ctx: Ctx, subscription: LiveSubscription, policy: BrandPolicy) => Promise<void>;

const STEPS: Readonly<Record<LifeCycleStepName, Step>> = {
  notice: sendNotice,
  renew: renewByItself,
  remind: sendReminder,
  suspend: suspendUnpaid,
  delete: deleteUnpaid,
};

async function sendNotice(
  ctx: Ctx,
  subscription: LiveSubscription,
  policy: BrandPolicy,
): Promise<void> {
  const offer = await offerAgain(ctx, subscription);
  await markStep(ctx, subscription, 'notice');
  if (offer instanceof Refusal) {
    return announceRefused(ctx, [{ subscription, refusal: offer }]);
  }
  const { quote } = offer;
  const on = autoRenewOn(subscription, policy);
  const card = await chargedCard(ctx, policy, subscription.clientId);
  const messageId = await mailClient(ctx, subscription, (writer) =>
    renewalNoticeLetter(writer, { subscription, quote, autoRenewOn: on, card }),
  );
  await ctx.announce(renewalNoticed, {
    branch: subscription.branch,
    subject: subscription.id,
    payload: {
      subscriptionId: subscription.id,
      messageId,
      autoRenewOn: on.toString(),
      totalMinor: Number(quote.totalMinor),
      currency: quote.currency,
    },
  });
}

/**
 * Orders the next period and tries to pay it from the balance. An order placed by hand for this
 * boundary stands; other open orders do not wait for a renewal run either.
 */
async function renewByItself(
  ctx: Ctx,
  subscription: LiveSubscription,
  policy: BrandPolicy,
): Promise<void> {
  const open = await openRenewal(ctx, subscription);
  if (!open) {
    const [result] = await renewMany(ctx, [subscription]);
    if (result?.outcome === 'renewed') await cancelAddOnsOfPast(ctx, subscription.id);
    return;
  }
  await markStep(ctx, subscription, 'renew');
  const paid = await payRenewal(ctx, open);
  if (paid.state === 'awaiting-payment') await planCharge(ctx, debtKeyOf(open));
  const invoice = open.invoiceId ? await findInvoice(ctx, open.invoiceId) : null;
  if (!invoice) return;
  const quote = await quoteOfInvoice(ctx, invoice);
  const card = await chargedCard(ctx, policy, subscription.clientId);
  await mailClient(ctx, subscription, (writer) =>
    renewalInvoiceLetter(writer, {
      subscription,
      quote,
      invoice: { ...invoice, number: invoiceNumber(invoice) },
      card,
    }),
  );
}

async function sendReminder(
  ctx: Ctx,
  subscription: LiveSubscription,
  policy: BrandPolicy,
): Promise<void> {
  const offer = await offerAgain(ctx, subscription);
  await markStep(ctx, subscription, 'remind');
  const today = localDate(ctx.now, subscription.zone);
  const messageId = await mailClient(ctx, subscription, (writer) =>
    reminderLetter(writer, {
      subscription,
      quote: offer instanceof Refusal ? null : offer.quote,
      daysLeft: daysBetween(today, subscription.period.end),
      deletionOn: deletionOn(subscription, policy),
    }),
  );
  await ctx.announce(renewalReminded, factOf(subscription, null, { messageId }));
}

/** The end has come. The balance is tried once more: money may have come since. */
async function suspendUnpaid(
  ctx: Ctx,
  subscription: LiveSubscription,
  policy: BrandPolicy,
): Promise<void> {
  const order = await openRenewal(ctx, subscription);
  if (order && (await payRenewal(ctx, order)).state === 'done') return;
  await suspendSubscription(ctx, subscription.id, { cause: 'unpaid' });
  await mailClient(ctx, subscription, (writer) =>
    suspendedLetter(writer, { subscription, deletionOn: deletionOn(subscription, policy) }),
  );
}

/** What its client has paid for is not deleted while it waits for a wallet above (rule 10). */
async function deleteUnpaid(ctx: Ctx, subscription: LiveSubscription): Promise<void> {
  const order = await openRenewal(ctx, subscription);
  if (order?.state === 'locked') return postponeStep(ctx, subscription.id, 'renewal-locked');
  await endSubscription(ctx, subscription.id, { cause: 'unpaid' });
  await mailClient(ctx, subscription, deletedLetter);
}
