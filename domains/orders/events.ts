import { z } from 'zod';
import { eventType } from '#platform/events.ts';
import type { Order } from './order.ts';
import { ORDER_KINDS } from './order-words.ts';

/**
 * Facts about orders. Each is announced under the id of the subscription it is about, so that a
 * package's history shows them beside its own.
 */
const orderFact = {
  orderId: z.string(),
  kind: z.enum(ORDER_KINDS),
  origin: z.enum(['client', 'auto', 'staff']),
  subscriptionId: z.string(),
  clientId: z.string(),
  invoiceId: z.string().nullable(),
  totalMinor: z.int(),
  currency: z.string(),
  title: z.object({ ru: z.string(), en: z.string() }),
};

export const orderPlaced = eventType('order.placed', z.object(orderFact));
/** Its invoice was made anew, because what it is for changed. */
export const orderRevised = eventType('order.revised', z.object(orderFact));
/** Paid along the whole chain; delivery has begun. */
export const orderPaid = eventType('order.paid', z.object(orderFact));
/** Paid by the client, and a wallet above is too low. */
export const orderLocked = eventType(
  'order.locked',
  z.object({ ...orderFact, waitsForSellerId: z.string() }),
);
export const orderDone = eventType('order.done', z.object(orderFact));
export const orderCancelled = eventType(
  'order.cancelled',
  z.object({ ...orderFact, cause: z.string() }),
);

const mailFact = { subscriptionId: z.string(), messageId: z.string() };

/** The client was told what the automatic renewal will charge, and when. */
export const renewalNoticed = eventType(
  'renewal.noticed',
  z.object({ ...mailFact, autoRenewOn: z.string(), totalMinor: z.int(), currency: z.string() }),
);
export const renewalReminded = eventType('renewal.reminded', z.object(mailFact));
/** The renewal cannot be priced any more: the reason is a refusal code. */
export const renewalRefused = eventType(
  'renewal.refused',
  z.object({ subscriptionId: z.string(), reason: z.string() }),
);
/** It can be priced again, and goes on. */
export const renewalContinued = eventType(
  'renewal.continued',
  z.object({ subscriptionId: z.string() }),
);
/** The client was told of a change of the catalogue that reaches this package. */
export const changeNoticed = eventType(
  'change.noticed',
  z.object({
    ...mailFact,
    editionId: z.string(),
    boundaryOn: z.string(),
    beforeMinor: z.int(),
    /** Null: it cannot be renewed any more. */
    afterMinor: z.int().nullable(),
    currency: z.string(),
  }),
);

/** The client was told that a change they had been told of will not come. */
export const changeWithdrawn = eventType(
  'change.withdrawn',
  z.object({ ...mailFact, editionId: z.string() }),
);

export function orderFactOf(order: Order) {
  return {
    orderId: order.id,
    kind: order.kind,
    origin: order.origin,
    subscriptionId: order.subscriptionId,
    clientId: order.clientId,
    invoiceId: order.invoiceId,
    totalMinor: Number(order.totalMinor),
    currency: order.currency,
    title: order.title,
  };
}

/** An order's fact, ready to be announced under its subscription. */
export function aboutOrder<M extends object>(order: Order, more: M) {
  return {
    branch: order.branch,
    subject: order.subscriptionId,
    payload: { ...orderFactOf(order), ...more },
  };
}

/** The fact of an order that waits for a level above. */
export function aboutLocked(order: Order) {
  return aboutOrder(order, { waitsForSellerId: order.waitsForSellerId ?? order.sellerId });
}
