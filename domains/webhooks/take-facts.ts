import { onMany } from '#platform/events.ts';
import type { Announced, Subscriber } from '#platform/events.ts';
import type { Ctx } from '#platform/context.ts';
import { findClients } from '#domains/clients/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { z } from 'zod';
import { insertDeliveries } from './delivery-store.ts';
import type { NewDelivery } from './delivery-store.ts';
import { hasListeners, listenersAmong } from './endpoint-store.ts';
import type { Listener } from './endpoint-store.ts';
import { sendDueJob } from './jobs.ts';
import type { Concern, EventData, PublicEvent } from './public-event.ts';
import { bodyOf, PUBLIC_EVENTS } from './public-events.ts';

/** One for each kind of fact behind the events that can be listened for. */
export const webhooksSubscribers: readonly Subscriber[] = [
  ...Map.groupBy(PUBLIC_EVENTS, ({ source }) => source),
].map(([source, events]) => {
  const names = events.map(({ name }) => name);
  const fact = { name: source, payload: z.unknown() };
  return {
    ...onMany(fact, `webhooks.${source}`, (ctx, facts) => takeFacts(ctx, events, facts)),
    wants: (ctx: Ctx) => hasListeners(ctx, names),
  };
});

type Told = { event: PublicEvent; messageId: string; body: string; concern: Concern };

/** Writes a delivery for everybody who listens for these facts and may see what they are about. */
async function takeFacts(
  ctx: Ctx,
  events: readonly PublicEvent[],
  facts: readonly Announced<unknown>[],
): Promise<void> {
  const told = facts.flatMap((fact) =>
    events.flatMap((event): Told[] => {
      const read = event.read(fact.payload);
      return read ? [tellingOf(event, fact, read)] : [];
    }),
  );
  const deliveries = await deliveriesFor(ctx, told);
  if (deliveries.length === 0) return;
  await insertDeliveries(ctx, deliveries);
  const endpointIds = new Set(deliveries.map(({ endpointId }) => endpointId));
  await ctx.enqueue(sendDueJob, ...[...endpointIds].map((endpointId) => ({ endpointId })));
}

function tellingOf(
  event: PublicEvent,
  { id, at }: Announced<unknown>,
  { concern, data }: { concern: Concern; data: EventData },
): Told {
  return { event, messageId: id, body: bodyOf(event.name, at, data), concern };
}

async function deliveriesFor(ctx: Ctx, told: readonly Told[]): Promise<NewDelivery[]> {
  const hearers = await hearersOf(ctx, told);
  const ownerIds = new Set([...hearers.values()].flat());
  const names = told.map(({ event }) => event.name);
  const listeners = await listenersAmong(ctx, [...ownerIds], [...new Set(names)]);
  const byOwner = Map.groupBy(listeners, ({ owner }) => owner.id);
  return told.flatMap((one) =>
    (hearers.get(one) ?? []).flatMap((ownerId) =>
      (byOwner.get(ownerId) ?? [])
        .filter(({ events }) => events.includes(one.event.name))
        .map((listener) => deliveryTo(listener, one)),
    ),
  );
}

function deliveryTo({ branch, id }: Listener, { event, messageId, body }: Told): NewDelivery {
  return { branch, endpointId: id, messageId, event: event.name, body };
}

/** Who may hear of each: the client it is about, its seller and, where they see it, those above. */
async function hearersOf(ctx: Ctx, told: readonly Told[]): Promise<Map<Told, string[]>> {
  const clientIds = told.flatMap(({ concern }) => ('clientId' in concern ? concern.clientId : []));
  const clients = await findClients(ctx, [...new Set(clientIds)]);
  const clientById = new Map(clients.map((client) => [client.id, client]));
  const paths = new Map<string, readonly string[]>();
  const pathOf = async (sellerId: string): Promise<readonly string[]> => {
    const known = paths.get(sellerId) ?? (await findSeller(ctx, sellerId))?.path ?? [];
    paths.set(sellerId, known);
    return known;
  };
  const hearers = new Map<Told, string[]>();
  for (const one of told) {
    const { concern, event } = one;
    const client = 'clientId' in concern ? clientById.get(concern.clientId) : undefined;
    const sellerId = 'sellerId' in concern ? concern.sellerId : client?.sellerId;
    if (sellerId === undefined) continue;
    const sellers = event.isSeenAbove ? await pathOf(sellerId) : [sellerId];
    // Who is closed has nobody left to hear it.
    const own = client?.state === 'active' ? [client.id] : [];
    hearers.set(one, [...own, ...sellers]);
  }
  return hearers;
}
