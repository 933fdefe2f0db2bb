import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';

/**
 * The seller whose catalogue staff look at: their own, or one below it. Anybody else's does not
 * exist for them; `missing` is the refusal's code.
 */
export async function staffSeller(
  ctx: Ctx,
  sellerId?: string,
  missing = 'seller-not-found',
): Promise<Seller> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const seller = await findSeller(ctx, sellerId ?? ctx.actor.sellerId);
  if (!seller || !isWithin(seller, ctx.actor.sellerId)) refuse(missing);
  return seller;
}
