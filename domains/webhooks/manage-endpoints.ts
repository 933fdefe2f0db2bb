import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import {
  giveUpQueued,
  insertDeliveries,
  selectDelivery,
  updateDelivery,
} from './delivery-store.ts';
import type { WebhookDelivery } from './delivery.ts';
import { OVERLAP_HOURS } from './endpoint.ts';
import type { Endpoint, Owner } from './endpoint.ts';
import { deleteEndpoint, endpointsOf, insertEndpoint, updateEndpoint } from './endpoint-store.ts';
import { sendDueJob } from './jobs.ts';
import { bodyOf, eventsFor } from './public-events.ts';
import { newSecret } from './sign-delivery.ts';
import { readWebhookUrl, STRICT_DOOR, webhookDoorKind } from './webhook-door.ts';
import { TEST_EVENT } from './webhook-words.ts';
import type { WebhookEvent } from './webhook-words.ts';
import { lockOwnEndpoint, ownDelivery, ownerOf } from './whose-endpoint.ts';

const ENDPOINTS_MAX = 20;

export type EndpointWish = {
  url: string;
  description: string;
  events: readonly WebhookEvent[];
};

/**
 * Registers an address. Its secret is told this once. Refuses `webhook-url-invalid`,
 * `webhook-event-unknown`, `scope-missing`, `too-many-webhooks`.
 */
export async function createEndpoint(ctx: Ctx, wish: EndpointWish): Promise<Endpoint> {
  const { actor } = ctx;
  if (actor.kind !== 'client' && actor.kind !== 'staff') refuse('not-allowed');
  const owner = ownerOf(ctx);
  if ((await endpointsOf(ctx, owner)).length >= ENDPOINTS_MAX) {
    refuse('too-many-webhooks', { params: { max: ENDPOINTS_MAX } });
  }
  const branch = actor.kind === 'client' ? actor.branch : await branchOfSeller(ctx, owner);
  const endpoint: Endpoint = {
    ...checked(ctx, wish),
    id: ctx.newId('whe', branch),
    branch,
    owner,
    brandId: actor.brandId,
    creatorId: actor.userId,
    off: null,
    secret: newSecret(),
    previous: null,
    failingSince: null,
    createdAt: ctx.now,
  };
  await insertEndpoint(ctx, endpoint);
  return endpoint;
}

async function branchOfSeller(ctx: Ctx, { id }: Owner): Promise<number> {
  const seller = await findSeller(ctx, id);
  return seller?.branch ?? refuse('not-allowed');
}

/** What an address may be, and what this actor may hear of. */
function checked(ctx: Ctx, { url, description, events }: EndpointWish): EndpointWish {
  const door = ctx.extension(webhookDoorKind, 'webhooks') ?? STRICT_DOOR;
  const href = readWebhookUrl(url, door);
  if (href === null) refuse('webhook-url-invalid', { field: 'url' });
  const offered = eventsFor(ownerOf(ctx).kind);
  const unique = [...new Set(events)];
  for (const name of unique) {
    const event = offered.find((one) => one.name === name);
    if (!event) refuse('webhook-event-unknown', { field: 'events', params: { event: name } });
    if (!mayHear(ctx, event.needs)) {
      refuse('scope-missing', { field: 'events', params: { scope: event.needs } });
    }
  }
  return { url: href, description, events: unique };
}

/** A key or a person hears by an address nothing that they could not ask for. */
function mayHear({ actor }: Ctx, needed: string): boolean {
  if (actor.kind !== 'client' && actor.kind !== 'staff') return false;
  if (actor.kind === 'staff' && !actor.permissions.includes(needed)) return false;
  return actor.scopes === null || actor.scopes.includes(needed);
}

/** Where it goes and what it hears; turned on again it begins with what happens from then on. */
export async function changeEndpoint(
  ctx: Ctx,
  { id, isOn, ...wish }: EndpointWish & { id: string; isOn: boolean },
): Promise<Endpoint> {
  const endpoint = await lockOwnEndpoint(ctx, id);
  const isTurned = isOn !== (endpoint.off === null);
  const changed: Endpoint = {
    ...endpoint,
    ...checked(ctx, wish),
    ...(isTurned && { off: isOn ? null : 'owner', failingSince: null }),
  };
  await updateEndpoint(ctx, changed);
  if (!isOn) await giveUpQueued(ctx, endpoint);
  return changed;
}

export async function removeEndpoint(ctx: Ctx, id: string): Promise<void> {
  await deleteEndpoint(ctx, await lockOwnEndpoint(ctx, id));
}

/** A fresh secret; the one before signs beside it for a day, so that no delivery is refused. */
export async function rotateSecret(ctx: Ctx, id: string): Promise<Endpoint> {
  const endpoint = await lockOwnEndpoint(ctx, id);
  const rotated: Endpoint = {
    ...endpoint,
    secret: newSecret(),
    previous: { secret: endpoint.secret, until: ctx.now.add({ hours: OVERLAP_HOURS }) },
  };
  await updateEndpoint(ctx, rotated);
  return rotated;
}

/** Sends something of no meaning, to see that it comes. Refuses `webhook-off`. */
export async function sendTest(ctx: Ctx, id: string): Promise<WebhookDelivery> {
  const endpoint = await lockOwnEndpoint(ctx, id);
  if (endpoint.off !== null) refuse('webhook-off');
  const [deliveryId = ''] = await insertDeliveries(ctx, [
    {
      branch: endpoint.branch,
      endpointId: endpoint.id,
      messageId: ctx.newId('evt', endpoint.branch),
      event: TEST_EVENT,
      body: bodyOf(TEST_EVENT, ctx.now, { endpointId: endpoint.id }),
    },
  ]);
  await ctx.enqueue(sendDueJob, { endpointId: endpoint.id });
  const delivery = await selectDelivery(ctx, deliveryId);
  if (!delivery) throw new Error('the test was not written');
  return delivery;
}

/** Sends a delivery once more, under the id it has: its receiver knows whether it had it. */
export async function sendAgain(
  ctx: Ctx,
  { id, deliveryId }: { id: string; deliveryId: string },
): Promise<WebhookDelivery> {
  const { endpoint, delivery } = await ownDelivery(ctx, id, deliveryId);
  if (endpoint.off !== null) refuse('webhook-off');
  const queued: WebhookDelivery = {
    ...delivery,
    state: 'queued',
    attempts: 0,
    firstAttemptAt: null,
    nextAttemptAt: ctx.now,
    status: null,
    answer: null,
    error: null,
  };
  await updateDelivery(ctx, queued);
  await ctx.enqueue(sendDueJob, { endpointId: id });
  return queued;
}
