import { isCurrency } from '#kit/currency.ts';
import { refuse } from '#kit/refusal.ts';
import type { Catalogue } from './catalogue.ts';
import { findComponent, findPlan, findProduct } from './catalogue.ts';
import type { Edition, PriceRow } from './edition.ts';

/** What staff write; the rest of an edition is given by publishing it. */
export type EditionDraft = Pick<
  Edition,
  | 'title'
  | 'effectiveOn'
  | 'existingOn'
  | 'noticeDays'
  | 'prices'
  | 'inclusions'
  | 'retirements'
  | 'carryOver'
>;

/**
 * Refuses a draft that could not be meant: dates in the wrong order, things that are not in the
 * catalogue, one price told twice, or a word on what another seller's plan contains.
 */
export function checkDraft(draft: EditionDraft, catalogue: Catalogue, sellerId: string): void {
  if (draft.existingOn && Temporal.PlainDate.compare(draft.existingOn, draft.effectiveOn) < 0) {
    refuse('edition-existing-before-new', { field: 'existingOn' });
  }
  for (const row of draft.prices) checkPrice(row, catalogue);
  refuseDouble(draft.prices.map(keyOf), 'price-stands-twice', 'prices');
  for (const { planId, componentId } of draft.inclusions) {
    const product = findProduct(catalogue, findPlan(catalogue, planId)?.productId ?? '');
    if (!product) refuse('plan-not-found', { field: 'inclusions', params: { planId } });
    if (!findComponent(catalogue, componentId)) {
      refuse('component-not-found', { field: 'inclusions', params: { componentId } });
    }
    if (product.sellerId !== sellerId) {
      refuse('plan-of-another-seller', { field: 'inclusions', params: { planId } });
    }
  }
  const pairs = draft.inclusions.map((row) => `${row.planId} ${row.componentId}`);
  refuseDouble(pairs, 'inclusion-stands-twice', 'inclusions');
  checkRetirements(draft, catalogue, sellerId);
}

/** A successor is another size of the same product: the same servers deliver it. */
function checkRetirements(
  { retirements = [] }: EditionDraft,
  catalogue: Catalogue,
  sellerId: string,
): void {
  const field = 'retirements';
  for (const { planId, successorId } of retirements) {
    const plan = findPlan(catalogue, planId);
    if (!plan) refuse('plan-not-found', { field, params: { planId } });
    if (findProduct(catalogue, plan.productId)?.sellerId !== sellerId) {
      refuse('plan-of-another-seller', { field, params: { planId } });
    }
    if (successorId === null) continue;
    const successor = findPlan(catalogue, successorId);
    if (!successor) refuse('plan-not-found', { field, params: { planId: successorId } });
    if (successor.productId !== plan.productId) {
      refuse('successor-of-another-product', { field, params: { planId: successorId } });
    }
  }
  refuseDouble(
    retirements.map(({ planId }) => planId),
    'retirement-stands-twice',
    field,
  );
}

function checkPrice(row: PriceRow, catalogue: Catalogue): void {
  const { kind, id } = row.item;
  const known = kind === 'plan' ? findPlan(catalogue, id) : findComponent(catalogue, id);
  if (!known) refuse(`${kind}-not-found`, { field: 'prices', params: { [`${kind}Id`]: id } });
  if (!isCurrency(row.currency)) {
    refuse('currency-unknown', { field: 'prices', params: { currency: row.currency } });
  }
}

function keyOf(row: PriceRow): string {
  const { audience, item, currency, action, termMonths } = row;
  return [audience, item.kind, item.id, currency, action, termMonths].join(' ');
}

function refuseDouble(keys: readonly string[], code: string, field: string): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) refuse(code, { field, params: { key } });
    seen.add(key);
  }
}
