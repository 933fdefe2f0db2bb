import { sellersWithin } from '#domains/sellers/index.ts';
import { pageOf } from '#kit/page.ts';
import type { Page } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice } from './invoice.ts';
import { invoiceCursor, selectInvoices } from './list-store.ts';
import type { InvoiceFilter } from './list-store.ts';

const SELLERS_MAX = 10_000;

/** A client's own documents. */
export async function invoicesOf(
  ctx: Ctx,
  client: { id: string; branch: number },
  filter: InvoiceFilter,
): Promise<Page<Invoice>> {
  const side = { branch: client.branch, buyerId: client.id };
  return pageOf(await selectInvoices(ctx, side, filter), filter.limit, invoiceCursor);
}

/** What the staff's seller and those below it sold, or what that seller itself bought. */
export async function listInvoices(
  ctx: Ctx,
  query: InvoiceFilter & { side: 'sold' | 'bought' },
): Promise<Page<Invoice>> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') refuse('not-allowed');
  const side =
    query.side === 'bought'
      ? { buyerId: actor.sellerId }
      : {
          sellerIds: (await sellersWithin(ctx, actor.sellerId, SELLERS_MAX)).map(({ id }) => id),
        };
  return pageOf(await selectInvoices(ctx, side, query), query.limit, invoiceCursor);
}
