import { refuse } from '#kit/refusal.ts';
import { startOfDay } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { lockSubscription } from '#domains/subscriptions/index.ts';
import { cancelUnpaidOrder } from './cancel-order.ts';
import { carryOutPlanChange } from './carry-out-plan-change.ts';
import { aboutOrder, orderPlaced } from './events.ts';
import { offerPlanChange } from './offer-plan-change.ts';
import type { PlanChangeOffer, PlanChoice } from './offer-plan-change.ts';
import type { Order } from './order.ts';
import type { OrderOrigin } from './order-words.ts';
import { orderOf } from './place-order.ts';
import { mailPlanAwaited } from './plan-change-letter.ts';
import { insertOrders, selectOpenOrders } from './store.ts';

export type PlanChangeInput = PlanChoice & {
  subscriptionId: string;
  /** What was shown: charge less credit, below zero when money goes back. */
  expectedNetMinor: number;
  /** Pay from the balance in the same act; too little there refuses the whole. */
  payFromBalance: boolean;
  origin: OrderOrigin;
};

/**
 * Orders another plan at the price that was shown and carries it out at once when nothing is to be
 * paid, or from the balance. Otherwise the order waits for money on the balance; its documents are
 * made when it is carried out, because credit and charge are one. An order for another plan that
 * waits is replaced. `check` is asked with the offer before anything is written. The caller has
 * checked whose package it is. Refuses `price-changed`, `balance-too-low`, and what
 * `offerPlanChange` says.
 */
export async function changePlan(
  ctx: Ctx,
  input: PlanChangeInput,
  check: (offer: PlanChangeOffer) => void,
): Promise<Order> {
  const subscription = await lockSubscription(ctx, input.subscriptionId);
  if (!subscription) refuse('subscription-not-found', { field: 'subscriptionId' });
  const offer = await offerPlanChange(ctx, subscription, input);
  const { netMinor } = offer.quote;
  if (netMinor !== BigInt(input.expectedNetMinor)) {
    const params = { totalMinor: Number(netMinor), currency: subscription.currency };
    refuse('price-changed', { field: 'expectedNetMinor', params });
  }
  check(offer);
  for (const other of await selectOpenOrders(ctx, subscription.id)) {
    if (other.kind !== 'plan' || other.state === 'delivering') continue;
    await cancelUnpaidOrder(ctx, other, 'replaced');
  }
  const order = orderedPlan(ctx, offer, input.origin);
  await insertOrders(ctx, [order]);
  await ctx.announce(orderPlaced, aboutOrder(order, {}));
  if (netMinor > 0n && !input.payFromBalance) {
    if (input.origin === 'staff') await mailPlanAwaited(ctx, order, subscription);
    return order;
  }
  const { order: after, short } = await carryOutPlanChange(ctx, order, offer.subscription);
  if (short) throw short;
  return after;
}

/** The order, without documents yet. It waits as long as any unpaid order, within its period. */
function orderedPlan(ctx: Ctx, offer: PlanChangeOffer, origin: OrderOrigin): Order {
  const { client, sale, subscription, recipe, quote } = offer;
  const days = sale.brand.policy.unpaidOrderDays;
  const periodOver = startOfDay(subscription.period.end, subscription.zone);
  const tooLate = ctx.now.add({ hours: 24 * days });
  const order = orderOf(
    ctx,
    ctx.newId('ord', client.branch),
    {
      client,
      sale,
      quote: quote.charge,
      recipe,
      kind: 'plan',
      origin,
      subscription,
      dueOn: sale.on.add({ days }),
      expiresAt: Temporal.Instant.compare(periodOver, tooLate) < 0 ? periodOver : tooLate,
    },
    null,
  );
  const totalMinor = quote.netMinor > 0n ? quote.netMinor : 0n;
  return { ...order, quoteHash: quote.hash, totalMinor };
}
