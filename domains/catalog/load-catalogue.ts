import { sellerChain } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Catalogue } from './catalogue.ts';
import { selectEditions } from './edition-store.ts';
import { selectComponents, selectPlans, selectProducts, selectRevision } from './store.ts';

const KEPT_MAX = 64;
const kept = new Map<string, Catalogue>();

/**
 * The catalogue of one seller's shop: the products of the sellers above it and its own, with the
 * published editions of the whole chain. Kept in memory under the catalogue's revision, which is
 * read in the caller's transaction, so a change shows with its commit and not a moment later.
 */
export async function loadCatalogue(ctx: Ctx, sellerId: string): Promise<Catalogue> {
  for (;;) {
    const revision = await selectRevision(ctx);
    const key = `${revision} ${sellerId}`;
    const known = kept.get(key);
    if (known) return known;
    const catalogue = await readCatalogue(ctx, sellerId);
    // A change committed while we read: what was read may be half of each.
    if ((await selectRevision(ctx)) !== revision) continue;
    kept.set(key, catalogue);
    if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value ?? key);
    return catalogue;
  }
}

async function readCatalogue(ctx: Ctx, sellerId: string): Promise<Catalogue> {
  const sellerIds = (await sellerChain(ctx, sellerId)).map((seller) => seller.id);
  if (sellerIds.length === 0) return { products: [], plans: [], components: [], editions: [] };
  return {
    products: await selectProducts(ctx, sellerIds),
    plans: await selectPlans(ctx, sellerIds),
    components: await selectComponents(ctx, sellerIds),
    editions: await selectEditions(ctx, { sellerIds, states: ['published'] }),
  };
}
