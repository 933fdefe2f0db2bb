import {
  creditNoteIssued,
  invoiceIssued,
  invoicePaid,
  invoiceVoided,
} from '#domains/billing/index.ts';
import { deliveryDone, deliveryFailed } from '#domains/hosting/index.ts';
import { licenceEnded, licenceIssued, licenceRefused } from '#domains/licences/index.ts';
import {
  orderCancelled,
  orderDone,
  orderLocked,
  orderPaid,
  orderPlaced,
} from '#domains/orders/index.ts';
import {
  paymentFailed,
  paymentSucceeded,
  refundDone,
  refundFailed,
} from '#domains/payments/index.ts';
import {
  protectionFinding,
  protectionFindingChanged,
  protectionNodeChanged,
} from '#domains/protection/index.ts';
import {
  entitlementAdded,
  entitlementDeleted,
  subscriptionActivated,
  subscriptionDeleted,
  subscriptionExtended,
  subscriptionPlanChanged,
  subscriptionResumed,
  subscriptionSuspended,
} from '#domains/subscriptions/index.ts';
import {
  ticketAnswered,
  ticketClosed,
  ticketOpened,
  ticketReopened,
  ticketReplied,
} from '#domains/support/index.ts';
import { clientEvent, sellerEvent } from './public-event.ts';
import type { PublicEvent } from './public-event.ts';

const ORDER = ['orderId', 'kind', 'subscriptionId', 'invoiceId', 'totalMinor', 'currency'] as const;
const INVOICE = ['invoiceId', 'number', 'totalMinor', 'currency'] as const;
const PAYMENT = ['paymentId', 'invoiceId', 'gatewayId', 'minor', 'currency'] as const;
const REFUND = ['refundId', 'paymentId', 'gatewayId', 'minor', 'currency'] as const;
const SUBSCRIPTION = ['subscriptionId', 'orderId'] as const;
const ENTITLEMENT = ['subscriptionId', 'entitlementId', 'componentId', 'quantity'] as const;
const DELIVERY = ['deliveryId', 'kind', 'subscriptionId', 'orderId', 'componentId'] as const;
const LICENCE = ['licenceId', 'subscriptionId', 'entitlementId', 'componentId'] as const;
const FINDING = [
  'findingId',
  'accountId',
  'domainName',
  'path',
  'class',
  'certain',
  'state',
  'act',
  'happenedAt',
] as const;
const NODE = ['nodeId', 'name'] as const;
const TICKET = [
  'ticketId',
  'number',
  'department',
  'subject',
  'state',
  'priority',
  'openedBy',
] as const;

const orders = { needs: 'orders.read', fields: ORDER };
const payments = { needs: 'payments.read', fields: PAYMENT };
const refunds = { needs: 'payments.read', fields: REFUND };
const subscriptions = { needs: 'subscriptions.read', fields: SUBSCRIPTION };
const entitlements = { needs: 'subscriptions.read', fields: ENTITLEMENT };
const licences = { needs: 'licences.read', fields: LICENCE };
const deliveries = { needs: 'hosting.read', fields: DELIVERY };
const findings = { needs: 'protection.read', fields: FINDING };
const nodes = { needs: 'protection.read', source: protectionNodeChanged, fields: NODE };
// What a client writes to a seller is that seller's alone: see support.
const tickets = { needs: 'support.read', fields: TICKET, isSeenAbove: false };

/** Documents to clients; what sellers owe each other is no client's matter. */
type InvoiceFact = { buyerKind: 'client' | 'seller'; buyerId: string };
const invoices = {
  needs: 'invoices.read',
  fields: INVOICE,
  client: ({ buyerKind, buyerId }: InvoiceFact) => (buyerKind === 'client' ? buyerId : null),
};

/** Everything that can be listened for: the one table. */
export const PUBLIC_EVENTS: readonly PublicEvent[] = [
  clientEvent({ name: 'order.placed', source: orderPlaced, ...orders }),
  clientEvent({ name: 'order.paid', source: orderPaid, ...orders }),
  clientEvent({ name: 'order.locked', source: orderLocked, ...orders }),
  clientEvent({ name: 'order.done', source: orderDone, ...orders }),
  clientEvent({
    ...orders,
    name: 'order.cancelled',
    source: orderCancelled,
    fields: [...ORDER, 'cause'],
  }),
  clientEvent({
    ...invoices,
    name: 'invoice.issued',
    source: invoiceIssued,
    fields: [...INVOICE, 'dueOn'],
  }),
  clientEvent({ name: 'invoice.paid', source: invoicePaid, ...invoices }),
  clientEvent({ name: 'invoice.voided', source: invoiceVoided, ...invoices }),
  clientEvent({
    ...invoices,
    name: 'credit-note.issued',
    source: creditNoteIssued,
    fields: [...INVOICE, 'correctsId'],
  }),
  clientEvent({ name: 'payment.succeeded', source: paymentSucceeded, ...payments }),
  clientEvent({
    ...payments,
    name: 'payment.failed',
    source: paymentFailed,
    fields: [...PAYMENT, 'code'],
  }),
  clientEvent({ name: 'refund.done', source: refundDone, ...refunds }),
  clientEvent({ name: 'refund.failed', source: refundFailed, ...refunds }),
  clientEvent({
    ...subscriptions,
    name: 'subscription.activated',
    source: subscriptionActivated,
    fields: [...SUBSCRIPTION, 'planId', 'periodEnd'],
  }),
  clientEvent({
    ...subscriptions,
    name: 'subscription.extended',
    source: subscriptionExtended,
    fields: [...SUBSCRIPTION, 'periodStart', 'periodEnd', 'termMonths'],
  }),
  clientEvent({
    ...subscriptions,
    name: 'subscription.plan-changed',
    source: subscriptionPlanChanged,
    fields: [...SUBSCRIPTION, 'fromPlanId', 'toPlanId', 'on'],
  }),
  clientEvent({
    ...subscriptions,
    name: 'subscription.suspended',
    source: subscriptionSuspended,
    fields: [...SUBSCRIPTION, 'cause'],
  }),
  clientEvent({ name: 'subscription.resumed', source: subscriptionResumed, ...subscriptions }),
  clientEvent({
    ...subscriptions,
    name: 'subscription.deleted',
    source: subscriptionDeleted,
    fields: [...SUBSCRIPTION, 'cause'],
  }),
  clientEvent({ name: 'entitlement.added', source: entitlementAdded, ...entitlements }),
  clientEvent({ name: 'entitlement.deleted', source: entitlementDeleted, ...entitlements }),
  clientEvent({ name: 'delivery.done', source: deliveryDone, ...deliveries }),
  clientEvent({ name: 'delivery.failed', source: deliveryFailed, ...deliveries }),
  clientEvent({ name: 'licence.issued', source: licenceIssued, ...licences }),
  clientEvent({ name: 'licence.refused', source: licenceRefused, ...licences }),
  clientEvent({ name: 'licence.ended', source: licenceEnded, ...licences }),
  clientEvent({ name: 'finding.made', source: protectionFinding, ...findings }),
  clientEvent({
    ...findings,
    name: 'finding.mended',
    source: protectionFindingChanged,
    when: ({ state }) => state === 'mended',
  }),
  clientEvent({
    ...findings,
    name: 'finding.changed',
    source: protectionFindingChanged,
    when: ({ state }) => state !== 'mended',
  }),
  sellerEvent({ ...nodes, name: 'node.silent', when: ({ state }) => state === 'silent' }),
  sellerEvent({ ...nodes, name: 'node.answering', when: ({ state }) => state === 'answering' }),
  clientEvent({ name: 'ticket.opened', source: ticketOpened, ...tickets }),
  clientEvent({ name: 'ticket.replied', source: ticketReplied, ...tickets }),
  clientEvent({ name: 'ticket.answered', source: ticketAnswered, ...tickets }),
  clientEvent({ name: 'ticket.closed', source: ticketClosed, ...tickets }),
  clientEvent({ name: 'ticket.reopened', source: ticketReopened, ...tickets }),
];

/** What a kind of owner may listen for. */
export function eventsFor(ownerKind: 'client' | 'seller'): readonly PublicEvent[] {
  return PUBLIC_EVENTS.filter(({ isSellers }) => ownerKind === 'seller' || !isSellers);
}

/** The version of what `data` says; it rises when a field changes or goes, never when one comes. */
export const PAYLOAD_VERSION = 1;

/** What is sent, the same for everybody and at every try. */
export function bodyOf(type: string, at: Temporal.Instant, data: Record<string, unknown>): string {
  return JSON.stringify({ type, version: PAYLOAD_VERSION, timestamp: at.toString(), data });
}
