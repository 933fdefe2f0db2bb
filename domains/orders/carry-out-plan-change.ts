import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { clientAsBuyer, exchangeSale } from '#domains/billing/index.ts';
import type { Leg, PlanChangeQuote } from '#domains/billing/index.ts';
import { isLive, switchPlan } from '#domains/subscriptions/index.ts';
import type { LiveSubscription, Subscription } from '#domains/subscriptions/index.ts';
import { cancelAddOnsOfPast } from './cancel-add-ons.ts';
import { cancelUnpaidOrder } from './cancel-order.ts';
import { aboutOrder, orderPaid } from './events.ts';
import { lockUnpaidChain } from './lock-order.ts';
import { offerOrderedPlan } from './offer-plan-change.ts';
import type { PlanChangeOffer } from './offer-plan-change.ts';
import { carriedOut } from './order.ts';
import type { Order } from './order.ts';
import type { PlanRecipe } from './recipe.ts';
import { updateOrder } from './store.ts';

/** `short`: the client's balance is too low, and nothing has changed. */
export type PlanChangeOutcome = { order: Order; short: Refusal | null };

/** The cause of the documents of a plan change, on every level. */
export function planChangeCause(orderId: string): string {
  return `plan-change:${orderId}`;
}

/**
 * Carries out an ordered change of the plan: documents and money on every level of the chain or on
 * none, then the package itself. With too little money above the shop the order is locked, and the
 * client is not charged. What has become of another price since, or of the past, is cancelled. The
 * caller holds the subscription and the order.
 */
export async function carryOutPlanChange(
  ctx: Ctx,
  order: Order,
  subscription: Subscription,
): Promise<PlanChangeOutcome> {
  const { recipe } = order;
  if (recipe.kind !== 'plan') throw new Error(`${order.id} is not about a plan`);
  const cancel = async (cause: 'subscription-ended' | 'replaced'): Promise<PlanChangeOutcome> => ({
    order: await cancelUnpaidOrder(ctx, order, cause),
    short: null,
  });
  if (!isLive(subscription)) return cancel('subscription-ended');
  if (isOfPast(recipe, subscription)) return cancel('replaced');
  const offer = await offered(ctx, order, subscription, recipe);
  if (offer instanceof Refusal) return cancel('replaced');
  const legs = legsOf(offer);
  if (legs instanceof Refusal) return locked(ctx, order, legs);
  return exchange(ctx, order, offer, legs);
}

function isOfPast({ position }: PlanRecipe, { planId, period }: LiveSubscription): boolean {
  return position.planId !== planId || position.end !== period.end.toString();
}

/** What was ordered, if it still costs the same. */
async function offered(
  ctx: Ctx,
  order: Order,
  subscription: LiveSubscription,
  recipe: PlanRecipe,
): Promise<PlanChangeOffer | Refusal> {
  try {
    const offer = await offerOrderedPlan(ctx, subscription, recipe);
    return offer.quote.hash === order.quoteHash ? offer : new Refusal('price-changed');
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function legsOf(offer: PlanChangeOffer): { leg: Leg; quote: PlanChangeQuote }[] | Refusal {
  try {
    return offer.legs();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function locked(ctx: Ctx, order: Order, why: Refusal): Promise<PlanChangeOutcome> {
  return { order: await lockUnpaidChain(ctx, order, why), short: null };
}

async function exchange(
  ctx: Ctx,
  order: Order,
  offer: PlanChangeOffer,
  legs: { leg: Leg; quote: PlanChangeQuote }[],
): Promise<PlanChangeOutcome> {
  const { client, sale, subscription, quote, recipe, moves, added } = offer;
  const exchanged = await exchangeSale(ctx, {
    invoice: {
      branch: order.branch,
      cause: planChangeCause(order.id),
      seller: sale.seller,
      buyer: clientAsBuyer(client),
      brandId: sale.brand.id,
      subject: order.id,
      about: subscription.domainName,
      dueOn: sale.on,
      subscriptionId: subscription.id,
    },
    quote,
    legs,
    on: sale.on,
    reason: 'plan-change',
  });
  if (exchanged.kind === 'short') {
    const { refusal } = exchanged;
    if (refusal.code === 'balance-too-low') return { order, short: refusal };
    return locked(ctx, order, refusal);
  }
  const { invoice, notes } = exchanged;
  const paid: Order = { ...carriedOut(order, ctx.now), invoiceId: invoice.id };
  await updateOrder(ctx, paid);
  await ctx.announce(orderPaid, aboutOrder(paid, {}));
  await switchPlan(ctx, subscription.id, {
    planId: recipe.planId,
    on: Temporal.PlainDate.from(recipe.on),
    orderId: order.id,
    invoiceId: invoice.id,
    noteIds: notes.map(({ id }) => id),
    moves,
    added,
  });
  await cancelAddOnsOfPast(ctx, subscription.id);
  return { order: paid, short: null };
}
