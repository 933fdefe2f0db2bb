import {
  atPurchase,
  componentsOf,
  findPlan,
  findProduct,
  inclusionOf,
  isOnSale,
} from '#domains/catalog/index.ts';
import type { Catalogue, Noticed } from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore } from '#kit/term.ts';
import type { Renewable } from './quote-renewal.ts';

/**
 * What becomes of a component when its package goes over to another plan. `bought` that was bought
 * before stays as it was paid; `bought` that was free is charged from that day on.
 */
export type ComponentMove = {
  entitlementId: string;
  componentId: string;
  quantity: number;
  before: 'included' | 'grandfathered' | 'bought';
  as: 'included' | 'grandfathered' | 'bought' | 'deleted';
  /** The first day without it, when a period was paid without it. */
  endsOn: Temporal.PlainDate | null;
};

export type MovesAsk = {
  catalogue: Catalogue;
  planId: string;
  /** The day whose terms the package was bought on. */
  subscribedOn: Temporal.PlainDate;
  /** Where the period began that the package is in. */
  boundaryOn: Temporal.PlainDate;
  toPlanId: string;
  on: Temporal.PlainDate;
  entitlements: readonly Renewable[];
  /** Entitlements that their holder gives up, because the new plan does not have them. */
  drop: readonly string[];
  noticed: Noticed;
};

export type Moves = { moves: ComponentMove[]; added: string[] };

/**
 * Add-ons go along if the new plan sells them, and become part of it if it includes them. What it
 * does not have goes only when its holder says so (`drop`). What came free with the old plan and
 * still would by the terms it was bought on stays free until the boundary (rule 6). Refuses
 * `plan-not-found` (of another product, too), `plan-already-held`, `plan-not-sold`,
 * `component-not-in-plan` and `entitlement-not-found` (nothing that could be given up).
 */
export function componentMoves(ask: MovesAsk): Moves {
  refuseOtherPlan(ask);
  const held = ask.entitlements.filter((one) => one.state !== 'deleted');
  const moves = held
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((one) => (one.state === 'deleted' ? [] : [moveOf(ask, one, one.state)]));
  const stray = ask.drop.findIndex(
    (id) => !moves.some((move) => move.entitlementId === id && move.as === 'deleted'),
  );
  if (stray >= 0) refuse('entitlement-not-found', { field: `drop.${stray}` });
  const standing = { ...atPurchase(ask.on), planId: ask.toPlanId, mode: 'included' as const };
  const added = componentsOf(ask.catalogue, standing).filter(
    (id) => !moves.some(({ componentId, as }) => componentId === id && as !== 'deleted'),
  );
  return { moves, added };
}

function refuseOtherPlan({ catalogue, planId, toPlanId, on }: MovesAsk): void {
  const field = 'planId';
  const plan = findPlan(catalogue, toPlanId);
  const product = findProduct(catalogue, plan?.productId ?? '');
  const own = findPlan(catalogue, planId);
  if (!product || product.id !== own?.productId) refuse('plan-not-found', { field });
  if (toPlanId === planId) refuse('plan-already-held', { field });
  const isRetired = product.retiredOn !== null && !isBefore(on, product.retiredOn);
  if (isRetired || !isOnSale(catalogue, toPlanId, on)) refuse('plan-not-sold', { field });
}

function moveOf(ask: MovesAsk, held: Renewable, before: ComponentMove['before']): ComponentMove {
  const { id: entitlementId, componentId, quantity, endsOn } = held;
  const as = standingAs(ask, held, before);
  const isGivenUp = ask.drop.includes(entitlementId) && mayBeGivenUp(as, before);
  if (as === 'none' && !isGivenUp) {
    refuse('component-not-in-plan', { params: { componentId, entitlementId } });
  }
  return {
    entitlementId,
    componentId,
    quantity,
    before,
    as: isGivenUp || as === 'none' ? 'deleted' : as,
    endsOn,
  };
}

function standingAs(
  { catalogue, subscribedOn, boundaryOn, toPlanId, on, noticed }: MovesAsk,
  { componentId }: Renewable,
  before: ComponentMove['before'],
): 'included' | 'grandfathered' | 'bought' | 'none' {
  const asked = { planId: toPlanId, componentId };
  const { mode } = inclusionOf(catalogue, { ...atPurchase(on), ...asked });
  if (mode === 'included') return 'included';
  if (before === 'grandfathered' && mode === 'addon') return 'grandfathered';
  const terms = { subscribedOn, boundaryOn, noticed };
  const was = before !== 'bought' && inclusionOf(catalogue, { ...terms, ...asked });
  if (was && was.mode === 'included') return 'grandfathered';
  return mode === 'addon' ? 'bought' : 'none';
}

/** What the new plan does not have, or would charge for: it is for its holder to say. */
function mayBeGivenUp(
  as: 'included' | 'grandfathered' | 'bought' | 'none',
  before: ComponentMove['before'],
): boolean {
  return as === 'none' || (as === 'bought' && before !== 'bought');
}
