import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { ClientQuote } from './client-quote.ts';

type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  cart: ClientQuote['cart'];
  title: ClientQuote['title'];
  agreed_minor: bigint;
  currency: string;
  valid_until: Temporal.PlainDate;
  note: string | null;
  state: ClientQuote['state'];
  order_id: string | null;
  created_at: Temporal.Instant;
  closed_at: Temporal.Instant | null;
};

type Tables = { client_quote: Row };

function toQuote(row: Row): ClientQuote {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    cart: row.cart,
    title: row.title,
    agreedMinor: row.agreed_minor,
    currency: row.currency,
    validUntil: row.valid_until,
    note: row.note,
    state: row.state,
    orderId: row.order_id,
    createdAt: row.created_at,
    closedAt: row.closed_at,
  };
}

export async function insertQuote(ctx: Ctx, quote: ClientQuote): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('client_quote')
    .values({
      branch_id: quote.branch,
      id: quote.id,
      brand_id: quote.brandId,
      seller_id: quote.sellerId,
      client_id: quote.clientId,
      cart: jsonb(quote.cart),
      title: jsonb(quote.title),
      agreed_minor: quote.agreedMinor,
      currency: quote.currency,
      valid_until: quote.validUntil,
      note: quote.note,
      state: quote.state,
      order_id: quote.orderId,
      created_at: quote.createdAt,
      closed_at: quote.closedAt,
    })
    .execute();
}

/** Reads a quote and holds it until the transaction ends. */
export async function lockQuote(ctx: Ctx, id: string): Promise<ClientQuote | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('client_quote')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toQuote(row) : null;
}

export async function closeQuote(
  ctx: Ctx,
  { branch, id }: Pick<ClientQuote, 'branch' | 'id'>,
  closed: { state: 'accepted'; orderId: string } | { state: 'withdrawn'; orderId: null },
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('client_quote')
    .set({ state: closed.state, order_id: closed.orderId, closed_at: ctx.now })
    .where('branch_id', '=', branch)
    .where('id', '=', id)
    .execute();
}

const SHOWN_MAX = 50;

/** A client's quotes, newest first. */
export async function selectQuotesOf(
  ctx: Ctx,
  client: { branch: number; id: string },
): Promise<ClientQuote[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('client_quote')
    .selectAll()
    .where('branch_id', '=', client.branch)
    .where('client_id', '=', client.id)
    .orderBy('id', 'desc')
    .limit(SHOWN_MAX)
    .execute();
  return rows.map(toQuote);
}
