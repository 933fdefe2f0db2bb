import { isId } from '#kit/id.ts';
import { refuse } from '#kit/refusal.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Client } from './client.ts';
import { lockClient, selectClient } from './store.ts';

/** The client that the actor acts for; refuses `not-signed-in` for anyone else. */
export async function clientOf(ctx: Ctx): Promise<Client> {
  const client = ctx.actor.kind === 'client' ? await selectClient(ctx, ctx.actor.clientId) : null;
  return client ?? refuse('not-signed-in');
}

/**
 * A client of the staff's seller or of one below it, held against changes. Anyone else's is
 * `client-not-found`.
 */
export async function clientOfStaff(ctx: Ctx, id: string): Promise<Client> {
  const client = isId(id, 'cli') ? await lockClient(ctx, id) : null;
  if (!client || !(await isOfStaff(ctx, client))) refuse('client-not-found', { field: 'id' });
  return client;
}

/** Whether the staff who ask work for the client's seller or for one above it. */
export async function isOfStaff(ctx: Ctx, client: Pick<Client, 'sellerId'>): Promise<boolean> {
  if (ctx.actor.kind !== 'staff') return false;
  const seller = await findSeller(ctx, client.sellerId);
  return seller !== null && isWithin(seller, ctx.actor.sellerId);
}
