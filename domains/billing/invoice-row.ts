import type { Localised } from '#domains/catalog/index.ts';
import type { TaxReason } from '#domains/tax/index.ts';
import type { Invoice, InvoiceKind, InvoiceLine, InvoiceState } from './invoice.ts';
import type { PartyDetails } from './party.ts';
import type { ProrationBasis } from './proration.ts';

/** The part of a line that is kept as JSON: exact integers and dates as text. */
type BasisJson = {
  monthlyMinor: string;
  termMonths: number;
  termMinor: string;
  basis: ProrationBasis;
  anchorOn: string;
  within: [string, string];
  share: [string, string];
};

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
  kind: 'package' | 'addon';
  item_id: string;
  subscription_id: string | null;
  entitlement_id: string | null;
  description: Localised;
  quantity: number;
  period_start: Temporal.PlainDate;
  period_end: Temporal.PlainDate;
  edition_id: string | null;
  basis: BasisJson;
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

export function basisJson(line: InvoiceLine): BasisJson {
  const { proration, share } = line;
  return {
    monthlyMinor: line.monthlyMinor.toString(),
    termMonths: line.termMonths,
    termMinor: line.termMinor.toString(),
    basis: proration.basis,
    anchorOn: proration.anchorOn.toString(),
    within: [proration.within.start.toString(), proration.within.end.toString()],
    share: [share.part.toString(), share.whole.toString()],
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
  const { basis } = row;
  const [withinStart, withinEnd] = basis.within;
  const [part, whole] = basis.share;
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
    monthlyMinor: BigInt(basis.monthlyMinor),
    termMonths: basis.termMonths,
    termMinor: BigInt(basis.termMinor),
    proration: {
      basis: basis.basis,
      anchorOn: Temporal.PlainDate.from(basis.anchorOn),
      within: {
        start: Temporal.PlainDate.from(withinStart),
        end: Temporal.PlainDate.from(withinEnd),
      },
    },
    share: { part: BigInt(part), whole: BigInt(whole) },
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
