import type { Ctx } from '#platform/context.ts';
import { on, onMany } from '#platform/events.ts';
import type { Subscriber } from '#platform/events.ts';
import { isId } from '#kit/id.ts';
import { invoiceMadeByHand, invoicePaid, invoiceVoided } from '#domains/billing/index.ts';
import { editionPublished, editionWithdrawn } from '#domains/catalog/index.ts';
import {
  methodChosen,
  paymentFailed,
  paymentSucceeded,
  usableDefaults,
} from '#domains/payments/index.ts';
import { walletToppedUp } from '#domains/sellers/index.ts';
import {
  entitlementAdded,
  entitlementChanged,
  entitlementDeleted,
  subscriptionActivated,
  subscriptionDeleted,
  subscriptionPlanChanged,
} from '#domains/subscriptions/index.ts';
import { cancelOrder } from './cancel-order.ts';
import { closeOrder } from './finish-order.ts';
import { newCollection } from './collect.ts';
import { planCharge } from './charge-debt.ts';
import { debtsWithoutCard } from './charge-store.ts';
import { takeCharged, takeFailedCharge } from './take-charge.ts';
import { insertCollections } from './collection-store.ts';
import { executeOrder } from './execute-order.ts';
import { continueStopped, noticeChanges, tellOfWithdrawal } from './jobs.ts';
import { executeMerged } from './merged-orders.ts';
import { selectMerged } from './merged-store.ts';
import { noticeChange } from './notice-change.ts';
import type { Order } from './order.ts';
import { reviseRenewal } from './renew-subscription.ts';
import { continueRenewal } from './stop-renewal.ts';
import {
  selectAwaitedPlans,
  selectLocked,
  selectOpenOrders,
  selectOrder,
  selectToCarryOut,
} from './store.ts';

/** What orders do when something happens elsewhere. */
export const ordersSubscribers: readonly Subscriber[] = [
  onMany(invoicePaid, 'orders.execute-when-paid', async (ctx, facts) => {
    const paid = facts.flatMap(({ payload: { buyerKind, subject } }) =>
      buyerKind === 'client' && subject !== null && isId(subject, 'ord') ? [subject] : [],
    );
    for (const id of await selectToCarryOut(ctx, paid)) await executeOrder(ctx, id);
    for (const { invoiceId, subject } of facts.map(({ payload }) => payload)) {
      if (subject && isId(subject, 'mrg')) {
        await executeMerged(ctx, { mergedId: subject, invoiceId });
      }
    }
  }),
  on(invoiceVoided, 'orders.cancel-when-voided', async (ctx, { payload }) => {
    const { subject, invoiceId, buyerKind } = payload;
    if (buyerKind !== 'client' || subject === null) return;
    for (const order of await ordersOf(ctx, subject)) {
      const isCurrent = order.invoiceId === invoiceId;
      if (isCurrent && order.state === 'awaiting-payment')
        await cancelOrder(ctx, order.id, 'staff');
    }
  }),
  on(invoiceMadeByHand, 'orders.collect-when-made-by-hand', async (ctx, { branch, payload }) => {
    const { invoiceId: id, brandId, buyerId: clientId } = payload;
    if (!brandId) return;
    const dueOn = Temporal.PlainDate.from(payload.dueOn);
    const owed = { branch, id, brandId, clientId, dueOn };
    const isCharged = (await usableDefaults(ctx, [clientId])).has(clientId);
    await insertCollections(ctx, [await newCollection(ctx, owed, { from: dueOn, isCharged })]);
  }),
  on(walletToppedUp, 'orders.retry-when-topped-up', async (ctx, { payload }) => {
    for (const id of await selectLocked(ctx, payload.sellerId)) await executeOrder(ctx, id);
  }),
  on(entitlementAdded, 'orders.revise-when-added', async (ctx, { payload }) => {
    const { subscriptionId, entitlementId, orderId } = payload;
    const order = orderId ? await selectOrder(ctx, orderId) : null;
    // First told, then invoiced. What comes with a package is told of when that is activated.
    if (order?.kind === 'addon') await noticeChange(ctx, subscriptionId, entitlementId);
    await reviseRenewal(ctx, subscriptionId);
  }),
  on(entitlementChanged, 'orders.revise-when-changed', (ctx, { payload }) =>
    reviseRenewal(ctx, payload.subscriptionId),
  ),
  on(entitlementDeleted, 'orders.revise-when-deleted', (ctx, { payload }) =>
    reviseRenewal(ctx, payload.subscriptionId),
  ),
  on(subscriptionPlanChanged, 'orders.revise-when-plan-changed', async (ctx, { payload }) => {
    await reviseRenewal(ctx, payload.subscriptionId);
    await continueRenewal(ctx, payload.subscriptionId);
  }),
  on(subscriptionPlanChanged, 'orders.notice-when-plan-bought', async (ctx, { payload }) => {
    if (payload.orderId) await noticeChange(ctx, payload.subscriptionId);
  }),
  on(paymentSucceeded, 'orders.change-plan-when-money-came', async (ctx, { branch, payload }) => {
    const { clientId } = payload;
    for (const id of await selectAwaitedPlans(ctx, { branch, clientId }))
      await executeOrder(ctx, id);
  }),
  on(paymentSucceeded, 'orders.tell-of-charge', (ctx, { payload }) =>
    takeCharged(ctx, payload.paymentId),
  ),
  on(paymentFailed, 'orders.charge-again', (ctx, { payload }) =>
    takeFailedCharge(ctx, payload.paymentId),
  ),
  on(methodChosen, 'orders.charge-chosen-method', async (ctx, { branch, payload }) => {
    const { clientId } = payload;
    for (const debt of await debtsWithoutCard(ctx, { branch, clientId })) {
      await planCharge(ctx, debt);
    }
  }),
  on(subscriptionActivated, 'orders.notice-when-activated', (ctx, { payload }) =>
    noticeChange(ctx, payload.subscriptionId),
  ),
  on(subscriptionDeleted, 'orders.cancel-when-deleted', async (ctx, { payload }) => {
    for (const order of await selectOpenOrders(ctx, payload.subscriptionId)) {
      if (order.state === 'delivering') await closeOrder(ctx, order.id);
      else await cancelOrder(ctx, order.id, 'subscription-ended');
    }
  }),
  on(editionPublished, 'orders.notice-when-published', async (ctx, { payload }) => {
    await ctx.enqueue(noticeChanges, { sellerId: payload.sellerId, after: '' });
    await ctx.enqueue(continueStopped, { sellerId: payload.sellerId, after: '' });
  }),
  on(editionWithdrawn, 'orders.tell-when-withdrawn', async (ctx, { subject, payload }) => {
    await ctx.enqueue(tellOfWithdrawal, { editionId: subject, after: '' });
    await ctx.enqueue(continueStopped, { sellerId: payload.sellerId, after: '' });
  }),
];

/** The order, or all orders, that an invoice is for. */
async function ordersOf(ctx: Ctx, subject: string): Promise<Order[]> {
  if (isId(subject, 'mrg')) return selectMerged(ctx, subject);
  const order = isId(subject, 'ord') ? await selectOrder(ctx, subject) : null;
  return order ? [order] : [];
}
