import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { copyRows, rowsOf } from '#platform/database/rows.ts';
import type { Invoice, InvoiceKind, InvoiceLine, InvoiceState } from './invoice.ts';
import { INVOICE_COLUMNS, invoiceOf, LINE_COLUMNS, lineOf } from './invoice-row.ts';
import type { InvoiceRow, InvoiceTables, LineRow } from './invoice-row.ts';
import type { Sealed } from './seal-invoices.ts';

function tables(ctx: Ctx) {
  return tablesOf<InvoiceTables>(ctx.tx);
}

/** Invoices, credit notes and refunds are numbered apart. */
export type Series = { sellerId: string; kind: InvoiceKind | 'refund'; year: number };

/** So many numbers of a series (`takeBlocks`), of which the first is told. */
export async function takeNumbers(ctx: Ctx, series: Series, count: number): Promise<number> {
  const [first] = await takeBlocks(ctx, [{ ...series, count }]);
  if (first === undefined) throw new Error(`no number in the series of ${series.sellerId}`);
  return first;
}

/**
 * A block of numbers of each series, of which the first is told; the rows stay locked until the
 * transaction ends. They are locked in the order given, which should be the same for everybody.
 */
export async function takeBlocks(
  ctx: Ctx,
  blocks: readonly (Series & { count: number })[],
): Promise<number[]> {
  const asked = blocks.map(({ sellerId, ...block }, index) => ({
    ...block,
    seller: sellerId,
    index,
  }));
  const types = { index: 'int4', seller: 'text', kind: 'text', year: 'int4', count: 'int4' };
  const { rows } = await sql<Series & { next: number }>`
    insert into number_series (seller_id, kind, year, next_no)
    select r.seller, r.kind, r.year, r.count + 1 from ${rowsOf(types, asked)} order by r.index
    on conflict (seller_id, kind, year)
      do update set next_no = number_series.next_no + excluded.next_no - 1
    returning seller_id as "sellerId", kind, year, next_no as next`.execute(ctx.tx);
  const next = new Map(rows.map((row) => [seriesName(row), row.next]));
  return blocks.map((block) => (next.get(seriesName(block)) ?? Number.NaN) - block.count);
}

/** One text for one series. */
export function seriesName({ sellerId, kind, year }: Series): string {
  return `${sellerId} ${kind} ${year}`;
}

/** Writes lines of documents (`textsOfLines`), which the triggers want before the documents. */
export async function insertLines(ctx: Ctx, texts: readonly string[]): Promise<void> {
  if (texts.length > 0) await copyRows(ctx.tx, 'invoice_line', LINE_COLUMNS, texts);
}

/** Writes documents whose lines are there already. */
export async function insertInvoices(ctx: Ctx, sealed: readonly Sealed[]): Promise<void> {
  if (sealed.length === 0) return;
  const texts = sealed.map(({ text }) => text);
  await copyRows(ctx.tx, 'invoice', INVOICE_COLUMNS, texts);
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
