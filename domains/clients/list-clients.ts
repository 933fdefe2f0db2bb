import type { Page } from '#kit/page.ts';
import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Client } from './client.ts';
import { selectClients } from './store.ts';
import type { ClientFilter } from './store.ts';

const SELLERS_MAX = 10_000;

export type ClientQuery = Omit<ClientFilter, 'sellerIds'> & { sellerId?: string | undefined };

/** Clients that the staff may see: their seller's and those below it, or one seller's of these. */
export async function listClients(ctx: Ctx, query: ClientQuery): Promise<Page<Client>> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const { sellerId, ...filter } = query;
  const tree = await sellersWithin(ctx, ctx.actor.sellerId, SELLERS_MAX);
  const wanted = tree.filter(({ id }) => sellerId === undefined || id === sellerId);
  if (wanted.length === 0) refuse('seller-not-found', { field: 'sellerId' });
  const sellerIds = wanted.map(({ id }) => id);
  return pageOf(await selectClients(ctx, { ...filter, sellerIds }), filter.limit, ({ id }) => id);
}
