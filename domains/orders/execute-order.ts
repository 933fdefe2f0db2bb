import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { findInvoice } from '#domains/billing/index.ts';
import {
  activateSubscription,
  addEntitlement,
  extendSubscription,
  isLive,
  lockSubscription,
} from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { beginningOf, isOverBy } from './billing-day.ts';
import { cancelAddOnsOfPast } from './cancel-add-ons.ts';
import { cancelPaidOrder } from './cancel-order.ts';
import { carryOutPlanChange } from './carry-out-plan-change.ts';
import { chargeLegs } from './charge-legs.ts';
import { creditLateDeletions } from './credit-order.ts';
import { aboutOrder, orderDone, orderPaid } from './events.ts';
import { lockUnpaidChain } from './lock-order.ts';
import { carriedOut } from './order.ts';
import type { Order } from './order.ts';
import type { CancelCause } from './order-words.ts';
import { extensionBy } from './recipe.ts';
import type { RenewalRecipe, SaleRecipe } from './recipe.ts';
import { lockOrder, selectOrder, updateOrder } from './store.ts';

/**
 * Carries out an order whose invoice is paid: the legs above the shop first, then what was bought.
 * A change of the plan is carried out as soon as its buyer's balance can pay for it.
 * When a wallet above is too low nothing is delivered and the order is locked. Doing it again
 * changes nothing. Refuses `order-not-found`.
 */
export async function executeOrder(ctx: Ctx, orderId: string): Promise<Order> {
  const named = await selectOrder(ctx, orderId);
  const subscription = named && (await lockSubscription(ctx, named.subscriptionId));
  const order = await lockOrder(ctx, orderId);
  if (!order || !subscription) refuse('order-not-found', { field: 'id' });
  if (order.state !== 'awaiting-payment' && order.state !== 'locked') return order;
  const { recipe } = order;
  if (recipe.kind === 'plan') return (await carryOutPlanChange(ctx, order, subscription)).order;
  const invoice = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  if (invoice?.state !== 'paid') return order;
  const obstacle = obstacleTo(recipe, subscription, ctx.now);
  if (obstacle) return cancelPaidOrder(ctx, order, obstacle);
  const refusal = await chargeLegs(ctx, order, recipe, subscription.domainName);
  if (refusal) return lockUnpaidChain(ctx, order, refusal);
  return fulfil(ctx, order, recipe, subscription);
}

/**
 * Why a paid order comes to nothing: the package has ended, or the days up to its billing day are
 * over; or it was renewed or changed its plan
 * since an add-on was priced for what was left of the period before.
 */
function obstacleTo(
  recipe: SaleRecipe,
  subscription: Subscription,
  now: Temporal.Instant,
): CancelCause | null {
  if (recipe.kind === 'package') {
    if (subscription.state === 'cancelled') return 'subscription-ended';
    return isOverBy(recipe, localDate(now, subscription.zone)) ? 'expired' : null;
  }
  if (!isLive(subscription)) return 'subscription-ended';
  if (recipe.kind !== 'addon') return null;
  const { end, planId } = recipe.position;
  const isOfPast = end !== subscription.period.end.toString() || planId !== subscription.planId;
  return isOfPast ? 'replaced' : null;
}

async function fulfil(
  ctx: Ctx,
  order: Order,
  recipe: SaleRecipe,
  subscription: Subscription,
): Promise<Order> {
  const paid = carriedOut(order, ctx.now);
  await updateOrder(ctx, paid);
  await ctx.announce(orderPaid, aboutOrder(paid, {}));
  await deliver(ctx, paid, recipe, subscription);
  if (paid.state === 'done') await ctx.announce(orderDone, aboutOrder(paid, {}));
  return paid;
}

async function deliver(
  ctx: Ctx,
  order: Order,
  recipe: SaleRecipe,
  subscription: Subscription,
): Promise<void> {
  if (recipe.kind === 'package') {
    await activateSubscription(ctx, subscription.id, {
      ...beginningOf(recipe, localDate(ctx.now, subscription.zone)),
      orderId: order.id,
      bought: recipe.addOns,
    });
  } else if (recipe.kind === 'addon') {
    const { componentId, quantity } = recipe;
    const sinceOn = Temporal.PlainDate.from(recipe.on);
    const added = { componentId, quantity, sinceOn, orderId: order.id };
    await addEntitlement(ctx, subscription.id, added);
  } else {
    await renew(ctx, order, recipe);
  }
}

async function renew(ctx: Ctx, order: Order, recipe: RenewalRecipe): Promise<void> {
  await creditLateDeletions(ctx, order, recipe);
  await extendSubscription(ctx, order.subscriptionId, extensionBy(recipe, order.id));
  await cancelAddOnsOfPast(ctx, order.subscriptionId);
}
