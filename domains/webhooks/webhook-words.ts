/** What can be listened for, in the order in which screens show it; see public-events.ts. */
export const WEBHOOK_EVENTS = [
  'order.placed',
  'order.paid',
  'order.locked',
  'order.done',
  'order.cancelled',
  'invoice.issued',
  'invoice.paid',
  'invoice.voided',
  'credit-note.issued',
  'payment.succeeded',
  'payment.failed',
  'refund.done',
  'refund.failed',
  'subscription.activated',
  'subscription.extended',
  'subscription.plan-changed',
  'subscription.suspended',
  'subscription.resumed',
  'subscription.deleted',
  'entitlement.added',
  'entitlement.deleted',
  'delivery.done',
  'delivery.failed',
  'licence.issued',
  'licence.refused',
  'licence.ended',
  'finding.made',
  'finding.mended',
  'finding.changed',
  'node.silent',
  'node.answering',
  'ticket.opened',
  'ticket.replied',
  'ticket.answered',
  'ticket.closed',
  'ticket.reopened',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Sent when its owner asks for it; nobody listens for it. */
export const TEST_EVENT = 'webhook.test';

export const DELIVERY_STATES = ['queued', 'sent', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Its owner wished so; nothing got through for days; it said that it is gone (410). */
export const OFF_CAUSES = ['owner', 'failing', 'gone'] as const;
export type OffCause = (typeof OFF_CAUSES)[number];

/** Why a request had no answer. */
export const POST_ERRORS = [
  'timed-out',
  'name-unknown',
  'address-private',
  'connection-refused',
  'tls-failed',
  'connection-broken',
  'endpoint-off',
] as const;
export type PostError = (typeof POST_ERRORS)[number];

export const URL_CHARS_MAX = 500;
