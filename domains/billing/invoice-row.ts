import type { Localised } from '#domains/catalog/index.ts';
import type { TaxReason } from '#domains/tax/index.ts';
import type { ColumnTypes } from '#platform/database/rows.ts';
import { inOrder } from './in-order.ts';
import type { Invoice, InvoiceKind, InvoiceLine, InvoiceState, LineKind } from './invoice.ts';
import type { PartyDetails } from './party.ts';
import type { ProrationBasis } from './proration.ts';

export type InvoiceRow = {
  branch_id: number;
  id: string;
  kind: InvoiceKind;
  series: string;
  number: number;
  seller_id: string;
  buyer_kind: 'client' | 'seller';
  buyer_id: string;
  brand_id: string | null;
  currency: string;
  state: InvoiceState;
  issued_at: Temporal.Instant;
  issued_on: Temporal.PlainDate;
  due_on: Temporal.PlainDate;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
  paid_minor: bigint;
  prices_include_tax: boolean;
  tax_place: string;
  tax_reason: TaxReason | null;
  discount_code: string | null;
  seller_details: PartyDetails;
  buyer_details: PartyDetails;
  cause: string;
  subject: string | null;
  about: string | null;
  corrects_id: string | null;
  reason: string | null;
  language: 'ru' | 'en';
  content_hash: string;
};

export type LineRow = {
  branch_id: number;
  invoice_id: string;
  no: number;
  kind: LineKind;
  item_id: string;
  subscription_id: string | null;
  entitlement_id: string | null;
  description: Localised;
  quantity: number;
  period_start: Temporal.PlainDate;
  period_end: Temporal.PlainDate;
  edition_id: string | null;
  monthly_minor: bigint;
  term_minor: bigint;
  share_part: bigint;
  share_whole: bigint;
  term_months: number;
  anchor_on: Temporal.PlainDate;
  within_start: Temporal.PlainDate;
  within_end: Temporal.PlainDate;
  proration: ProrationBasis;
  list_minor: bigint;
  discount_minor: bigint;
  amount_minor: bigint;
  tax_rate_bp: number;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
  refundable: boolean;
  corrects_no: number | null;
};

/** `total_minor` is made by the database, so nobody writes it. */
export type InvoiceTables = { invoice: InvoiceRow; invoice_line: Omit<LineRow, 'total_minor'> };

/** What never changes on a document. */
type Fixed = Omit<InvoiceRow, 'state' | 'paid_minor' | 'content_hash'>;

export const FIXED_COLUMNS: ColumnTypes<Fixed> = {
  branch_id: 'int4',
  id: 'text',
  kind: 'text',
  series: 'text',
  number: 'int4',
  seller_id: 'text',
  buyer_kind: 'text',
  buyer_id: 'text',
  brand_id: 'text',
  currency: 'text',
  issued_at: 'timestamptz',
  issued_on: 'date',
  due_on: 'date',
  net_minor: 'int8',
  tax_minor: 'int8',
  total_minor: 'int8',
  prices_include_tax: 'bool',
  tax_place: 'text',
  tax_reason: 'text',
  discount_code: 'text',
  seller_details: 'jsonb',
  buyer_details: 'jsonb',
  cause: 'text',
  subject: 'text',
  about: 'text',
  corrects_id: 'text',
  reason: 'text',
  language: 'text',
};

export const INVOICE_COLUMNS: ColumnTypes<InvoiceRow> = {
  ...FIXED_COLUMNS,
  state: 'text',
  paid_minor: 'int8',
  content_hash: 'text',
};

export const LINE_COLUMNS: ColumnTypes<InvoiceTables['invoice_line']> = {
  branch_id: 'int4',
  invoice_id: 'text',
  no: 'int4',
  kind: 'text',
  item_id: 'text',
  subscription_id: 'text',
  entitlement_id: 'text',
  description: 'jsonb',
  quantity: 'int4',
  period_start: 'date',
  period_end: 'date',
  edition_id: 'text',
  monthly_minor: 'int8',
  term_minor: 'int8',
  share_part: 'int8',
  share_whole: 'int8',
  term_months: 'int4',
  anchor_on: 'date',
  within_start: 'date',
  within_end: 'date',
  proration: 'text',
  list_minor: 'int8',
  discount_minor: 'int8',
  amount_minor: 'int8',
  tax_rate_bp: 'int4',
  net_minor: 'int8',
  tax_minor: 'int8',
  refundable: 'bool',
  corrects_no: 'int4',
};

export function fixedRowOf(invoice: Omit<Invoice, 'contentHash'>): Fixed {
  return {
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
    issued_at: invoice.issuedAt,
    issued_on: invoice.issuedOn,
    due_on: invoice.dueOn,
    net_minor: invoice.netMinor,
    tax_minor: invoice.taxMinor,
    total_minor: invoice.totalMinor,
    prices_include_tax: invoice.pricesIncludeTax,
    tax_place: invoice.taxPlace,
    tax_reason: invoice.taxReason,
    discount_code: invoice.discountCode,
    seller_details: inOrder(invoice.seller),
    buyer_details: inOrder(invoice.buyer),
    cause: invoice.cause,
    subject: invoice.subject,
    about: invoice.about,
    corrects_id: invoice.correctsId,
    reason: invoice.reason,
    language: invoice.language,
  };
}

export function rowOfLine(
  of: Pick<Invoice, 'branch' | 'id'>,
  line: InvoiceLine,
): InvoiceTables['invoice_line'] {
  return {
    branch_id: of.branch,
    invoice_id: of.id,
    no: line.no,
    kind: line.kind,
    item_id: line.itemId,
    subscription_id: line.subscriptionId,
    entitlement_id: line.entitlementId,
    description: inOrder(line.description),
    quantity: line.quantity,
    period_start: line.period.start,
    period_end: line.period.end,
    edition_id: line.editionId,
    monthly_minor: line.monthlyMinor,
    term_minor: line.termMinor,
    share_part: line.share.part,
    share_whole: line.share.whole,
    term_months: line.termMonths,
    anchor_on: line.proration.anchorOn,
    within_start: line.proration.within.start,
    within_end: line.proration.within.end,
    proration: line.proration.basis,
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

export function invoiceOf(row: InvoiceRow): Invoice {
  return {
    id: row.id,
    branch: row.branch_id,
    kind: row.kind,
    series: row.series,
    no: row.number,
    sellerId: row.seller_id,
    buyerKind: row.buyer_kind,
    buyerId: row.buyer_id,
    brandId: row.brand_id,
    currency: row.currency,
    state: row.state,
    issuedAt: row.issued_at,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    paidMinor: row.paid_minor,
    pricesIncludeTax: row.prices_include_tax,
    taxPlace: row.tax_place,
    taxReason: row.tax_reason,
    discountCode: row.discount_code,
    seller: row.seller_details,
    buyer: row.buyer_details,
    cause: row.cause,
    subject: row.subject,
    about: row.about,
    correctsId: row.corrects_id,
    reason: row.reason,
    language: row.language,
    contentHash: row.content_hash,
  };
}

export function lineOf(row: LineRow): InvoiceLine {
  return {
    no: row.no,
    kind: row.kind,
    itemId: row.item_id,
    subscriptionId: row.subscription_id,
    entitlementId: row.entitlement_id,
    description: row.description,
    quantity: row.quantity,
    period: { start: row.period_start, end: row.period_end },
    editionId: row.edition_id,
    monthlyMinor: row.monthly_minor,
    termMonths: row.term_months,
    termMinor: row.term_minor,
    proration: {
      basis: row.proration,
      anchorOn: row.anchor_on,
      within: { start: row.within_start, end: row.within_end },
    },
    share: { part: row.share_part, whole: row.share_whole },
    listMinor: row.list_minor,
    discountMinor: row.discount_minor,
    amountMinor: row.amount_minor,
    taxRateBp: row.tax_rate_bp,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    refundable: row.refundable,
    correctsNo: row.corrects_no,
  };
}
