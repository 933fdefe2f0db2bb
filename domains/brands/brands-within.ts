import { sellersWithin } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import { selectBrandsOfSellers } from './store.ts';

const SELLERS_MAX = 10_000;

/** The brands of a seller and of everyone below it: what its staff may see. */
export async function brandIdsWithin(ctx: Ctx, sellerId: string): Promise<string[]> {
  const sellers = await sellersWithin(ctx, sellerId, SELLERS_MAX);
  const brands = await selectBrandsOfSellers(
    ctx,
    sellers.map((seller) => seller.id),
  );
  return brands.map((brand) => brand.id);
}
