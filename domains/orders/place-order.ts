import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { InvoiceOrder, Quote } from '#domains/billing/index.ts';
import { clientAsBuyer, issueInvoice } from '#domains/billing/index.ts';
import { usePromo } from '#domains/catalog/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { clientOf } from '#domains/clients/index.ts';
import { openSubscription } from '#domains/subscriptions/index.ts';
import { payableUntil } from './billing-day.ts';
import { aboutOrder, orderPlaced } from './events.ts';
import type { Sale } from './load-sale.ts';
import { invoiceCause } from './order.ts';
import type { Order } from './order.ts';
import type { OrderKind, OrderOrigin } from './order-words.ts';
import { readCart } from './read-cart.ts';
import type { Cart, CartInput } from './read-cart.ts';
import type { Recipe } from './recipe.ts';
import { insertOrders } from './store.ts';

/**
 * Orders what is in the cart at the price that was shown. Refuses `price-changed` with the present
 * total when that price no longer holds, `domain-name-missing`, `domain-name-taken`, and what
 * `readCart` says.
 */
export async function placeOrder(
  ctx: Ctx,
  input: CartInput & { expectedTotalMinor: number; autoRenew: boolean },
): Promise<Order> {
  const client = await clientOf(ctx);
  return orderCart(ctx, client, await readCart(ctx, client.brandId, input, client), input);
}

/** Orders a cart that was read in this transaction, as `placeOrder` says. */
export async function orderCart(
  ctx: Ctx,
  client: Client,
  cart: Cart,
  { expectedTotalMinor, autoRenew }: { expectedTotalMinor: number; autoRenew: boolean },
): Promise<Order> {
  const { sale, quote, promo, domainName } = cart;
  refuseOtherPrice(quote, expectedTotalMinor);
  if (!domainName) refuse('domain-name-missing', { field: 'domainName' });
  const { branch, id: clientId } = client;
  const subscription = await openSubscription(ctx, {
    branch,
    brandId: sale.brand.id,
    sellerId: sale.seller.id,
    clientId,
    productId: cart.productId,
    planId: cart.recipe.planId,
    domainName,
    termMonths: cart.recipe.termMonths,
    zone: sale.seller.zone,
    currency: quote.currency,
    autoRenew,
  });
  const order = await writeOrder(ctx, {
    client,
    sale,
    quote,
    recipe: cart.recipe,
    kind: 'package',
    origin: 'client',
    subscription,
    promoId: promo?.id ?? null,
    ...payableUntil(cart.recipe, sale, ctx.now),
  });
  if (promo) await usePromo(ctx, { promo, client: { id: clientId, branch }, cause: order.id });
  return order;
}

/** The amount on the button is the amount charged, or nothing is. */
export function refuseOtherPrice(quote: Quote, expectedTotalMinor: number): void {
  if (quote.totalMinor === BigInt(expectedTotalMinor)) return;
  refuse('price-changed', {
    field: 'expectedTotalMinor',
    params: { totalMinor: Number(quote.totalMinor), currency: quote.currency },
  });
}

export type OrderDraft = {
  client: Client;
  sale: Pick<Sale, 'brand' | 'seller'>;
  quote: Quote;
  recipe: Recipe;
  kind: OrderKind;
  origin: OrderOrigin;
  subscription: { id: string; domainName: string };
  periodStart?: Temporal.PlainDate;
  promoId?: string | null;
  dueOn: Temporal.PlainDate;
  expiresAt: Temporal.Instant | null;
};

/** Writes an order and the invoice of its quote. */
export async function writeOrder(ctx: Ctx, draft: OrderDraft): Promise<Order> {
  const id = ctx.newId('ord', draft.client.branch);
  const invoice = await issueInvoice(ctx, invoiceFor(id, draft));
  const order = orderOf(ctx, id, draft, invoice.id);
  await insertOrders(ctx, [order]);
  await ctx.announce(orderPlaced, aboutOrder(order, {}));
  return order;
}

/** The first invoice of an order. */
export function invoiceFor(orderId: string, draft: OrderDraft): InvoiceOrder {
  const { client, sale, subscription } = draft;
  return {
    branch: client.branch,
    cause: invoiceCause({ id: orderId, revision: 0 }),
    quote: draft.quote,
    seller: sale.seller,
    buyer: clientAsBuyer(client),
    brandId: sale.brand.id,
    subject: orderId,
    about: subscription.domainName,
    dueOn: draft.dueOn,
    subscriptionId: subscription.id,
  };
}

/** The order as it is placed. */
export function orderOf(
  { now }: Pick<Ctx, 'now'>,
  id: string,
  draft: OrderDraft,
  invoiceId: string | null,
): Order {
  const { client, sale, quote, subscription } = draft;
  return {
    id,
    branch: client.branch,
    brandId: sale.brand.id,
    sellerId: sale.seller.id,
    clientId: client.id,
    kind: draft.kind,
    state: 'awaiting-payment',
    origin: draft.origin,
    subscriptionId: subscription.id,
    periodStart: draft.periodStart ?? null,
    invoiceId,
    mergedId: null,
    revision: 0,
    quoteHash: quote.hash,
    currency: quote.currency,
    totalMinor: quote.totalMinor,
    title: quote.lines[0]?.description ?? { ru: id, en: id },
    domainName: subscription.domainName,
    recipe: draft.recipe,
    promoId: draft.promoId ?? null,
    placedAt: now,
    expiresAt: draft.expiresAt,
    lockedAt: null,
    waitsForSellerId: null,
    lockReason: null,
    doneAt: null,
    cancelledAt: null,
    cancelledFor: null,
  };
}
