import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { chargeUpstream } from '#domains/billing/index.ts';
import type { Leg, Quote } from '#domains/billing/index.ts';
import { sellerChain } from '#domains/sellers/index.ts';
import type { Sale } from './load-sale.ts';
import { loadLeg } from './load-sale.ts';
import type { Order } from './order.ts';
import { quoteRecipe } from './quote-recipe.ts';
import type { SaleRecipe } from './recipe.ts';

async function quoteLeg(
  ctx: Ctx,
  leg: Pick<Leg, 'parent' | 'child'>,
  recipe: SaleRecipe,
  currency: string,
): Promise<Quote> {
  return quoteRecipe(recipe, await loadLeg(ctx, leg, currency));
}

/**
 * Refuses at once what a level above the shop would not sell to the one below it: otherwise the
 * client would pay and the order could never be carried out.
 */
export async function refuseUnsoldAbove(ctx: Ctx, sale: Sale, recipe: SaleRecipe): Promise<void> {
  if (sale.seller.parentId === null) return;
  const chain = await sellerChain(ctx, sale.seller.id);
  for (const [index, parent] of chain.slice(0, -1).entries()) {
    const child = chain[index + 1];
    if (child) await quoteLeg(ctx, { parent, child }, recipe, sale.list.currency);
  }
}

/**
 * Charges every seller above the shop, all or none (rule 10). Null when it is done; otherwise why
 * it is not, with nothing written.
 */
export async function chargeLegs(
  ctx: Ctx,
  order: Order,
  recipe: SaleRecipe,
  about: string,
): Promise<Refusal | null> {
  const chain = await sellerChain(ctx, order.sellerId);
  if (chain.length < 2) return null;
  try {
    await chargeUpstream(ctx, {
      branch: order.branch,
      chain,
      quoteFor: (leg) => quoteLeg(ctx, leg, recipe, order.currency),
      cause: `order:${order.id}`,
      subject: order.id,
      about,
      subscriptionId: order.subscriptionId,
    });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
