import type { Ctx } from '#platform/context.ts';
import { legsOf } from '#domains/billing/index.ts';
import type { Leg } from '#domains/billing/index.ts';
import { sellerChain } from '#domains/sellers/index.ts';
import { loadLeg, loadSale } from './load-sale.ts';
import type { Sale, SaleAsk } from './load-sale.ts';

/** What one level above the shop sells the same by. */
export type LegTerms = { leg: Leg; terms: Pick<Sale, 'list' | 'tax'> };

/** A sale with all levels above it, the operator's first. */
export type ChainSale = { sale: Sale; legs: readonly LegTerms[] };

export async function loadChainSale(ctx: Ctx, ask: SaleAsk): Promise<ChainSale> {
  const sale = await loadSale(ctx, ask);
  if (sale.seller.parentId === null) return { sale, legs: [] };
  const legs: LegTerms[] = [];
  for (const leg of legsOf(await sellerChain(ctx, sale.seller.id))) {
    legs.push({ leg, terms: await loadLeg(ctx, leg, sale.list.currency) });
  }
  return { sale, legs };
}

/** Loads each kind of sale once, for those who price many in one transaction. */
export function openSaleBook(ctx: Ctx): (ask: SaleAsk) => Promise<ChainSale> {
  const loaded = new Map<string, ChainSale>();
  return async (ask) => {
    const { brandId, currency = '', country = '', standing = 'plain' } = ask;
    const key = `${brandId} ${currency} ${country} ${standing}`;
    const known = loaded.get(key);
    if (known) return known;
    const sale = await loadChainSale(ctx, ask);
    loaded.set(key, sale);
    return sale;
  };
}
