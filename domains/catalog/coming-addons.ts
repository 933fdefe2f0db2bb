import type { Catalogue } from './catalogue.ts';
import { inclusionOf } from './inclusion-of.ts';
import type { WindowAsk } from './shop-window.ts';
import { atPurchase } from './standing.ts';
import { termPrices } from './term-prices.ts';

/** A component that plans include today and will no longer include for those who buy later. */
export type ComingAddOn = {
  readonly componentId: string;
  readonly on: Temporal.PlainDate;
  /** What a month of it will cost then, bought by the month; null while it has no price. */
  readonly monthlyMinor: bigint | null;
};

/**
 * What visitors should know before they buy: the included components that a published change
 * will turn into add-ons, each with the first day on which that is so.
 */
export function comingAddOns(catalogue: Catalogue, ask: WindowAsk): ComingAddOn[] {
  const days = catalogue.editions
    .filter(({ effectiveOn }) => Temporal.PlainDate.compare(effectiveOn, ask.on) > 0)
    .map(({ effectiveOn }) => effectiveOn)
    .toSorted(Temporal.PlainDate.compare);
  return catalogue.components.flatMap(({ id: componentId }) => {
    const on = days.find((day) =>
      catalogue.plans.some(({ id: planId }) => {
        const modeOn = (date: Temporal.PlainDate) =>
          inclusionOf(catalogue, { ...atPurchase(date), planId, componentId }).mode;
        return modeOn(ask.on) === 'included' && modeOn(day) === 'addon';
      }),
    );
    if (!on) return [];
    const list = { ...ask, on, audience: 'clients' as const };
    const [price] = termPrices(catalogue, list, { kind: 'component', id: componentId });
    return [{ componentId, on, monthlyMinor: price?.monthlyMinor ?? null }];
  });
}
