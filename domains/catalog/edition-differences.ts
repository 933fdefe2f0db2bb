import { TERMS } from '#kit/term.ts';
import type { TermMonths } from '#kit/term.ts';
import type { Catalogue } from './catalogue.ts';
import type { Audience, Edition, InclusionMode, Item, PriceAction } from './edition.ts';
import { inclusionOf } from './inclusion-of.ts';
import { priceOf } from './price-of.ts';
import { atPurchase } from './standing.ts';

export type PriceDifference = {
  readonly kind: 'price';
  readonly item: Item;
  readonly audience: Audience;
  readonly currency: string;
  readonly action: PriceAction;
  readonly termMonths: TermMonths;
  /** Minor units a month; null when it is not sold so. */
  readonly before: bigint | null;
  readonly after: bigint | null;
};

export type InclusionDifference = {
  readonly kind: 'inclusion';
  readonly planId: string;
  readonly componentId: string;
  readonly before: InclusionMode;
  readonly after: InclusionMode;
};

/**
 * What an edition changes for those who buy on its first day, against the catalogue without it:
 * asked with the very functions that price an order, so the list and the invoices agree.
 */
export function editionDifferences(
  catalogue: Catalogue,
  edition: Edition,
): (PriceDifference | InclusionDifference)[] {
  const others = catalogue.editions.filter(({ id }) => id !== edition.id);
  const without = { ...catalogue, editions: others };
  // A draft has no number yet; published today it would get the highest.
  const as = { ...edition, state: 'published' as const, no: edition.no ?? Number.MAX_SAFE_INTEGER };
  const withIt = { ...catalogue, editions: [...others, as] };
  return [
    ...inclusionDifferences(without, withIt, edition),
    ...priceDifferences(without, withIt, edition),
  ];
}

function priceDifferences(
  without: Catalogue,
  withIt: Catalogue,
  edition: Edition,
): PriceDifference[] {
  const lists = new Map(
    edition.prices.map(({ audience, item, currency }) => [
      [audience, item.kind, item.id, currency].join(' '),
      { audience, item, currency },
    ]),
  );
  const standing = atPurchase(edition.effectiveOn);
  const found: PriceDifference[] = [];
  for (const list of lists.values()) {
    for (const action of ['add', 'renew'] as const) {
      for (const termMonths of TERMS) {
        const ask = { ...standing, ...list, sellerId: edition.sellerId, action, termMonths };
        const before = priceOf(without, ask)?.monthlyMinor ?? null;
        const after = priceOf(withIt, ask)?.monthlyMinor ?? null;
        if (before !== after) {
          found.push({ kind: 'price', ...list, action, termMonths, before, after });
        }
      }
    }
  }
  return found;
}

function inclusionDifferences(
  without: Catalogue,
  withIt: Catalogue,
  edition: Edition,
): InclusionDifference[] {
  const standing = atPurchase(edition.effectiveOn);
  const order = withIt.plans.map(({ id }) => id);
  const rows = edition.inclusions.toSorted(
    (a, b) => order.indexOf(a.planId) - order.indexOf(b.planId),
  );
  return rows.flatMap(({ planId, componentId }) => {
    const before = inclusionOf(without, { ...standing, planId, componentId }).mode;
    const after = inclusionOf(withIt, { ...standing, planId, componentId }).mode;
    return before === after ? [] : [{ kind: 'inclusion', planId, componentId, before, after }];
  });
}
