import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { staffEdition } from '#domains/catalog/index.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import { findSubscription } from '#domains/subscriptions/index.ts';
import { chargesOf } from './change-effect.ts';
import type { Charge } from './change-effect.ts';
import { endOf } from './forecast.ts';
import { foreseeing } from './foresee-change.ts';
import { openFutureSales } from './future-sales.ts';
import { changeForecast } from './read-forecast.ts';
import { travellersOf } from './traveller.ts';

/** Every renewal to come of one package, worked out afresh from the moment of the forecast. */
export async function foreseeRenewals(
  ctx: Ctx,
  { id, subscriptionId }: { id: string; subscriptionId: string },
) {
  const edition = await staffEdition(ctx, id);
  const forecast = await changeForecast(ctx, id);
  const subscription = await findSubscription(ctx, subscriptionId);
  const shop = subscription && (await findSeller(ctx, subscription.sellerId));
  const seller = await findSeller(ctx, edition.sellerId);
  if (!shop || !seller || !isWithin(shop, seller.id)) {
    refuse('subscription-not-found', { field: 'subscriptionId' });
  }
  const then: Ctx = { ...ctx, now: forecast.asOf };
  const [traveller] = await travellersOf(then, [subscription]);
  if (!traveller) return { items: [] };
  const { without, withIt } = await foreseeing(edition, {
    now: then.now,
    until: endOf(then.now, forecast.months, seller.zone),
    sales: openFutureSales(then),
  })(traveller);
  const before = chargesOf(without, ({ quote }) => quote);
  const after = chargesOf(withIt, ({ quote }) => quote);
  return { items: pairs(before, after) };
}

function pairs(before: readonly Charge[], after: readonly Charge[]) {
  const byBoundary = Map.groupBy([...before, ...after], ({ boundaryOn }) => boundaryOn.toString());
  return [...byBoundary.keys()].toSorted().map((boundaryOn) => {
    const at = (charges: readonly Charge[]) =>
      charges.find((one) => one.boundaryOn.toString() === boundaryOn);
    return {
      boundaryOn,
      chargedOn: (at(after) ?? at(before))?.on.toString() ?? boundaryOn,
      before: wireOf(at(before)),
      after: wireOf(at(after)),
    };
  });
}

function wireOf(charge: Charge | undefined) {
  return charge ? moneyWire(money(charge.quote.totalMinor, charge.quote.currency)) : null;
}
