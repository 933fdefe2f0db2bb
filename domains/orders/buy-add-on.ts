import { refuse } from '#kit/refusal.ts';
import { isBefore, startOfDay } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { Quote } from '#domains/billing/index.ts';
import { findComponent } from '#domains/catalog/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { clientOf, taxStandingOf } from '#domains/clients/index.ts';
import {
  entitlementsOf,
  heldQuantity,
  isLive,
  lockSubscription,
  ownSubscription,
  periodsOf,
} from '#domains/subscriptions/index.ts';
import type { LiveSubscription, Subscription } from '#domains/subscriptions/index.ts';
import { refuseUnsoldAbove } from './charge-legs.ts';
import type { Sale } from './load-sale.ts';
import { loadSale } from './load-sale.ts';
import type { Order } from './order.ts';
import { refuseOtherPrice, writeOrder } from './place-order.ts';
import { quoteRecipe } from './quote-recipe.ts';
import { positionOf } from './recipe.ts';
import type { AddOnRecipe } from './recipe.ts';
import { selectOpenOrders } from './store.ts';

export type AddOnInput = { subscriptionId: string; componentId: string; quantity: number };

export type AddOnOffer = {
  client: Client;
  sale: Sale;
  subscription: LiveSubscription;
  recipe: AddOnRecipe;
  quote: Quote;
};

/**
 * What a component costs on this package today, to the day the package is paid until (rule 4).
 * Refuses `subscription-not-found`, `subscription-not-active`, `period-over`,
 * `component-limit-reached`, and what billing says of components.
 */
export async function offerAddOn(ctx: Ctx, input: AddOnInput): Promise<AddOnOffer> {
  const subscription = await ownSubscription(ctx, input.subscriptionId);
  if (!isLive(subscription) || subscription.state !== 'active') refuse('subscription-not-active');
  const client = await clientOf(ctx);
  const sale = await loadSale(ctx, {
    brandId: subscription.brandId,
    currency: subscription.currency,
    country: client.country,
    standing: taxStandingOf(client),
  });
  const recipe: AddOnRecipe = {
    kind: 'addon',
    componentId: input.componentId,
    quantity: input.quantity,
    on: sale.on.toString(),
    position: { ...positionOf(subscription), ...(await paidAhead(ctx, subscription, sale.on)) },
  };
  const quote = quoteRecipe(recipe, sale);
  await refuseBeyondLimit(ctx, sale, subscription, input);
  await refuseUnsoldAbove(ctx, sale, recipe);
  return { client, sale, subscription, recipe, quote };
}

/** Before a part that was paid ahead stand periods that cannot be told from it. */
async function paidAhead(ctx: Ctx, subscription: LiveSubscription, on: Temporal.PlainDate) {
  if (subscription.cycle >= 0 || !isBefore(on, subscription.period.start)) return {};
  const paid = (await periodsOf(ctx, subscription.id)).map(({ start, end, wholeFrom }) => ({
    start: start.toString(),
    end: end.toString(),
    wholeFrom: wholeFrom?.toString() ?? null,
  }));
  return { paid };
}

/** What is held and what is ordered already count together. */
async function refuseBeyondLimit(
  ctx: Ctx,
  sale: Sale,
  subscription: Subscription,
  { componentId, quantity }: AddOnInput,
): Promise<void> {
  const held = heldQuantity(await entitlementsOf(ctx, subscription.id), componentId);
  const open = await selectOpenOrders(ctx, subscription.id);
  const ordered = open
    .flatMap(({ recipe, state }) => (state === 'delivering' ? [] : [recipe]))
    .filter((recipe) => recipe.kind === 'addon' && recipe.componentId === componentId)
    .reduce((sum, recipe) => sum + (recipe.kind === 'addon' ? recipe.quantity : 0), 0);
  const quantityMax = findComponent(sale.list.catalogue, componentId)?.quantityMax ?? 0;
  if (held + ordered + quantity <= quantityMax) return;
  refuse(ordered > 0 ? 'component-ordered-already' : 'component-limit-reached', {
    field: 'quantity',
    params: { held, ordered, quantityMax },
  });
}

/** Orders a component at the price that was shown. Refuses `price-changed` beside the above. */
export async function buyAddOn(
  ctx: Ctx,
  input: AddOnInput & { expectedTotalMinor: number },
): Promise<Order> {
  await lockSubscription(ctx, input.subscriptionId);
  const { client, sale, subscription, recipe, quote } = await offerAddOn(ctx, input);
  refuseOtherPrice(quote, input.expectedTotalMinor);
  const days = sale.brand.policy.unpaidOrderDays;
  const periodOver = startOfDay(subscription.period.end, subscription.zone);
  const tooLate = ctx.now.add({ hours: 24 * days });
  return writeOrder(ctx, {
    client,
    sale,
    quote,
    recipe,
    kind: 'addon',
    origin: 'client',
    subscription,
    dueOn: sale.on.add({ days }),
    expiresAt: Temporal.Instant.compare(periodOver, tooLate) < 0 ? periodOver : tooLate,
  });
}
