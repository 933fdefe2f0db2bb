import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import {
  atPurchase,
  componentsOf,
  findComponent,
  loadCatalogue,
  priceOf,
} from '#domains/catalog/index.ts';
import {
  entitlementsOf,
  heldQuantity,
  isLive,
  ownSubscription,
} from '#domains/subscriptions/index.ts';
import { comingPrice } from './coming-add-on-price.ts';
import type { AddOnOfferView } from './contract.ts';
import { wireMinor } from './view-quote.ts';

/** What may be bought to the client's own package today, and what a month of it costs. */
export async function listAddOns(ctx: Ctx, subscriptionId: string): Promise<AddOnOfferView[]> {
  const subscription = await ownSubscription(ctx, subscriptionId);
  const catalogue = await loadCatalogue(ctx, subscription.sellerId);
  const entitlements = await entitlementsOf(ctx, subscriptionId);
  const { planId, sellerId, currency, termMonths } = subscription;
  const today = localDate(ctx.now, subscription.zone);
  const standing = atPurchase(today);
  return componentsOf(catalogue, { ...standing, planId, mode: 'addon' }).flatMap((componentId) => {
    const component = findComponent(catalogue, componentId);
    const price = priceOf(catalogue, {
      ...standing,
      sellerId,
      audience: 'clients',
      item: { kind: 'component', id: componentId },
      currency,
      termMonths,
      action: 'add',
    });
    if (!component || !price) return [];
    const { monthlyMinor } = price;
    const coming = isLive(subscription)
      ? comingPrice(catalogue, subscription, { componentId, monthlyMinor, today })
      : null;
    const { name, description, kind, refundable, irrevocable, quantityMax } = component;
    return [
      {
        componentId,
        name,
        description,
        kind,
        refundable,
        irrevocable,
        quantityMax,
        held: heldQuantity(entitlements, componentId),
        monthlyMinor: wireMinor(monthlyMinor),
        coming: coming && {
          on: coming.on.toString(),
          monthlyMinor: wireMinor(coming.monthlyMinor),
        },
        currency,
      },
    ];
  });
}
