import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import type { Access } from '#platform/http/operation.ts';
import { idWire, InstantWire, PageQuery, pageWire, textWire } from '#platform/http/wire.ts';
import {
  DELIVERY_STATES,
  OFF_CAUSES,
  POST_ERRORS,
  TEST_EVENT,
  URL_CHARS_MAX,
  WEBHOOK_EVENTS,
} from './webhook-words.ts';

const ById = z.object({ id: idWire('whe') });
const ByDelivery = ById.extend({ deliveryId: idWire('whd') });

const EndpointWire = z.object({
  id: idWire('whe'),
  url: z.string(),
  description: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  isOn: z.boolean(),
  offCause: z.enum(OFF_CAUSES).nullable(),
  failingSince: InstantWire.nullable().describe('since when nothing got through'),
  previousSecretUntil: InstantWire.nullable().describe('until then two secrets sign'),
  createdAt: InstantWire,
});
export type EndpointView = z.infer<typeof EndpointWire>;

const WithSecret = EndpointWire.extend({ secret: z.string().describe('shown this once') });

const EndpointWishWire = z.object({
  url: z.string().trim().min(1).max(URL_CHARS_MAX),
  description: textWire(200, 0).default(''),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
});

const DeliveryWire = z.object({
  id: idWire('whd'),
  messageId: z.string().describe('the webhook-id that its receiver sees'),
  event: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
  state: z.enum(DELIVERY_STATES),
  createdAt: InstantWire,
  attempts: z.int(),
  lastAttemptAt: InstantWire.nullable(),
  nextAttemptAt: InstantWire.nullable(),
  status: z.int().nullable(),
  error: z.enum(POST_ERRORS).nullable(),
  tookMs: z.int().nullable(),
});
export type WebhookDeliveryView = z.infer<typeof DeliveryWire>;

const DeliveryDetailWire = DeliveryWire.extend({
  body: z.string(),
  answer: z.string().nullable().describe('how the answer begins'),
});

const WISH_REFUSALS = ['webhook-url-invalid', 'webhook-event-unknown', 'scope-missing'] as const;

type Place = { root: `/v1/${string}`; read: Access; write: Access; whose: string };

function endpointsAt({ root, read, write, whose }: Place) {
  return {
    list: operation({
      method: 'GET',
      path: root,
      summary: `Addresses that hear of events of ${whose}, and the events there are`,
      access: read,
      input: z.object({}),
      output: z.object({
        items: z.array(EndpointWire),
        events: z.array(z.object({ name: z.enum(WEBHOOK_EVENTS), needs: z.string() })),
      }),
    }),
    create: operation({
      method: 'POST',
      path: root,
      summary: 'Register an address; its secret is shown this once',
      access: write,
      perMinute: 20,
      idempotency: 'told-once',
      input: EndpointWishWire,
      output: WithSecret,
      refusals: [...WISH_REFUSALS, 'too-many-webhooks'],
    }),
    get: operation({
      method: 'GET',
      path: `${root}/{id}`,
      summary: 'One address',
      access: read,
      input: ById,
      output: EndpointWire,
      refusals: ['webhook-not-found'],
    }),
    change: operation({
      method: 'PUT',
      path: `${root}/{id}`,
      summary: 'Change what an address hears, or switch it on or off',
      access: write,
      input: ById.extend({ ...EndpointWishWire.shape, isOn: z.boolean() }),
      output: EndpointWire,
      refusals: [...WISH_REFUSALS, 'webhook-not-found'],
    }),
    rotate: operation({
      method: 'POST',
      path: `${root}/{id}/secret`,
      summary: 'Make a new secret; the one before signs beside it for a day',
      access: write,
      perMinute: 20,
      idempotency: 'told-once',
      input: ById,
      output: WithSecret,
      refusals: ['webhook-not-found'],
    }),
    remove: operation({
      method: 'DELETE',
      path: `${root}/{id}`,
      summary: 'Remove an address with what was sent to it',
      access: write,
      input: ById,
      output: z.object({}),
      refusals: ['webhook-not-found'],
    }),
  };
}

/** To and fro with one address. */
function deliveriesAt({ root, read, write }: Place) {
  return {
    test: operation({
      method: 'POST',
      path: `${root}/{id}/test`,
      summary: 'Send a test event',
      access: write,
      perMinute: 20,
      input: ById,
      output: DeliveryWire,
      refusals: ['webhook-not-found', 'webhook-off'],
    }),
    deliveries: operation({
      method: 'GET',
      path: `${root}/{id}/deliveries`,
      summary: 'What was sent to an address in the last month, newest first',
      access: read,
      input: PageQuery.extend({
        id: idWire('whe'),
        state: z.enum(DELIVERY_STATES).optional(),
        event: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]).optional(),
      }),
      output: pageWire(DeliveryWire),
      refusals: ['webhook-not-found'],
    }),
    delivery: operation({
      method: 'GET',
      path: `${root}/{id}/deliveries/{deliveryId}`,
      summary: 'One delivery: what was sent, and how the answer begins',
      access: read,
      input: ByDelivery,
      output: DeliveryDetailWire,
      refusals: ['webhook-not-found', 'webhook-delivery-not-found'],
    }),
    sendAgain: operation({
      method: 'POST',
      path: `${root}/{id}/deliveries/{deliveryId}/again`,
      summary: 'Send a delivery once more, under the same webhook-id',
      access: write,
      input: ByDelivery,
      output: DeliveryWire,
      refusals: ['webhook-not-found', 'webhook-delivery-not-found', 'webhook-off'],
    }),
  };
}

/** The same for a client and for a seller's staff. */
function operationsAt(place: Place) {
  return { ...deliveriesAt(place), ...endpointsAt(place) };
}

export const webhooksContract = {
  ...operationsAt({
    root: '/v1/webhooks',
    read: { who: 'client', scope: 'webhooks.read' },
    write: { who: 'client', scope: 'webhooks.write' },
    whose: 'mine',
  }),
  admin: operationsAt({
    root: '/v1/admin/webhooks',
    read: { who: 'staff', permission: 'webhooks.read' },
    write: { who: 'staff', permission: 'webhooks.write' },
    whose: 'our shops and those below',
  }),
};
