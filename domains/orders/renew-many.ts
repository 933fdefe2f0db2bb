import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { decideSales, invoiceNumber, saveSales } from '#domains/billing/index.ts';
import type { SaleOutcome } from '#domains/billing/index.ts';
import type { Hold } from '#domains/ledger/index.ts';
import { usableDefaults } from '#domains/payments/index.ts';
import { MAIL_GAP, postMails, writeMails } from '#domains/messages/index.ts';
import type { NewMessage } from '#domains/messages/index.ts';
import {
  extended,
  saveExtended,
  saveSubscriptions,
  withMark,
  withNextStep,
} from '#domains/subscriptions/index.ts';
import type { Extended, LiveSubscription, Subscription } from '#domains/subscriptions/index.ts';
import { chargesCards } from './charged-card.ts';
import { aboutLocked, aboutOrder, orderDone, orderLocked, orderPlaced } from './events.ts';
import { loadRenewals } from './load-renewals.ts';
import { mailTo } from './mail-client.ts';
import { makeRenewalOffer } from './offer-renewal.ts';
import type { RenewalFacts, RenewalOffer } from './offer-renewal.ts';
import { carriedOut, lockedBy } from './order.ts';
import type { Order } from './order.ts';
import { invoiceFor, orderOf } from './place-order.ts';
import type { OrderDraft } from './place-order.ts';
import { extensionBy } from './recipe.ts';
import { renewalInvoiceLetter } from './renewal-letters.ts';
import { renewalDraft } from './renew-subscription.ts';
import { stopRenewals } from './stop-renewal.ts';
import { insertOrders } from './store.ts';

/** What became of one renewal; `code` says why it is not `renewed`. */
export type RenewalResult = {
  subscription: LiveSubscription;
  outcome: 'renewed' | 'unpaid' | 'locked' | 'refused';
  code: string | null;
};

/** Priced, and to be written as an order. */
export type Renewal = {
  facts: RenewalFacts;
  offer: RenewalOffer;
  orderId: string;
  draft: OrderDraft;
};

/** Decided, and to be saved. `extension` is null unless every level has paid. */
export type Decided = Renewal & {
  outcome: SaleOutcome;
  order: Order;
  extension: Extended | null;
};

/**
 * The renewals that come by themselves: the same term with everything that renews, paid from the
 * balance, carried out in the same breath. The caller holds the subscriptions, and none of them
 * has an open order. One is decided as a thousand are: loading and writing takes a few statements
 * whatever their number, and what is decided between is arithmetic, one after the other. With
 * accounts held `last` it throws when a balance that mattered has moved meanwhile.
 */
export async function renewMany(
  ctx: Ctx,
  subscriptions: readonly LiveSubscription[],
  hold: Hold = 'first',
): Promise<RenewalResult[]> {
  const renewals: Renewal[] = [];
  const refused: { facts: RenewalFacts; refusal: Refusal }[] = [];
  for (const facts of await loadRenewals(ctx, subscriptions)) {
    const offer = offerAgain(facts);
    if (offer instanceof Refusal) refused.push({ facts, refusal: offer });
    else renewals.push(renewalOf(ctx, facts, offer));
  }
  const sales = await decideSales(ctx, renewals.map(saleOf), hold);
  const decided = renewals.flatMap((renewal, index) => {
    const outcome = sales.outcomes[index];
    return outcome ? [decide(ctx, renewal, outcome)] : [];
  });
  await saveRenewals(ctx, decided);
  await saveRefused(ctx, refused);
  const letters = await writeLetters(ctx, decided);
  // Others wait for their numbers from here on, so that little is left to be done.
  const invoices = await saveSales(ctx, sales);
  await postMails(ctx, letters, invoices.map(invoiceNumber));
  return [
    ...decided.map(resultOf),
    ...refused.map(({ facts: { subscription }, refusal }) => ({
      subscription,
      outcome: 'refused' as const,
      code: refusal.code,
    })),
  ];
}

/** The offer of the same term with all that renews, or why there is none any more. */
export function offerAgain(facts: RenewalFacts): RenewalOffer | Refusal {
  try {
    return makeRenewalOffer(facts, { termMonths: facts.subscription.termMonths, drop: [] });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

export function renewalOf(ctx: Ctx, facts: RenewalFacts, offer: RenewalOffer): Renewal {
  const orderId = ctx.newId('ord', facts.client.branch);
  return { facts, offer, orderId, draft: renewalDraft(offer, 'auto') };
}

function saleOf({ orderId, draft, offer }: Renewal) {
  const invoice = invoiceFor(orderId, draft);
  return { invoice, legs: offer.legs, legCause: `order:${orderId}` };
}

export function decide(ctx: Ctx, renewal: Renewal, outcome: SaleOutcome): Decided {
  const { facts, offer, orderId, draft } = renewal;
  const placed = orderOf(ctx, orderId, draft, outcome.invoiceId);
  if (outcome.unpaid) return { ...renewal, outcome, order: placed, extension: null };
  if (outcome.locked) {
    const order = lockedBy(placed, outcome.locked, ctx.now);
    return { ...renewal, outcome, order, extension: null };
  }
  const extension = extended(
    withMark(facts.subscription, 'renew', ctx.now),
    facts.entitlements,
    extensionBy(offer.recipe, orderId),
    { now: ctx.now, policy: facts.sale.brand.policy },
  );
  if (extension === 'already') throw new Error(`${facts.subscription.id} was renewed before`);
  return { ...renewal, outcome, order: carriedOut(placed, ctx.now), extension };
}

export async function saveRenewals(ctx: Ctx, decided: readonly Decided[]): Promise<void> {
  await saveExtended(
    ctx,
    decided.flatMap(({ extension }) => extension ?? []),
  );
  await saveSubscriptions(
    ctx,
    decided.flatMap(({ facts, extension }) => (extension ? [] : [tried(ctx, facts)])),
  );
  const orders = decided.map(({ order }) => order);
  await insertOrders(ctx, orders);
  const facts = Map.groupBy(orders, ({ state }) => (state === 'done' ? 'done' : 'open'));
  const locked = orders.filter(({ state }) => state === 'locked').map(aboutLocked);
  // What is placed, paid and done in one breath is told of once, when it is done.
  await ctx.announce(orderPlaced, ...(facts.get('open') ?? []).map((one) => aboutOrder(one, {})));
  await ctx.announce(orderLocked, ...locked);
  await ctx.announce(orderDone, ...(facts.get('done') ?? []).map((one) => aboutOrder(one, {})));
}

/** The subscription as it stands when its renewal was tried and is not carried out. */
function tried(ctx: Ctx, { subscription, sale }: RenewalFacts): Subscription {
  return withNextStep(withMark(subscription, 'renew', ctx.now), sale.brand.policy);
}

/** Staff see it on the package: it ends with its period unless they sell it something else. */
export async function saveRefused(
  ctx: Ctx,
  refused: readonly { facts: RenewalFacts; refusal: Refusal }[],
): Promise<void> {
  await saveSubscriptions(
    ctx,
    refused.map(({ facts }) => tried(ctx, facts)),
  );
  await stopRenewals(
    ctx,
    refused.map(({ facts: { subscription }, refusal }) => ({ subscription, refusal })),
  );
}

/** With a gap for the number of the invoice, which is known last. */
async function writeLetters(ctx: Ctx, decided: readonly Decided[]): Promise<NewMessage[]> {
  const unpaid = decided.filter(
    ({ outcome, facts }) => outcome.unpaid && chargesCards(facts.sale.brand.policy),
  );
  const cards = await usableDefaults(
    ctx,
    unpaid.map(({ facts }) => facts.client.id),
  );
  const mails = decided.map(({ facts: { client, sale, subscription }, offer, outcome }) => {
    const { quote } = offer;
    const { totalMinor, currency } = quote;
    const state = outcome.unpaid ? ('issued' as const) : ('paid' as const);
    const invoice = { number: MAIL_GAP, state, totalMinor, currency };
    return mailTo({ client, brand: sale.brand, subscription }, (writer) =>
      renewalInvoiceLetter(writer, { subscription, quote, invoice, card: cards.get(client.id) }),
    );
  });
  return writeMails(ctx, mails);
}

function resultOf({ facts: { subscription }, outcome }: Decided): RenewalResult {
  const { unpaid, locked } = outcome;
  if (unpaid) return { subscription, outcome: 'unpaid', code: unpaid.code };
  if (locked) return { subscription, outcome: 'locked', code: locked.code };
  return { subscription, outcome: 'renewed', code: null };
}
