import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import { parseInvoiceNumber } from './invoice.ts';
import type { Invoice, InvoiceKind, InvoiceState } from './invoice.ts';
import { invoiceOf } from './invoice-row.ts';
import type { InvoiceRow, InvoiceTables } from './invoice-row.ts';

export type InvoiceFilter = {
  cursor?: string | undefined;
  limit: number;
  state?: InvoiceState | undefined;
  kind?: InvoiceKind | undefined;
  buyerId?: string | undefined;
  search?: string | undefined;
};

/** One row more than the page holds; newest first. `side` bounds whose documents are looked at. */
export async function selectInvoices(
  ctx: Ctx,
  side:
    | { sellerIds: readonly string[] }
    | { branch: number; buyerId: string }
    | { buyerId: string },
  filter: InvoiceFilter,
): Promise<Invoice[]> {
  let query = tablesOf<InvoiceTables>(ctx.tx).selectFrom('invoice').selectAll();
  query =
    'sellerIds' in side
      ? query.where('seller_id', 'in', [...side.sellerIds])
      : query.where('buyer_id', '=', side.buyerId);
  if ('branch' in side) query = query.where('branch_id', '=', side.branch);
  if (filter.buyerId) query = query.where('buyer_id', '=', filter.buyerId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.cursor)
    query = query.where(sql<boolean>`(issued_at, id) < ${cursorOf(filter.cursor)}`);
  const { search } = filter;
  if (search) {
    const number = parseInvoiceNumber(search);
    query = number
      ? query.where('series', '=', number.series).where('number', '=', number.no)
      : query.where(matching(search));
  }
  const rows = await query
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map((row) => invoiceOf(row as InvoiceRow));
}

const OF_PACKAGE_MAX = 200;

/** What a client paid for one package, oldest first: its purchase, add-ons and renewals. */
export async function selectPaidOfPackage(ctx: Ctx, subscriptionId: string): Promise<Invoice[]> {
  const { rows } = await sql<InvoiceRow>`
    select i.* from invoice i
    where i.branch_id = ${branchOf(subscriptionId)} and i.state = 'paid'
      and i.kind = 'invoice' and i.buyer_kind = 'client' and i.id in (
        select l.invoice_id from invoice_line l
        where l.branch_id = ${branchOf(subscriptionId)}
          and l.subscription_id = ${subscriptionId})
    order by i.id limit ${OF_PACKAGE_MAX}`.execute(ctx.tx);
  return rows.map(invoiceOf);
}

/**
 * Every paid invoice of a package, on all levels of its chain, with a line that ends after that
 * day. By id; held until the transaction ends when `lock` says so.
 */
export async function selectPaidAfter(
  ctx: Ctx,
  subscriptionId: string,
  after: Temporal.PlainDate,
  lock: 'lock' | 'read',
): Promise<Invoice[]> {
  const { rows } = await sql<InvoiceRow>`
    select i.* from invoice i
    where i.branch_id = ${branchOf(subscriptionId)} and i.state = 'paid'
      and i.kind = 'invoice' and i.id in (
        select l.invoice_id from invoice_line l
        where l.branch_id = ${branchOf(subscriptionId)}
          and l.subscription_id = ${subscriptionId} and l.period_end > ${after})
    order by i.id ${lock === 'lock' ? sql`for update` : sql``}`.execute(ctx.tx);
  return rows.map(invoiceOf);
}

/** The credit notes that were made for one cause to a package's invoices, by id. */
export async function selectNotesTo(
  ctx: Ctx,
  subscriptionId: string,
  cause: string,
): Promise<Invoice[]> {
  const branch = branchOf(subscriptionId);
  const { rows } = await sql<InvoiceRow>`
    select i.* from invoice i
    where i.branch_id = ${branch} and i.kind = 'credit-note'
      and starts_with(i.cause, ${`${cause}:note:`}) and i.id in (
        select l.invoice_id from invoice_line l
        where l.branch_id = ${branch} and l.subscription_id = ${subscriptionId})
    order by i.id`.execute(ctx.tx);
  return rows.map(invoiceOf);
}

/** Whether anybody is or was charged a price of that edition. */
export async function isChargedBy(ctx: Ctx, editionId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from invoice_line l
      join invoice i on i.branch_id = l.branch_id and i.id = l.invoice_id
      where l.edition_id = ${editionId} and i.kind = 'invoice' and i.state <> 'void'
    ) as found`.execute(ctx.tx);
  return rows[0]?.found ?? false;
}

/** Names the place after a document in a list by time. */
export function invoiceCursor(invoice: Invoice): string {
  return `${invoice.issuedAt} ${invoice.id}`;
}

function cursorOf(cursor: string) {
  const [at = '', id = ''] = cursor.split(' ');
  return sql`(${instantOr(at)}::timestamptz, ${id}::text)`;
}

/** A cursor somebody made up shows the list from its start. */
function instantOr(text: string): string {
  try {
    return Temporal.Instant.from(text).toString();
  } catch {
    return 'infinity';
  }
}

function matching(search: string) {
  const part = `%${likeText(search)}%`;
  return sql<boolean>`(about ilike ${part} or buyer_details -> 'name' ->> 'ru' ilike ${part}
    or buyer_id = ${search} or subject = ${search})`;
}
