import { findComponent, inclusionOf } from '#domains/catalog/index.ts';
import type { Catalogue, Standing } from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';

/** A component to be bought, and how many pieces. */
export type AddOnChoice = { componentId: string; quantity: number };

/**
 * Refuses what cannot be bought to the plan: an unknown component, one that it already includes or
 * that does not go with it, and numbers of pieces that nobody may hold.
 */
export function refuseWrongChoice(
  catalogue: Catalogue,
  planId: string,
  choice: AddOnChoice,
  standing: Standing,
  field: string,
): void {
  const { componentId, quantity } = choice;
  const component = findComponent(catalogue, componentId);
  if (!component) refuse('component-not-found', { field });
  const { mode } = inclusionOf(catalogue, { ...standing, planId, componentId });
  if (mode === 'included') refuse('component-already-included', { field, params: { componentId } });
  if (mode === 'none') refuse('component-not-sold', { field, params: { componentId } });
  if (!Number.isInteger(quantity) || quantity < 1) refuse('quantity-invalid', { field });
  if (quantity > component.quantityMax) {
    refuse('quantity-too-large', { field, params: { quantityMax: component.quantityMax } });
  }
}
