import { domainTitle } from '#domains/subscriptions/index.ts';
import type { OrderView } from './contract.ts';
import type { Order } from './order.ts';
import { wireMinor } from './view-quote.ts';

/** An order as its client and staff see it. */
export function viewOrder(order: Order): OrderView {
  return {
    id: order.id,
    clientId: order.clientId,
    sellerId: order.sellerId,
    kind: order.kind,
    state: order.state,
    origin: order.origin,
    title: order.title,
    domainName: order.domainName,
    domainTitle: domainTitle(order.domainName),
    subscriptionId: order.subscriptionId,
    invoiceId: order.invoiceId,
    isMerged: order.mergedId !== null,
    periodStart: order.periodStart?.toString() ?? null,
    currency: order.currency,
    totalMinor: wireMinor(order.totalMinor),
    placedAt: order.placedAt.toString(),
    expiresAt: order.expiresAt?.toString() ?? null,
    lockReason: order.lockReason,
    doneAt: order.doneAt?.toString() ?? null,
    cancelledAt: order.cancelledAt?.toString() ?? null,
    cancelledFor: order.cancelledFor,
  };
}
