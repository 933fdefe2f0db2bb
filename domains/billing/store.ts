import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { Invoice, InvoiceKind, InvoiceLine, InvoiceState } from './invoice.ts';
import { basisJson, invoiceOf, lineOf } from './invoice-row.ts';
import type { InvoiceRow, InvoiceTables, LineRow } from './invoice-row.ts';

function tables(ctx: Ctx) {
  return tablesOf<InvoiceTables>(ctx.tx);
}

/** The next number of a series; the row stays locked until the transaction ends. */
export async function takeNumber(
  ctx: Ctx,
  series: { sellerId: string; kind: InvoiceKind; year: number },
): Promise<number> {
  const { rows } = await sql<{ no: number }>`
    insert into number_series (seller_id, kind, year, next_no)
    values (${series.sellerId}, ${series.kind}, ${series.year}, 2)
    on conflict (seller_id, kind, year) do update set next_no = number_series.next_no + 1
    returning next_no - 1 as no`.execute(ctx.tx);
  const row = rows[0];
  if (!row) throw new Error(`no number in the series of ${series.sellerId}`);
  return row.no;
}

/** Writes a document: its lines first, as the triggers want it. */
export async function insertInvoice(
  ctx: Ctx,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
): Promise<void> {
  await tables(ctx)
    .insertInto('invoice_line')
    .values(lines.map((line) => lineRow(invoice, line)))
    .execute();
  await tables(ctx)
    .insertInto('invoice')
    .values({
      branch_id: invoice.branch,
      id: invoice.id,
      kind: invoice.kind,
      series: invoice.series,
      number: invoice.no,
      seller_id: invoice.sellerId,
      buyer_kind: invoice.buyerKind,
      buyer_id: invoice.buyerId,
      brand_id: invoice.brandId,
      currency: invoice.currency,
      state: invoice.state,
      issued_at: invoice.issuedAt,
      issued_on: invoice.issuedOn,
      due_on: invoice.dueOn,
      net_minor: invoice.netMinor,
      tax_minor: invoice.taxMinor,
      total_minor: invoice.totalMinor,
      paid_minor: invoice.paidMinor,
      prices_include_tax: invoice.pricesIncludeTax,
      tax_place: invoice.taxPlace,
      tax_reason: invoice.taxReason,
      discount_code: invoice.discountCode,
      seller_details: jsonb(invoice.seller),
      buyer_details: jsonb(invoice.buyer),
      cause: invoice.cause,
      subject: invoice.subject,
      about: invoice.about,
      corrects_id: invoice.correctsId,
      reason: invoice.reason,
      language: invoice.language,
      content_hash: invoice.contentHash,
    })
    .execute();
}

function lineRow(invoice: Invoice, line: InvoiceLine) {
  return {
    branch_id: invoice.branch,
    invoice_id: invoice.id,
    no: line.no,
    kind: line.kind,
    item_id: line.itemId,
    subscription_id: line.subscriptionId,
    entitlement_id: line.entitlementId,
    description: jsonb(line.description),
    quantity: line.quantity,
    period_start: line.period.start,
    period_end: line.period.end,
    edition_id: line.editionId,
    basis: jsonb(basisJson(line)),
    list_minor: line.listMinor,
    discount_minor: line.discountMinor,
    amount_minor: line.amountMinor,
    tax_rate_bp: line.taxRateBp,
    net_minor: line.netMinor,
    tax_minor: line.taxMinor,
    refundable: line.refundable,
    corrects_no: line.correctsNo,
  };
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
  const row = await tables(ctx)
    .selectFrom('invoice')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('cause', '=', cause)
    .executeTakeFirst();
  return row ? invoiceOf(row as InvoiceRow) : null;
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
