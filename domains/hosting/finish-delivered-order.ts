import type { Ctx } from '#platform/context.ts';
import { findComponent, loadCatalogue } from '#domains/catalog/index.ts';
import { findOrder, finishOrder } from '#domains/orders/index.ts';
import { entitlementsOf, isHeld } from '#domains/subscriptions/index.ts';
import type { Delivery } from './delivery.ts';
import { deliveriesOf } from './delivery-store.ts';

/**
 * Marks the order done when everything it brought is delivered. What it brought is read from the
 * subscription and not from the deliveries: a fact that is still on its way must not be missed.
 */
export async function finishDeliveredOrder(
  ctx: Ctx,
  { orderId, subscriptionId }: Pick<Delivery, 'orderId' | 'subscriptionId'>,
): Promise<void> {
  const order = orderId ? await findOrder(ctx, orderId) : null;
  if (order?.state !== 'delivering') return;
  const done = (await deliveriesOf(ctx, subscriptionId)).filter(({ state }) => state === 'done');
  if (order.kind === 'package' && !done.some(({ kind }) => kind === 'package')) return;
  const isSet = done.some((one) => one.kind === 'plan' && one.orderId === order.id);
  if (order.kind === 'plan' && !isSet) return;
  const catalogue = await loadCatalogue(ctx, order.sellerId);
  const brought = (await entitlementsOf(ctx, subscriptionId)).filter(
    (one) =>
      one.orderId === order.id && isHeld(one) && findComponent(catalogue, one.componentId) !== null,
  );
  const isDelivered = brought.every(({ id }) => done.some((one) => one.entitlementId === id));
  if (isDelivered) await finishOrder(ctx, order.id);
}
