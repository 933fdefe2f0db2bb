import { z } from 'zod';
import { eventType } from '#platform/events.ts';
import { DELIVERY_KINDS } from './delivery-words.ts';
import type { Delivery } from './delivery.ts';

const Payload = z.object({
  deliveryId: z.string(),
  kind: z.enum(DELIVERY_KINDS),
  subscriptionId: z.string(),
  clientId: z.string(),
  orderId: z.string().nullable(),
  entitlementId: z.string().nullable(),
  componentId: z.string().nullable(),
});

/** All steps are done; the subject of both is the subscription. */
export const deliveryDone = eventType('delivery.done', Payload);
/** The server said no: staff decide. */
export const deliveryFailed = eventType(
  'delivery.failed',
  Payload.extend({ code: z.string(), reason: z.string() }),
);

export function factOf(delivery: Delivery) {
  return {
    branch: delivery.branch,
    subject: delivery.subscriptionId,
    payload: {
      deliveryId: delivery.id,
      kind: delivery.kind,
      subscriptionId: delivery.subscriptionId,
      clientId: delivery.clientId,
      orderId: delivery.orderId,
      entitlementId: delivery.entitlementId,
      componentId: delivery.componentId,
    },
  };
}
