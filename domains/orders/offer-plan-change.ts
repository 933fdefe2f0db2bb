import { refuse } from '#kit/refusal.ts';
import { isBefore } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import {
  componentMoves,
  findInvoice,
  paidLinesOf,
  quotePlanChange,
} from '#domains/billing/index.ts';
import type { Leg, Moves, PaidLine, PlanChangeQuote } from '#domains/billing/index.ts';
import { noticedBy } from '#domains/catalog/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { findClient, taxStandingOf } from '#domains/clients/index.ts';
import { entitlementsOf, isLive, noticesOf, periodsOf } from '#domains/subscriptions/index.ts';
import type { LiveSubscription, Subscription } from '#domains/subscriptions/index.ts';
import type { Sale } from './load-sale.ts';
import { positionOf } from './recipe.ts';
import type { PlanRecipe } from './recipe.ts';
import { openRenewal } from './renew-subscription.ts';
import { loadChainSale } from './sale-book.ts';
import type { ChainSale } from './sale-book.ts';

export type PlanChoice = {
  planId: string;
  /** Entitlements to be given up, because the new plan does not have them. */
  drop: readonly string[];
};

export type PlanChangeOffer = Moves & {
  client: Client;
  sale: Sale;
  subscription: LiveSubscription;
  recipe: PlanRecipe;
  quote: PlanChangeQuote;
  /** What each level above the shop credits and charges for the same; asked for when needed. */
  legs(): { leg: Leg; quote: PlanChangeQuote }[];
};

/**
 * What another plan of the same product costs from today, and what goes back for the present one.
 * The caller has checked whose package it is. Refuses `subscription-not-active`,
 * `renewal-in-progress` (money for it has come), and what billing says of plans and components.
 */
export async function offerPlanChange(
  ctx: Ctx,
  subscription: Subscription,
  choice: PlanChoice,
): Promise<PlanChangeOffer> {
  if (!isLive(subscription) || subscription.state !== 'active') refuse('subscription-not-active');
  const { client, chain } = await loadTerms(ctx, subscription);
  const recipe: PlanRecipe = {
    kind: 'plan',
    planId: choice.planId,
    on: chain.sale.on.toString(),
    position: positionOf(subscription),
    drop: [...choice.drop],
  };
  const offer = await offerBy(ctx, { subscription, recipe, client, chain, isForChange: false });
  // What a level above would not sell is refused at once.
  offer.legs();
  return offer;
}

/** The same by what was ordered, holding the invoices that are about to be credited. */
export async function offerOrderedPlan(
  ctx: Ctx,
  subscription: LiveSubscription,
  recipe: PlanRecipe,
): Promise<PlanChangeOffer> {
  const terms = await loadTerms(ctx, subscription);
  return offerBy(ctx, { subscription, recipe, ...terms, isForChange: true });
}

async function loadTerms(ctx: Ctx, { clientId, brandId, currency }: Subscription) {
  const client = await findClient(ctx, clientId);
  if (!client) throw new Error(`client ${clientId} is gone`);
  const chain = await loadChainSale(ctx, {
    brandId,
    currency,
    country: client.country,
    standing: taxStandingOf(client),
  });
  return { client, chain };
}

type Terms = {
  subscription: LiveSubscription;
  recipe: PlanRecipe;
  client: Client;
  chain: ChainSale;
  isForChange: boolean;
};

async function offerBy(ctx: Ctx, terms: Terms): Promise<PlanChangeOffer> {
  const { subscription, recipe, client, chain, isForChange } = terms;
  await refusePaidRenewal(ctx, subscription);
  const { sale, legs } = chain;
  const on = Temporal.PlainDate.from(recipe.on);
  const entitlements = await entitlementsOf(ctx, subscription.id);
  const periods = await periodsOf(ctx, subscription.id);
  const present = periods.find(({ end }) => isBefore(on, end)) ?? subscription.period;
  const moves = componentMoves({
    catalogue: sale.list.catalogue,
    planId: subscription.planId,
    subscribedOn: subscription.subscribedOn,
    boundaryOn: present.start,
    toPlanId: recipe.planId,
    on,
    entitlements,
    drop: recipe.drop,
    noticed: noticedBy(await noticesOf(ctx, subscription.id)),
  });
  const paid = await paidLinesOf(ctx, {
    subscriptionId: subscription.id,
    on,
    periods,
    entitlements,
    isForChange,
  });
  const quoteBy = (
    { list, tax }: Pick<Sale, 'list' | 'tax'>,
    isOf: (line: PaidLine) => boolean,
  ): PlanChangeQuote =>
    quotePlanChange({
      list,
      tax,
      anchorOn: subscription.anchorOn,
      periods: periods.map(({ start, end, termMonths, wholeFrom }) => ({
        ...{ start, end, termMonths, wholeFrom },
      })),
      toPlanId: recipe.planId,
      on,
      ...moves,
      paid: paid.filter(isOf),
    });
  return {
    ...moves,
    client,
    sale,
    subscription,
    recipe,
    quote: quoteBy(sale, ({ invoice }) => invoice.buyerKind === 'client'),
    legs: () => legs.map(({ leg, terms: own }) => ({ leg, quote: quoteBy(own, isChargedTo(leg)) })),
  };
}

function isChargedTo({ parent, child }: Leg): (line: PaidLine) => boolean {
  return ({ invoice }) =>
    invoice.buyerKind === 'seller' &&
    invoice.sellerId === parent.id &&
    invoice.buyerId === child.id;
}

/** A renewal that is not paid yet is made anew by the new plan; one with money on it stands. */
async function refusePaidRenewal(ctx: Ctx, subscription: LiveSubscription): Promise<void> {
  const renewal = await openRenewal(ctx, subscription);
  if (!renewal) return;
  const invoice = renewal.invoiceId ? await findInvoice(ctx, renewal.invoiceId) : null;
  if (renewal.state === 'awaiting-payment' && (invoice?.paidMinor ?? 0n) === 0n) return;
  refuse('renewal-in-progress');
}
