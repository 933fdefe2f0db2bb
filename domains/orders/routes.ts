import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { findInvoice, invoiceNumber, payFromBalance } from '#domains/billing/index.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import { buyAddOn, offerAddOn } from './buy-add-on.ts';
import { cancelOrder } from './cancel-order.ts';
import { ordersContract } from './contract.ts';
import type { OrderView } from './contract.ts';
import { executeOrder } from './execute-order.ts';
import { listAddOns } from './list-add-ons.ts';
import { clientQuoteRoutes } from './client-quote-routes.ts';
import { chargingRoutes } from './charging-routes.ts';
import { collectionRoutes } from './collection-routes.ts';
import { moneyBackRoutes } from './money-back-routes.ts';
import { nextRenewalRoutes } from './next-renewal-routes.ts';
import type { Order } from './order.ts';
import { placeOrder } from './place-order.ts';
import { quoteCart } from './read-cart.ts';
import { renewalRunRoutes } from './renewal-run-routes.ts';
import { previewRenewal, renewSubscription } from './renew-subscription.ts';
import { selectOrders } from './store.ts';
import type { OrderFilter } from './store.ts';
import { viewCart } from './view-cart.ts';
import { viewOrder } from './view-order.ts';
import { viewQuote } from './view-quote.ts';
import { ownOrder, staffOrder } from './whose-order.ts';
import { withdrawChange } from './withdraw-change.ts';

const SELLERS_MAX = 5000;

/** Pays an order from the balance in the act of ordering, and carries it out. */
async function settleNow(ctx: Ctx, order: Order, fromBalance: boolean): Promise<OrderView> {
  if (!fromBalance || !order.invoiceId) return viewOrder(order);
  if (order.totalMinor > 0n) await payFromBalance(ctx, order.invoiceId);
  return viewOrder(await executeOrder(ctx, order.id));
}

async function retry(ctx: Ctx, order: Order): Promise<OrderView> {
  const isAwaitedPlan = order.kind === 'plan' && order.state === 'awaiting-payment';
  if (order.state !== 'locked' && !isAwaitedPlan) refuse('order-not-locked');
  return viewOrder(await executeOrder(ctx, order.id));
}

async function listPage(ctx: Ctx, filter: OrderFilter) {
  const rows = await selectOrders(ctx, filter);
  const { items, next } = pageOf(rows, filter.limit, ({ id }) => id);
  return { items: items.map(viewOrder), next };
}

async function clientNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const clients = await titlesOf(ctx, ids);
  return new Map(clients.map((client) => [client.id, clientTitle(client)]));
}

async function staffPage(ctx: Ctx, filter: OrderFilter) {
  const page = await listPage(ctx, filter);
  const names = await clientNames(
    ctx,
    page.items.map(({ clientId }) => clientId),
  );
  const items = page.items.map((item) => ({
    ...item,
    clientName: names.get(item.clientId) ?? item.clientId,
  }));
  return { ...page, items };
}

async function viewForStaff(ctx: Ctx, order: Order) {
  const names = await clientNames(ctx, [order.clientId]);
  const invoice = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  return {
    ...viewOrder(order),
    clientName: names.get(order.clientId) ?? order.clientId,
    waitsForSellerId: order.waitsForSellerId,
    invoiceNumber: invoice && invoiceNumber(invoice),
  };
}

export const ordersRoutes = serve(ordersContract, {
  quoteCart: async (ctx, input) => viewCart(await quoteCart(ctx, input)),
  place: async (ctx, input) => settleNow(ctx, await placeOrder(ctx, input), input.payFromBalance),
  list: async (ctx, { cursor, limit, state, subscriptionId }) => {
    if (ctx.actor.kind !== 'client') refuse('not-allowed');
    const { branch, clientId } = ctx.actor;
    return listPage(ctx, { branch, clientId, limit, state, subscriptionId, before: cursor });
  },
  get: async (ctx, { id }) => viewOrder(await ownOrder(ctx, id)),
  cancel: async (ctx, { id }) =>
    viewOrder(await cancelOrder(ctx, (await ownOrder(ctx, id)).id, 'client')),
  retry: async (ctx, { id }) => retry(ctx, await ownOrder(ctx, id)),
  addOns: async (ctx, { subscriptionId }) => ({ items: await listAddOns(ctx, subscriptionId) }),
  quoteAddOn: async (ctx, input) => viewQuote((await offerAddOn(ctx, input)).quote),
  buyAddOn: async (ctx, input) => settleNow(ctx, await buyAddOn(ctx, input), input.payFromBalance),
  ...nextRenewalRoutes,
  quoteRenewal: async (ctx, input) => viewQuote((await previewRenewal(ctx, input)).quote),
  renew: async (ctx, input) =>
    settleNow(ctx, await renewSubscription(ctx, input), input.payFromBalance),
  staffList: async (ctx, { cursor, limit, ...filter }) => {
    if (ctx.actor.kind !== 'staff') refuse('not-allowed');
    const sellers = await sellersWithin(ctx, ctx.actor.sellerId, SELLERS_MAX);
    const sellerIds = sellers.map(({ id }) => id);
    return staffPage(ctx, { ...filter, sellerIds, limit, before: cursor });
  },
  staffGet: async (ctx, { id }) => viewForStaff(ctx, await staffOrder(ctx, id)),
  staffCancel: async (ctx, { id }) =>
    viewOrder(await cancelOrder(ctx, (await staffOrder(ctx, id)).id, 'staff')),
  staffRetry: async (ctx, { id }) => retry(ctx, await staffOrder(ctx, id)),
  ...collectionRoutes,
  ...chargingRoutes,
  withdrawChange: async (ctx, { id }) => {
    await withdrawChange(ctx, id);
    return { id };
  },
  ...clientQuoteRoutes,
  ...moneyBackRoutes,
  ...renewalRunRoutes,
});
