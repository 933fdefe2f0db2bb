import { noticedBy, priceOf } from '#domains/catalog/index.ts';
import type { Catalogue } from '#domains/catalog/index.ts';
import { nextPosition } from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { compareDates } from '#kit/term.ts';

export type ComingPrice = { on: Temporal.PlainDate; monthlyMinor: bigint };

/**
 * What a component that is bought today will cost more at a renewal, and from which one on: by what
 * is published, its buyer being told today. Null: nothing dearer is known.
 */
export function comingPrice(
  catalogue: Catalogue,
  subscription: LiveSubscription,
  offer: { componentId: string; monthlyMinor: bigint; today: Temporal.PlainDate },
): ComingPrice | null {
  const { sellerId, currency, termMonths } = subscription;
  const { componentId, monthlyMinor, today } = offer;
  const noticed = noticedBy(
    catalogue.editions.map(({ id: editionId }) => ({ editionId, noticedOn: today })),
  );
  const last = catalogue.editions
    .flatMap(({ existingOn, noticeDays }) =>
      existingOn ? [existingOn, today.add({ days: noticeDays })] : [],
    )
    .toSorted(compareDates)
    .at(-1);
  let at = subscription;
  for (;;) {
    const boundaryOn = at.period.end;
    const price = priceOf(catalogue, {
      ...{ sellerId, currency, termMonths, audience: 'clients', action: 'renew' },
      item: { kind: 'component', id: componentId },
      ...{ subscribedOn: today, boundaryOn, noticed },
    });
    if (price && price.monthlyMinor > monthlyMinor) {
      return { on: boundaryOn, monthlyMinor: price.monthlyMinor };
    }
    if (!last || compareDates(boundaryOn, last) >= 0) return null;
    at = { ...at, ...nextPosition(at, termMonths) };
  }
}
