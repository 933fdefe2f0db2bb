import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { insertRows, rowsOf } from '#platform/database/rows.ts';
import type { Invoice, InvoiceKind, InvoiceLine, InvoiceState } from './invoice.ts';
import {
  INVOICE_COLUMNS,
  invoiceOf,
  LINE_COLUMNS,
  lineOf,
  rowOfInvoice,
  rowOfLine,
} from './invoice-row.ts';
import type { InvoiceRow, InvoiceTables, LineRow } from './invoice-row.ts';

function tables(ctx: Ctx) {
  return tablesOf<InvoiceTables>(ctx.tx);
}

export type Series = { sellerId: string; kind: InvoiceKind; year: number };

/**
 * So many numbers of a series, of which the first is told; the row stays locked until the
 * transaction ends.
 */
export async function takeNumbers(ctx: Ctx, series: Series, count: number): Promise<number> {
  const { rows } = await sql<{ no: number }>`
    insert into number_series (seller_id, kind, year, next_no)
    values (${series.sellerId}, ${series.kind}, ${series.year}, ${count}::int + 1)
    on conflict (seller_id, kind, year) do update set next_no = number_series.next_no + ${count}
    returning next_no - ${count}::int as no`.execute(ctx.tx);
  const row = rows[0];
  if (!row) throw new Error(`no number in the series of ${series.sellerId}`);
  return row.no;
}

export type WithLines = { of: { branch: number; id: string }; lines: readonly InvoiceLine[] };

/** Writes the lines of documents, which the triggers want before the documents themselves. */
export async function insertLines(ctx: Ctx, documents: readonly WithLines[]): Promise<void> {
  const rows = documents.flatMap(({ of, lines }) => lines.map((line) => rowOfLine(of, line)));
  await insertRows(ctx.tx, 'invoice_line', LINE_COLUMNS, rows);
}

/** Writes documents whose lines are there already. */
export async function insertInvoices(ctx: Ctx, invoices: readonly Invoice[]): Promise<void> {
  await insertRows(ctx.tx, 'invoice', INVOICE_COLUMNS, invoices.map(rowOfInvoice));
}

export async function selectInvoice(
  ctx: Ctx,
  key: { branch: number; id: string },
  lock: 'lock' | 'read' = 'read',
): Promise<Invoice | null> {
  let query = tables(ctx)
    .selectFrom('invoice')
    .selectAll()
    .where('branch_id', '=', key.branch)
    .where('id', '=', key.id);
  if (lock === 'lock') query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row ? invoiceOf(row as InvoiceRow) : null;
}

export async function selectInvoiceByCause(
  ctx: Ctx,
  branch: number,
  cause: string,
): Promise<Invoice | null> {
  return (await selectInvoicesByCause(ctx, [{ branch, cause }]))[0] ?? null;
}

/** The documents of these causes, as far as there are any. */
export async function selectInvoicesByCause(
  ctx: Ctx,
  causes: readonly { branch: number; cause: string }[],
): Promise<Invoice[]> {
  const { rows } = await sql<InvoiceRow>`
    select i.* from ${rowsOf({ branch: 'int4', cause: 'text' }, causes)}
    join invoice i on i.branch_id = r.branch and i.cause = r.cause`.execute(ctx.tx);
  return rows.map(invoiceOf);
}

export async function selectLines(
  ctx: Ctx,
  key: { branch: number; id: string },
): Promise<InvoiceLine[]> {
  const rows = await tables(ctx)
    .selectFrom('invoice_line')
    .selectAll()
    .where('branch_id', '=', key.branch)
    .where('invoice_id', '=', key.id)
    .orderBy('no')
    .execute();
  return rows.map((row) => lineOf(row as LineRow));
}

export async function updatePaid(
  ctx: Ctx,
  invoice: Invoice,
  paid: { paidMinor: bigint; state: InvoiceState },
): Promise<void> {
  await tables(ctx)
    .updateTable('invoice')
    .set({ paid_minor: paid.paidMinor, state: paid.state })
    .where('branch_id', '=', invoice.branch)
    .where('id', '=', invoice.id)
    .execute();
}

/** What was given up of an invoice; once. */
export async function insertWriteOff(
  ctx: Ctx,
  invoice: Invoice,
  { minor, reason }: { minor: bigint; reason: string },
): Promise<void> {
  await sql`
    insert into write_off (branch_id, invoice_id, amount_minor, currency, reason, written_at)
    values (${invoice.branch}, ${invoice.id}, ${minor}, ${invoice.currency}, ${reason}, ${ctx.now})
  `.execute(ctx.tx);
}

export async function selectWriteOff(
  ctx: Ctx,
  { branch, id }: Pick<Invoice, 'branch' | 'id'>,
): Promise<{ minor: bigint; reason: string; at: Temporal.Instant } | null> {
  const { rows } = await sql<{ minor: bigint; reason: string; at: Temporal.Instant }>`
    select amount_minor as minor, reason, written_at as at from write_off
    where branch_id = ${branch} and invoice_id = ${id}`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** What was credited before, by line number of the corrected invoice. */
export async function selectCredited(
  ctx: Ctx,
  invoice: Invoice,
): Promise<Map<number, { amountMinor: bigint; taxMinor: bigint }>> {
  const { rows } = await sql<{ no: number; amountMinor: bigint; taxMinor: bigint }>`
    select l.corrects_no as no, sum(l.amount_minor)::bigint as "amountMinor",
      sum(l.tax_minor)::bigint as "taxMinor"
    from invoice i
    join invoice_line l on l.branch_id = i.branch_id and l.invoice_id = i.id
    where i.branch_id = ${invoice.branch} and i.corrects_id = ${invoice.id}
    group by l.corrects_no`.execute(ctx.tx);
  return new Map(rows.map(({ no, ...credited }) => [no, credited]));
}

/** The credit notes that correct an invoice, oldest first. */
export async function selectCorrections(ctx: Ctx, invoice: Invoice): Promise<Invoice[]> {
  const rows = await tables(ctx)
    .selectFrom('invoice')
    .selectAll()
    .where('branch_id', '=', invoice.branch)
    .where('corrects_id', '=', invoice.id)
    .orderBy('id')
    .execute();
  return rows.map((row) => invoiceOf(row as InvoiceRow));
}
