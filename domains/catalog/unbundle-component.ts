import type { Catalogue } from './catalogue.ts';
import type { EditionDraft } from './edition-draft.ts';
import type { PriceRow } from './edition.ts';
import { inclusionOf } from './inclusion-of.ts';
import { atPurchase } from './standing.ts';

export type Unbundling = {
  readonly componentId: string;
  readonly effectiveOn: Temporal.PlainDate;
  readonly prices: readonly Pick<PriceRow, 'audience' | 'currency' | 'monthlyMinor'>[];
};

/**
 * The content of a change that turns an included component into a paid add-on: in every plan that
 * would still include it on that day, at one price a month whatever the term.
 */
export function unbundleComponent(
  catalogue: Catalogue,
  { componentId, effectiveOn, prices }: Unbundling,
): Pick<EditionDraft, 'prices' | 'inclusions'> {
  const standing = atPurchase(effectiveOn);
  const plans = catalogue.plans.filter(
    ({ id }) =>
      inclusionOf(catalogue, { ...standing, planId: id, componentId }).mode === 'included',
  );
  return {
    inclusions: plans.map(({ id }) => ({ planId: id, componentId, mode: 'addon' })),
    prices: prices.map((price) => ({
      ...price,
      item: { kind: 'component', id: componentId },
      action: 'add',
      termMonths: 1,
    })),
  };
}
