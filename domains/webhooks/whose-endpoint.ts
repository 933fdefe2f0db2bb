import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { selectDelivery } from './delivery-store.ts';
import type { WebhookDelivery } from './delivery.ts';
import type { Endpoint, Owner } from './endpoint.ts';
import { lockEndpoint, selectEndpoint } from './endpoint-store.ts';

/** Whom the actor acts for. */
export function ownerOf({ actor }: Pick<Ctx, 'actor'>): Owner {
  if (actor.kind === 'client') return { kind: 'client', id: actor.clientId };
  if (actor.kind === 'staff') return { kind: 'seller', id: actor.sellerId };
  return refuse('not-allowed');
}

/** An endpoint of whom the actor acts for; anybody else's does not exist, not even below. */
export async function ownEndpoint(ctx: Ctx, id: string): Promise<Endpoint> {
  return orNotFound(ctx, await selectEndpoint(ctx, id));
}

/** The same, held against changes. */
export async function lockOwnEndpoint(ctx: Ctx, id: string): Promise<Endpoint> {
  return orNotFound(ctx, await lockEndpoint(ctx, id));
}

function orNotFound(ctx: Ctx, endpoint: Endpoint | null): Endpoint {
  const { kind, id } = ownerOf(ctx);
  const isOwn = endpoint?.owner.kind === kind && endpoint.owner.id === id;
  return isOwn ? endpoint : refuse('webhook-not-found', { field: 'id' });
}

export async function ownDelivery(
  ctx: Ctx,
  id: string,
  deliveryId: string,
): Promise<{ endpoint: Endpoint; delivery: WebhookDelivery }> {
  const endpoint = await lockOwnEndpoint(ctx, id);
  const delivery = await selectDelivery(ctx, deliveryId);
  if (delivery?.endpointId !== endpoint.id) {
    refuse('webhook-delivery-not-found', { field: 'deliveryId' });
  }
  return { endpoint, delivery };
}
