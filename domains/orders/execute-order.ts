import { refuse } from '#kit/refusal.ts';
import type { Refusal } from '#kit/refusal.ts';
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
import { cancelPaidOrder, cancelUnpaidOrder } from './cancel-order.ts';
import { chargeLegs } from './charge-legs.ts';
import { creditLateDeletions } from './credit-order.ts';
import { aboutLocked, aboutOrder, orderDone, orderLocked, orderPaid } from './events.ts';
import { carriedOut, lockedBy } from './order.ts';
import type { Order } from './order.ts';
import type { CancelCause } from './order-words.ts';
import { extensionBy } from './recipe.ts';
import type { RenewalRecipe } from './recipe.ts';
import { lockOrder, selectOpenOrders, selectOrder, updateOrder } from './store.ts';

/**
 * Carries out an order whose invoice is paid: the legs above the shop first, then what was bought.
 * When a wallet above is too low nothing is delivered and the order is locked. Doing it again
 * changes nothing. Refuses `order-not-found`.
 */
export async function executeOrder(ctx: Ctx, orderId: string): Promise<Order> {
  const named = await selectOrder(ctx, orderId);
  const subscription = named && (await lockSubscription(ctx, named.subscriptionId));
  const order = await lockOrder(ctx, orderId);
  if (!order || !subscription) refuse('order-not-found', { field: 'id' });
  if (order.state !== 'awaiting-payment' && order.state !== 'locked') return order;
  const invoice = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  if (invoice?.state !== 'paid') return order;
  const obstacle = obstacleTo(order, subscription);
  if (obstacle) return cancelPaidOrder(ctx, order, obstacle);
  const refusal = await chargeLegs(ctx, order, subscription.domainName);
  if (refusal) return lockUnpaidChain(ctx, order, refusal);
  return fulfil(ctx, order, subscription);
}

/**
 * Why a paid order comes to nothing: the package has ended, or it was renewed since an add-on was
 * priced for what was left of the period before.
 */
function obstacleTo({ recipe }: Order, subscription: Subscription): CancelCause | null {
  if (recipe.kind === 'package') {
    return subscription.state === 'cancelled' ? 'subscription-ended' : null;
  }
  if (!isLive(subscription)) return 'subscription-ended';
  const isOfPast =
    recipe.kind === 'addon' && recipe.position.end !== subscription.period.end.toString();
  return isOfPast ? 'replaced' : null;
}

async function lockUnpaidChain(ctx: Ctx, order: Order, refusal: Refusal): Promise<Order> {
  const locked = lockedBy(order, refusal, ctx.now);
  await updateOrder(ctx, locked);
  if (order.state !== 'locked' || order.waitsForSellerId !== locked.waitsForSellerId) {
    await ctx.announce(orderLocked, aboutLocked(locked));
  }
  return locked;
}

async function fulfil(ctx: Ctx, order: Order, subscription: Subscription): Promise<Order> {
  const paid = carriedOut(order, ctx.now);
  await updateOrder(ctx, paid);
  await ctx.announce(orderPaid, aboutOrder(paid, {}));
  await deliver(ctx, paid, subscription);
  if (paid.state === 'done') await ctx.announce(orderDone, aboutOrder(paid, {}));
  return paid;
}

async function deliver(ctx: Ctx, order: Order, subscription: Subscription): Promise<void> {
  const { recipe } = order;
  if (recipe.kind === 'package') {
    await activateSubscription(ctx, subscription.id, {
      on: localDate(ctx.now, subscription.zone),
      orderId: order.id,
      bought: recipe.addOns,
    });
  } else if (recipe.kind === 'addon') {
    const { componentId, quantity } = recipe;
    await addEntitlement(ctx, subscription.id, { componentId, quantity, orderId: order.id });
  } else {
    await renew(ctx, order, recipe);
  }
}

async function renew(ctx: Ctx, order: Order, recipe: RenewalRecipe): Promise<void> {
  await creditLateDeletions(ctx, order, recipe);
  await extendSubscription(ctx, order.subscriptionId, extensionBy(recipe, order.id));
  await cancelAddOnsOfPast(ctx, order.subscriptionId);
}

/**
 * Add-ons that were priced for the old period and not yet paid for would be had for the new one
 * for nothing, so those orders end when it is renewed; the client sees the new price when ordering
 * again. One that is being paid meanwhile must not hold up the renewal: it ends in its own turn.
 */
export async function cancelAddOnsOfPast(ctx: Ctx, subscriptionId: string): Promise<void> {
  for (const other of await selectOpenOrders(ctx, subscriptionId)) {
    if (other.kind !== 'addon' || other.state !== 'awaiting-payment') continue;
    const invoice = other.invoiceId ? await findInvoice(ctx, other.invoiceId) : null;
    if (invoice && (invoice.state === 'paid' || invoice.paidMinor > 0n)) continue;
    await cancelUnpaidOrder(ctx, other, 'replaced');
  }
}
