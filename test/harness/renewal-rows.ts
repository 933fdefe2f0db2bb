import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

const TABLES = [
  'subscription',
  'subscription_period',
  'entitlement',
  'order_request',
  'invoice',
  'invoice_line',
  'number_series',
  'ledger_account',
  'ledger_txn',
  'ledger_entry',
  'event',
  'message',
];

/**
 * Every row of a renewed base as text, with ids that are made anew each time replaced by what they
 * name. `unnumbered` leaves out which number an invoice got: with several workers that is chance.
 */
export async function renewalRows(
  ctx: Ctx,
  numbers: 'numbered' | 'unnumbered' = 'numbered',
): Promise<string[]> {
  const names = await sql<{ id: string; name: string }>`
    select id, 'order for ' || domain_name as name from order_request
    union all select i.id, 'invoice of ' || i.seller_id || ' for ' || i.about from invoice i
    union all select t.id, 'txn for ' || coalesce(i.seller_id || i.about, t.cause) || t.kind
      from ledger_txn t left join invoice i on i.id = t.document_id
    union all select id, 'event' from event
    union all select id, 'message' from message`.execute(ctx.tx);
  const named = new Map(names.rows.map(({ id, name }) => [id, name]));
  const dropped = numbers === 'numbered' ? ['content_hash'] : ['content_hash', 'number'];
  const rows: string[] = [];
  for (const table of TABLES) {
    // An account on which nothing stands may have been opened in vain. The seal covers the id.
    const where = sql.raw(table === 'ledger_account' ? 'where balance_minor <> 0' : '');
    const found = await sql<{ row: string }>`
      select (to_jsonb(t) - ${dropped}::text[])::text as row from ${sql.table(table)} t ${where}
    `.execute(ctx.tx);
    const texts = found.rows.map(({ row }) => {
      const text = row.replaceAll(/\b[a-z]{3}_[0-9a-z]{20}\b/g, (id) => named.get(id) ?? id);
      return numbers === 'numbered' ? text : text.replaceAll(/INV-\d{4}-\d{6}/g, 'INV');
    });
    rows.push(...texts.map((text) => `${table} ${text}`).toSorted((a, b) => (a < b ? -1 : 1)));
  }
  return rows;
}
