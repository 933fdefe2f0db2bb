import { refuse } from '#kit/refusal.ts';
import { temporalText } from '#kit/temporal-text.ts';
import { isTerm } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { Leg, Quote, QuoteLine } from '#domains/billing/index.ts';
import { quoteRenewal } from '#domains/billing/index.ts';
import type { Noticed } from '#domains/catalog/index.ts';
import { noticedBy, planAt } from '#domains/catalog/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { findClient, taxStandingOf } from '#domains/clients/index.ts';
import { entitlementsOf, nextPosition, noticesOf, paidPlan } from '#domains/subscriptions/index.ts';
import type { Entitlement, LiveSubscription, Notice } from '#domains/subscriptions/index.ts';
import type { Sale } from './load-sale.ts';
import { quoteRecipe } from './quote-recipe.ts';
import type { RenewalRecipe } from './recipe.ts';
import { loadChainSale } from './sale-book.ts';
import type { ChainSale } from './sale-book.ts';

export type RenewalChoice = {
  termMonths: number;
  /** Entitlements to leave out, beside those that do not renew anyway. */
  drop: readonly string[];
  /** As if its holder wanted all to stay that a change would let go otherwise. */
  keepAll?: boolean;
  /** The billing day that the package is brought to: it pays up to it, and counts from it. */
  alignTo?: Temporal.PlainDate;
};

export type RenewalOffer = {
  client: Client;
  sale: Sale;
  subscription: LiveSubscription;
  recipe: RenewalRecipe;
  quote: Quote;
  /** What each level above the shop charges for the same. */
  legs: readonly { leg: Leg; quote: Quote }[];
};

/** All that a renewal is decided by. */
export type RenewalFacts = ChainSale & {
  client: Client;
  subscription: LiveSubscription;
  entitlements: readonly Entitlement[];
  notices: readonly Notice[];
};

/**
 * What the next period costs: the package with everything on it that is to stay (rule 5). The
 * preview, the automatic renewal and the invoice all come from here. Refuses `term-invalid`,
 * `entitlement-not-found`, and `plan-not-sold` when it cannot be renewed.
 */
export async function offerRenewal(
  ctx: Ctx,
  subscription: LiveSubscription,
  choice: RenewalChoice,
): Promise<RenewalOffer> {
  const client = await findClient(ctx, subscription.clientId);
  if (!client) throw new Error(`client ${subscription.clientId} is gone`);
  const { brandId, currency } = subscription;
  return makeRenewalOffer(
    {
      ...(await loadChainSale(ctx, {
        brandId,
        currency,
        country: client.country,
        standing: taxStandingOf(client),
      })),
      client,
      subscription,
      entitlements: await entitlementsOf(ctx, subscription.id),
      notices: await noticesOf(ctx, subscription.id),
    },
    choice,
  );
}

/**
 * The same as a pure function of what was loaded, so that many can be priced from one load. What a
 * level above would not sell to the one below it is refused here: otherwise the client would pay
 * and the order could never be carried out.
 */
export function makeRenewalOffer(facts: RenewalFacts, choice: RenewalChoice): RenewalOffer {
  const { client, sale, subscription, entitlements, notices } = facts;
  if (!isTerm(choice.termMonths)) refuse('term-invalid', { field: 'termMonths' });
  const stray = choice.drop.findIndex((id) => !entitlements.some((one) => one.id === id));
  if (stray >= 0) refuse('entitlement-not-found', { field: `drop.${stray}` });
  const noticed = noticedBy(notices);
  const quote = renewalQuote(sale, subscription, entitlements, choice, noticed);
  const recipe = renewalRecipe(subscription, entitlements, choice, quote);
  const legs = facts.legs.map(({ leg, terms }) => ({ leg, quote: quoteRecipe(recipe, terms) }));
  return { client, sale, subscription, recipe, quote, legs };
}

/** The client's own quote. */
export function renewalQuote(
  sale: Pick<Sale, 'list' | 'tax'>,
  subscription: LiveSubscription,
  entitlements: readonly Entitlement[],
  { termMonths, drop, keepAll = false, alignTo }: RenewalChoice,
  noticed: Noticed,
): Quote {
  const { subscribedOn } = subscription;
  const next = nextPosition(subscription, termMonths, alignTo);
  const standing = { subscribedOn, boundaryOn: next.period.start, noticed };
  return quoteRenewal({
    list: sale.list,
    tax: sale.tax,
    planId: planAt(sale.list.catalogue, paidPlan(subscription), standing),
    subscribedOn,
    next,
    entitlements: keepAll ? entitlements.map((one) => ({ ...one, optedIn: true })) : entitlements,
    drop,
    noticed,
  });
}

function renewalRecipe(
  subscription: LiveSubscription,
  entitlements: readonly Entitlement[],
  { termMonths, drop, alignTo }: RenewalChoice,
  quote: Quote,
): RenewalRecipe {
  const next = nextPosition(subscription, termMonths, alignTo);
  const kept = quote.lines.flatMap((line) => keptBy(line, entitlements));
  const keptIds = new Set(kept.map(({ entitlementId }) => entitlementId));
  return {
    kind: 'renewal',
    planId: planOf(quote) ?? subscription.planId,
    subscribedOn: temporalText(subscription.subscribedOn),
    termMonths,
    anchorOn: temporalText(next.anchorOn),
    start: temporalText(next.period.start),
    end: temporalText(next.period.end),
    ...(alignTo && { isAligned: true }),
    drop: [...drop],
    kept,
    dropped: quote.lines.flatMap(({ entitlementId }) =>
      entitlementId && !keptIds.has(entitlementId) ? [entitlementId] : [],
    ),
  };
}

/** The plan that the quote is by. */
function planOf({ lines }: Quote): string | undefined {
  return lines.find(({ kind }) => kind === 'package')?.itemId;
}

function keptBy(line: QuoteLine, entitlements: readonly Entitlement[]): RenewalRecipe['kept'] {
  const { state } = line;
  if (state === 'dropped' || state === 'ended') return [];
  const held = entitlements.find(({ id }) => id === line.entitlementId);
  if (!held || held.state === 'deleted') return [];
  return [
    {
      entitlementId: held.id,
      componentId: held.componentId,
      quantity: held.quantity,
      sinceOn: temporalText(held.sinceOn),
      before: held.state,
      as: state,
    },
  ];
}
