import { Refusal, refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { clientAsBuyer, findInvoice, issueInvoice, voidInvoice } from '#domains/billing/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import { isLive, lockSubscription, ownSubscription } from '#domains/subscriptions/index.ts';
import type { LiveSubscription, Subscription } from '#domains/subscriptions/index.ts';
import { billingDayFor } from './billing-day.ts';
import { cancelOrder } from './cancel-order.ts';
import { aboutOrder, orderRevised } from './events.ts';
import { selectMerged } from './merged-store.ts';
import { offerOrRefusal } from './offer-again.ts';
import { offerRenewal } from './offer-renewal.ts';
import type { RenewalOffer } from './offer-renewal.ts';
import { invoiceCause } from './order.ts';
import type { Order } from './order.ts';
import type { OrderOrigin } from './order-words.ts';
import { refuseOtherPrice, writeOrder } from './place-order.ts';
import type { OrderDraft } from './place-order.ts';
import { choiceOf } from './recipe.ts';
import { isTaxedAlike, reissueMerged } from './reissue-merged.ts';
import { stopRenewals } from './stop-renewal.ts';
import { lockOrder, selectOpenOrders, updateOrder } from './store.ts';

export type RenewalInput = {
  subscriptionId: string;
  termMonths: number;
  drop: readonly string[];
  /** Up to the brand's billing day, and from then on counted from it. */
  toBillingDay: boolean;
};

/** What renewing the client's own package would cost now. */
export async function previewRenewal(ctx: Ctx, input: RenewalInput): Promise<RenewalOffer> {
  return previewFor(ctx, await ownSubscription(ctx, input.subscriptionId), input);
}

/**
 * What renewing a package would cost its holder now; the caller has checked whose it is. Refuses
 * `subscription-not-live`, `billing-day-not-offered`, and what `offerRenewal` says.
 */
export async function previewFor(
  ctx: Ctx,
  subscription: Subscription,
  { termMonths, drop, toBillingDay }: Omit<RenewalInput, 'subscriptionId'>,
): Promise<RenewalOffer> {
  if (!isLive(subscription)) refuse('subscription-not-live');
  const brand = toBillingDay ? await findBrand(ctx, subscription.brandId) : null;
  const alignTo = brand && billingDayFor(brand.policy, subscription);
  if (toBillingDay && !alignTo) refuse('billing-day-not-offered', { field: 'toBillingDay' });
  return offerRenewal(ctx, subscription, { termMonths, drop, ...(alignTo && { alignTo }) });
}

/**
 * Orders the next period of the client's own package, as `orderRenewal` says.
 */
export async function renewSubscription(
  ctx: Ctx,
  input: RenewalInput & { expectedTotalMinor: number },
): Promise<Order> {
  await lockSubscription(ctx, input.subscriptionId);
  return orderRenewal(ctx, await previewRenewal(ctx, input), input.expectedTotalMinor, 'client');
}

/**
 * Orders the next period at the price that was shown; the caller holds the package. One boundary
 * has one renewal (rule 12): an unpaid one, also one that came by itself, is changed to this choice.
 * Refuses `price-changed`, `renewal-in-progress` (paid, and being carried out).
 */
export async function orderRenewal(
  ctx: Ctx,
  offer: RenewalOffer,
  expectedTotalMinor: number,
  origin: OrderOrigin,
): Promise<Order> {
  refuseOtherPrice(offer.quote, expectedTotalMinor);
  const open = await openRenewal(ctx, offer.subscription);
  if (!open) return writeRenewal(ctx, offer, origin);
  if (open.state !== 'awaiting-payment') refuse('renewal-in-progress');
  return reviseOrder(ctx, open, offer, 'by-hand');
}

/** The renewal of a subscription's next boundary that is neither done nor cancelled. */
export async function openRenewal(ctx: Ctx, subscription: LiveSubscription): Promise<Order | null> {
  const open = await selectOpenOrders(ctx, subscription.id);
  return open.find((order) => order.periodStart?.equals(subscription.period.end)) ?? null;
}

function writeRenewal(ctx: Ctx, offer: RenewalOffer, origin: OrderOrigin): Promise<Order> {
  return writeOrder(ctx, renewalDraft(offer, origin));
}

/** The offer as an order. */
export function renewalDraft(offer: RenewalOffer, origin: OrderOrigin): OrderDraft {
  const { client, sale, subscription, recipe, quote } = offer;
  return {
    client,
    sale,
    quote,
    recipe,
    kind: 'renewal',
    origin,
    subscription,
    periodStart: subscription.period.end,
    dueOn: dueOn(offer),
    expiresAt: null,
  };
}

/** A renewal is due at the boundary; one that is ordered later, on the day. */
function dueOn({ sale, subscription }: RenewalOffer): Temporal.PlainDate {
  const { end } = subscription.period;
  return Temporal.PlainDate.compare(sale.on, end) > 0 ? sale.on : end;
}

/**
 * Replaces the invoice of an unpaid renewal when what it is for changed: another choice, a
 * component deleted or bought meanwhile. Money that came already keeps the old one. A renewal that
 * is ordered by hand leaves the merged invoice: its button says what this package costs.
 */
async function reviseOrder(
  ctx: Ctx,
  unlocked: Order,
  offer: RenewalOffer,
  cause: 'by-hand' | 'by-itself',
): Promise<Order> {
  if (unlocked.mergedId) await selectMerged(ctx, unlocked.mergedId, 'lock');
  const order = await lockOrder(ctx, unlocked.id);
  if (order?.state !== 'awaiting-payment') refuse('renewal-in-progress');
  const { recipe, quote } = offer;
  const isMerged = order.mergedId !== null;
  const leaves = isMerged && cause === 'by-hand';
  if (order.quoteHash === quote.hash && !leaves) {
    const same: Order = { ...order, recipe };
    await updateOrder(ctx, same);
    return same;
  }
  if (order.invoiceId) {
    await voidInvoice(ctx, { invoiceId: order.invoiceId, reason: 'replaced' });
  }
  const stays = isMerged && !leaves && (await isTaxedAlike(ctx, order, offer));
  const merged = isMerged ? await reissueMerged(ctx, order, stays ? offer : null) : null;
  const issued = (stays && merged) || (await issueAlone(ctx, order, offer));
  const revised: Order = {
    ...order,
    recipe,
    mergedId: stays ? order.mergedId : null,
    revision: issued.revision,
    invoiceId: issued.invoice.id,
    quoteHash: quote.hash,
    totalMinor: quote.totalMinor,
  };
  await updateOrder(ctx, revised);
  await ctx.announce(orderRevised, aboutOrder(revised, {}));
  return revised;
}

async function issueAlone(ctx: Ctx, order: Order, offer: RenewalOffer) {
  const { client, sale, subscription, quote } = offer;
  const revision = order.revision + 1;
  const invoice = await issueInvoice(ctx, {
    branch: order.branch,
    cause: invoiceCause({ id: order.id, revision }),
    quote,
    seller: sale.seller,
    buyer: clientAsBuyer(client),
    brandId: sale.brand.id,
    subject: order.id,
    about: subscription.domainName,
    dueOn: dueOn(offer),
    subscriptionId: subscription.id,
  });
  return { invoice, revision };
}

/**
 * Brings an unpaid renewal in line with what is on the subscription now. Nothing happens when
 * there is none, when it says the same already, or when part of it is paid. One that cannot be
 * priced any more is taken back with its invoice, and stands still until it can.
 */
export async function reviseRenewal(ctx: Ctx, subscriptionId: string): Promise<void> {
  const subscription = await lockSubscription(ctx, subscriptionId);
  if (!subscription || !isLive(subscription)) return;
  const order = await openRenewal(ctx, subscription);
  if (order?.state !== 'awaiting-payment' || order.recipe.kind !== 'renewal') return;
  const invoice = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  if (!invoice || invoice.state !== 'issued' || invoice.paidMinor > 0n) return;
  const offer = await offerOrRefusal(ctx, subscription, choiceOf(order.recipe));
  if (offer instanceof Refusal) {
    await cancelOrder(ctx, order.id, 'not-sold');
    await stopRenewals(ctx, [{ subscription, refusal: offer }]);
  } else await reviseOrder(ctx, order, offer, 'by-itself');
}
