import { pageOf } from '#kit/page.ts';
import { serve } from '#platform/http/serve.ts';
import type { Handlers } from '#platform/http/serve.ts';
import type { EndpointView, WebhookDeliveryView } from './contract.ts';
import { webhooksContract } from './contract.ts';
import { deliveriesOf } from './delivery-store.ts';
import type { WebhookDelivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointsOf } from './endpoint-store.ts';
import {
  changeEndpoint,
  createEndpoint,
  removeEndpoint,
  rotateSecret,
  sendAgain,
  sendTest,
} from './manage-endpoints.ts';
import { eventsFor } from './public-events.ts';
import { ownDelivery, ownEndpoint, ownerOf } from './whose-endpoint.ts';

/** Whose the endpoints are is the actor's matter: the same functions serve clients and staff. */
const operations: Handlers<(typeof webhooksContract)['admin']> = {
  list: async (ctx) => {
    const owner = ownerOf(ctx);
    return {
      items: (await endpointsOf(ctx, owner)).map(endpointView),
      events: eventsFor(owner.kind).map(({ name, needs }) => ({ name, needs })),
    };
  },
  create: async (ctx, input) => withSecret(await createEndpoint(ctx, input)),
  get: async (ctx, { id }) => endpointView(await ownEndpoint(ctx, id)),
  change: async (ctx, input) => endpointView(await changeEndpoint(ctx, input)),
  remove: async (ctx, { id }) => {
    await removeEndpoint(ctx, id);
    return {};
  },
  rotate: async (ctx, { id }) => withSecret(await rotateSecret(ctx, id)),
  test: async (ctx, { id }) => deliveryView(await sendTest(ctx, id)),
  deliveries: async (ctx, { id, limit, ...filter }) => {
    const rows = await deliveriesOf(ctx, await ownEndpoint(ctx, id), { ...filter, limit });
    const page = pageOf(rows, limit, (delivery) => delivery.id);
    return { items: page.items.map(deliveryView), next: page.next };
  },
  delivery: async (ctx, { id, deliveryId }) => {
    const { delivery } = await ownDelivery(ctx, id, deliveryId);
    return { ...deliveryView(delivery), body: delivery.body, answer: delivery.answer };
  },
  sendAgain: async (ctx, input) => deliveryView(await sendAgain(ctx, input)),
};

export const webhooksRoutes = serve(webhooksContract, { ...operations, admin: operations });

function endpointView(endpoint: Endpoint): EndpointView {
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    events: [...endpoint.events],
    isOn: endpoint.off === null,
    offCause: endpoint.off,
    failingSince: endpoint.failingSince?.toString() ?? null,
    previousSecretUntil: endpoint.previous?.until.toString() ?? null,
    createdAt: endpoint.createdAt.toString(),
  };
}

function withSecret(endpoint: Endpoint) {
  return { ...endpointView(endpoint), secret: endpoint.secret };
}

function deliveryView(delivery: WebhookDelivery): WebhookDeliveryView {
  return {
    id: delivery.id,
    messageId: delivery.messageId,
    event: delivery.event as WebhookDeliveryView['event'],
    state: delivery.state,
    createdAt: delivery.createdAt.toString(),
    attempts: delivery.attempts,
    lastAttemptAt: delivery.lastAttemptAt?.toString() ?? null,
    nextAttemptAt: delivery.nextAttemptAt?.toString() ?? null,
    status: delivery.status,
    error: delivery.error,
    tookMs: delivery.tookMs,
  };
}
