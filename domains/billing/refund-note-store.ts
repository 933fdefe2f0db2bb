import { branchOf, isId } from '#kit/id.ts';
import type { Localised } from '#domains/catalog/index.ts';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { PartyDetails } from './party.ts';
import type { RefundNote } from './refund-note.ts';

type Row = {
  branch_id: number;
  id: string;
  series: string;
  number: number;
  seller_id: string;
  client_id: string;
  brand_id: string;
  amount_minor: bigint;
  currency: string;
  issued_at: Temporal.Instant;
  issued_on: Temporal.PlainDate;
  refund_id: string;
  payment_id: string;
  paid_on: Temporal.PlainDate;
  method: Localised;
  gateway_ref: string | null;
  invoice_number: string | null;
  credit_note_number: string | null;
  reason: string;
  seller_details: PartyDetails;
  buyer_details: PartyDetails;
  language: 'ru' | 'en';
  content_hash: string;
};

type Tables = { refund_note: Row };

function toNote(row: Row): RefundNote {
  return {
    id: row.id,
    branch: row.branch_id,
    series: row.series,
    no: row.number,
    sellerId: row.seller_id,
    clientId: row.client_id,
    brandId: row.brand_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    issuedAt: row.issued_at,
    issuedOn: row.issued_on,
    refundId: row.refund_id,
    paymentId: row.payment_id,
    paidOn: row.paid_on,
    method: row.method,
    gatewayRef: row.gateway_ref,
    invoiceNumber: row.invoice_number,
    creditNoteNumber: row.credit_note_number,
    reason: row.reason,
    seller: row.seller_details,
    buyer: row.buyer_details,
    language: row.language,
    contentHash: row.content_hash,
  };
}

export async function insertRefundNote(ctx: Ctx, note: RefundNote): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('refund_note')
    .values({
      branch_id: note.branch,
      id: note.id,
      series: note.series,
      number: note.no,
      seller_id: note.sellerId,
      client_id: note.clientId,
      brand_id: note.brandId,
      amount_minor: note.amountMinor,
      currency: note.currency,
      issued_at: note.issuedAt,
      issued_on: note.issuedOn,
      refund_id: note.refundId,
      payment_id: note.paymentId,
      paid_on: note.paidOn,
      method: jsonb(note.method),
      gateway_ref: note.gatewayRef,
      invoice_number: note.invoiceNumber,
      credit_note_number: note.creditNoteNumber,
      reason: note.reason,
      seller_details: jsonb(note.seller),
      buyer_details: jsonb(note.buyer),
      language: note.language,
      content_hash: note.contentHash,
    })
    .execute();
}

export async function selectRefundNote(ctx: Ctx, id: string): Promise<RefundNote | null> {
  if (!isId(id, 'rfn')) return null;
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund_note')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toNote(row) : null;
}

/** The documents of these refunds, by the refund's id. */
export async function refundNotesOf(
  ctx: Ctx,
  refundIds: readonly string[],
): Promise<Map<string, RefundNote>> {
  if (refundIds.length === 0) return new Map();
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('refund_note')
    .selectAll()
    .where('branch_id', 'in', [...new Set(refundIds.map(branchOf))])
    .where('refund_id', 'in', [...refundIds])
    .execute();
  return new Map(rows.map((row) => [row.refund_id, toNote(row)]));
}
