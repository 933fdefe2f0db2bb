import { refuse } from '#kit/refusal.ts';
import { isTerm } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { AddOnChoice, Discount, Quote } from '#domains/billing/index.ts';
import type { Promo } from '#domains/catalog/index.ts';
import { checkPromo, findPlan } from '#domains/catalog/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { clientOf, taxStandingOf } from '#domains/clients/index.ts';
import { readDomainName } from '#domains/subscriptions/index.ts';
import { billingStart } from './billing-day.ts';
import { agreedDiscount } from './client-quote.ts';
import type { ClientQuote } from './client-quote.ts';
import type { Sale } from './load-sale.ts';
import { loadSale } from './load-sale.ts';
import { quoteRecipe } from './quote-recipe.ts';
import type { PackageRecipe } from './recipe.ts';
import { refuseUnsoldAbove } from './charge-legs.ts';

/** The cart as a person filled it; nothing in it is believed. */
export type CartInput = {
  productId: string;
  planId: string;
  termMonths: number;
  domainName?: string | undefined;
  addOns: readonly AddOnChoice[];
  promo?: string | undefined;
  country?: string | undefined;
};

export type Cart = {
  sale: Sale;
  recipe: PackageRecipe;
  quote: Quote;
  promo: Promo | null;
  productId: string;
  /** Null while none was typed. */
  domainName: string | null;
};

/**
 * Prices a cart for a visitor (`client` null) or a client. Refuses by name whatever cannot be
 * bought (an `agreed` price is the most that is charged): `plan-not-found`, `term-invalid`, `domain-name-invalid`, the promo's faults, and what
 * billing says of plans and components.
 */
export async function readCart(
  ctx: Ctx,
  brandId: string,
  input: CartInput,
  client: Client | null,
  agreed: Pick<ClientQuote, 'id' | 'agreedMinor'> | null = null,
): Promise<Cart> {
  const sale = await loadSale(ctx, {
    brandId,
    currency: client?.currency,
    country: client?.country ?? input.country,
    standing: client && taxStandingOf(client),
  });
  const { productId, planId, termMonths } = input;
  const plan = findPlan(sale.list.catalogue, planId);
  if (plan?.productId !== productId) refuse('plan-not-found', { field: 'planId' });
  if (!isTerm(termMonths)) refuse('term-invalid', { field: 'termMonths' });
  const domainName = readTypedDomain(input.domainName);
  const promo = input.promo ? await cartPromo(ctx, sale, input, client) : null;
  const recipe: PackageRecipe = {
    kind: 'package',
    planId,
    termMonths,
    on: sale.on.toString(),
    addOns: input.addOns.map(({ componentId, quantity }) => ({ componentId, quantity })),
    promoCode: promo?.code ?? null,
    ...billingStart(sale),
  };
  const list = quoteRecipe(recipe, { ...sale, discount: promo && discountOf(promo) });
  const discount = agreed && agreedDiscount(agreed, list);
  const quote = discount ? quoteRecipe(recipe, { ...sale, discount }) : list;
  await refuseUnsoldAbove(ctx, sale, recipe);
  return { sale, recipe, quote, promo, productId, domainName };
}

/** The cart of whoever asks: a client by their own country and currency, a visitor by the shop's. */
export async function quoteCart(ctx: Ctx, input: CartInput): Promise<Cart> {
  const { actor } = ctx;
  if (actor.kind === 'system') refuse('not-allowed');
  const client = actor.kind === 'client' ? await clientOf(ctx) : null;
  return readCart(ctx, client?.brandId ?? actor.brandId, input, client);
}

function readTypedDomain(typed: string | undefined): string | null {
  if (!typed?.trim()) return null;
  return readDomainName(typed) ?? refuse('domain-name-invalid', { field: 'domainName' });
}

function cartPromo(ctx: Ctx, sale: Sale, input: CartInput, client: Client | null): Promise<Promo> {
  return checkPromo(ctx, {
    sellerId: sale.seller.id,
    code: input.promo ?? '',
    on: sale.on,
    productId: input.productId,
    planId: input.planId,
    termMonths: input.termMonths,
    currency: sale.list.currency,
    client,
  });
}

/** A promo takes something off the package, not off its add-ons. */
function discountOf({ code, gives }: Promo): Discount {
  const off =
    gives.kind === 'percent' ? { percentBp: gives.basisPoints } : { amountMinor: gives.minor };
  return { code, off, scope: 'package' };
}
