import type { Catalogue } from './catalogue.ts';
import { findPlan, findProduct } from './catalogue.ts';
import { chooseEdition } from './choose-edition.ts';
import type { InclusionMode } from './edition.ts';
import { newestFirst } from './edition.ts';
import type { Standing } from './standing.ts';

export type InclusionAsk = Standing & { readonly planId: string; readonly componentId: string };

export type InclusionAnswer = {
  readonly mode: InclusionMode;
  /** Null when no edition ever spoke of this pair. */
  readonly editionId: string | null;
};

const WORTH: Readonly<Record<InclusionMode, number>> = { none: 0, addon: 1, included: 2 };

/**
 * How a component stands to a plan for one subscription at one boundary (rule 6). What a plan
 * contains is the word of the seller that delivers it; sellers below only set prices.
 */
export function inclusionOf(catalogue: Catalogue, ask: InclusionAsk): InclusionAnswer {
  const productId = findPlan(catalogue, ask.planId)?.productId ?? '';
  const sellerId = findProduct(catalogue, productId)?.sellerId;
  if (!sellerId) return { mode: 'none', editionId: null };
  const chosen = chooseEdition(
    newestFirst(catalogue.editions, sellerId),
    ask,
    (edition) =>
      edition.inclusions.find(
        (row) => row.planId === ask.planId && row.componentId === ask.componentId,
      )?.mode,
    (before, after) => WORTH[after] < WORTH[before],
  );
  return { mode: chosen?.value ?? 'none', editionId: chosen?.edition.id ?? null };
}

/** Every component that stands in the given way to a plan, in the catalogue's order. */
export function componentsOf(
  catalogue: Catalogue,
  ask: Standing & { readonly planId: string; readonly mode: InclusionMode },
): string[] {
  return catalogue.components
    .filter(({ id }) => inclusionOf(catalogue, { ...ask, componentId: id }).mode === ask.mode)
    .map(({ id }) => id);
}
