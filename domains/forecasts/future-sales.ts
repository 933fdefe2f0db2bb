import { taxStandingOf } from '#domains/clients/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Catalogue } from '#domains/catalog/index.ts';
import { openSaleBook } from '#domains/orders/index.ts';
import type { ChainSale } from '#domains/orders/index.ts';
import type { Traveller } from './traveller.ts';

/** By what a package would be sold at a moment to come: with the tax of that day. */
export type FutureSales = (traveller: Traveller, at: Temporal.Instant) => Promise<ChainSale>;

/** The catalogue as it is, or as it would be. */
export type Variation = (catalogue: Catalogue) => Catalogue;

/** Sales of days to come, loaded once a day and kind by the function that loads today's. */
export function openFutureSales(ctx: Ctx): FutureSales {
  const books = new Map<number, ReturnType<typeof openSaleBook>>();
  return async ({ subscription, client }, at) => {
    const key = at.epochMilliseconds;
    const book = books.get(key) ?? openSaleBook({ ...ctx, now: at });
    books.set(key, book);
    const { brandId, currency } = subscription;
    return book({ brandId, currency, country: client.country, standing: taxStandingOf(client) });
  };
}

/** A sale with another catalogue on every level; the same object for the same sale. */
export function varyingSales(vary: Variation): (sale: ChainSale) => ChainSale {
  const catalogues = new WeakMap<Catalogue, Catalogue>();
  const sales = new WeakMap<ChainSale, ChainSale>();
  const varied = (catalogue: Catalogue): Catalogue => {
    const known = catalogues.get(catalogue);
    if (known) return known;
    const made = vary(catalogue);
    catalogues.set(catalogue, made);
    return made;
  };
  return (chain) => {
    const known = sales.get(chain);
    if (known) return known;
    const { sale, legs } = chain;
    const made: ChainSale = {
      sale: { ...sale, list: { ...sale.list, catalogue: varied(sale.list.catalogue) } },
      legs: legs.map(({ leg, terms }) => ({
        leg,
        terms: { ...terms, list: { ...terms.list, catalogue: varied(terms.list.catalogue) } },
      })),
    };
    sales.set(chain, made);
    return made;
  };
}
