import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { atPurchase, isOnSale, loadCatalogue, priceOf } from '#domains/catalog/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import type { PlanOfferView } from './plan-change-wire.ts';
import { wireMinor } from './view-quote.ts';

/** The plans of the package's product that are sold today for its term, and its own. */
export async function listPlans(ctx: Ctx, subscription: Subscription): Promise<PlanOfferView[]> {
  const { sellerId, productId, planId, currency, termMonths } = subscription;
  const catalogue = await loadCatalogue(ctx, sellerId);
  const on = localDate(ctx.now, subscription.zone);
  const plans = catalogue.plans
    .filter((plan) => plan.productId === productId)
    .toSorted((a, b) => a.sort - b.sort);
  return plans.flatMap((plan) => {
    const price = priceOf(catalogue, {
      ...atPurchase(on),
      sellerId,
      audience: 'clients',
      item: { kind: 'plan', id: plan.id },
      currency,
      termMonths,
      action: 'add',
    });
    const isPresent = plan.id === planId;
    if (!isPresent && (!price || !isOnSale(catalogue, plan.id, on))) return [];
    const { name, limits } = plan;
    const monthlyMinor = wireMinor(price?.monthlyMinor ?? 0n);
    return [{ planId: plan.id, name, limits, monthlyMinor, currency, termMonths, isPresent }];
  });
}
