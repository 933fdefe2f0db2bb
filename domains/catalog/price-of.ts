import type { Catalogue } from './catalogue.ts';
import { chooseEdition } from './choose-edition.ts';
import type { Audience, Edition, Item, PriceAction, PriceRow } from './edition.ts';
import { newestFirst } from './edition.ts';
import type { Standing } from './standing.ts';

export type PriceAsk = Standing & {
  /** Whose price list: the shop's seller for a client, the parent for a seller. */
  readonly sellerId: string;
  readonly audience: Audience;
  readonly item: Item;
  readonly currency: string;
  readonly termMonths: number;
  readonly action: PriceAction;
};

export type Price = {
  /** Minor units for one month of this term and one piece. */
  readonly monthlyMinor: bigint;
  /** `monthlyMinor` × months of the term. */
  readonly termMinor: bigint;
  /** The edition it comes from; kept on the invoice line. */
  readonly editionId: string;
};

/**
 * The price of one piece for one term, or null when that seller does not sell it so. The same
 * function with the same arguments prices a preview, a purchase and a renewal.
 */
export function priceOf(catalogue: Catalogue, ask: PriceAsk): Price | null {
  const chosen = chooseEdition(
    newestFirst(catalogue.editions, ask.sellerId),
    ask,
    (edition) => monthlyIn(edition, ask),
    isDearer,
  );
  if (!chosen || chosen.value === null) return null;
  return {
    monthlyMinor: chosen.value,
    termMinor: chosen.value * BigInt(ask.termMonths),
    editionId: chosen.edition.id,
  };
}

/**
 * What the edition asks a month: `undefined` when it does not speak of the item at all, null when
 * it does and leaves this term or action out, which ends its sale.
 */
function monthlyIn(edition: Edition, ask: PriceAsk): bigint | null | undefined {
  const ladder = (pricesById(edition).get(ask.item.id) ?? []).filter(
    (row) =>
      row.item.kind === ask.item.kind &&
      row.audience === ask.audience &&
      row.currency === ask.currency,
  );
  if (ladder.length === 0) return undefined;
  const own = rung(ladder, ask.action, ask.termMonths);
  if (own || ask.action === 'add') return own?.monthlyMinor ?? null;
  return rung(ladder, 'add', ask.termMonths)?.monthlyMinor ?? null;
}

const prices = new WeakMap<Edition, ReadonlyMap<string, readonly PriceRow[]>>();

function pricesById(edition: Edition): ReadonlyMap<string, readonly PriceRow[]> {
  const known = prices.get(edition);
  if (known) return known;
  const byId = Map.groupBy(edition.prices, ({ item }) => item.id);
  prices.set(edition, byId);
  return byId;
}

/** The row of the term itself, else of the longest shorter one (product.md §3). */
function rung(
  ladder: readonly PriceRow[],
  action: PriceAction,
  termMonths: number,
): PriceRow | undefined {
  let best: PriceRow | undefined;
  for (const row of ladder) {
    if (row.action !== action || row.termMonths > termMonths) continue;
    if (!best || row.termMonths > best.termMonths) best = row;
  }
  return best;
}

/** No longer being sold counts as dearer: it too must be told in time. */
function isDearer(before: bigint | null, after: bigint | null): boolean {
  if (before === null) return false;
  return after === null || after > before;
}
