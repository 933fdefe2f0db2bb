import type { Localised } from '#domains/catalog/index.ts';
import type { TaxReason } from '#domains/tax/index.ts';
import type { Period } from '#kit/term.ts';
import type { PartyDetails } from './party.ts';
import type { Proration, Ratio } from './proration.ts';

export const INVOICE_KINDS = ['invoice', 'credit-note'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

export const INVOICE_STATES = ['issued', 'paid', 'void', 'written-off'] as const;
/** A credit note stays `issued`; `written-off` is a debt given up. */
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** An issued document. Only `state` and `paidMinor` ever change. Amounts are minor units. */
export type Invoice = {
  id: string;
  branch: number;
  kind: InvoiceKind;
  series: string;
  no: number;
  sellerId: string;
  buyerKind: 'client' | 'seller';
  buyerId: string;
  brandId: string | null;
  currency: string;
  state: InvoiceState;
  issuedAt: Temporal.Instant;
  /** Local dates in the seller's billing zone. */
  issuedOn: Temporal.PlainDate;
  dueOn: Temporal.PlainDate;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  paidMinor: bigint;
  pricesIncludeTax: boolean;
  taxPlace: string;
  taxReason: TaxReason | null;
  discountCode: string | null;
  seller: PartyDetails;
  buyer: PartyDetails;
  cause: string;
  subject: string | null;
  about: string | null;
  correctsId: string | null;
  reason: string | null;
  language: 'ru' | 'en';
  contentHash: string;
};

export const LINE_KINDS = ['package', 'addon', 'manual', 'late-fee'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export type InvoiceLine = {
  no: number;
  kind: LineKind;
  itemId: string;
  subscriptionId: string | null;
  entitlementId: string | null;
  description: Localised;
  quantity: number;
  period: Period;
  editionId: string | null;
  monthlyMinor: bigint;
  termMonths: number;
  termMinor: bigint;
  proration: Proration;
  share: Ratio;
  listMinor: bigint;
  discountMinor: bigint;
  amountMinor: bigint;
  taxRateBp: number;
  netMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  refundable: boolean;
  correctsNo: number | null;
};

/** `INV-2023-000042`: how people and other documents name it. */
export function invoiceNumber({ series, no }: Pick<Invoice, 'series' | 'no'>): string {
  return `${series}-${String(no).padStart(6, '0')}`;
}

/** Reads a number as people type it, in any case; null when it is none. */
export function parseInvoiceNumber(text: string): { series: string; no: number } | null {
  const match = /^((?:INV|CN)-\d{4})-(\d{1,9})$/i.exec(text.trim());
  return match ? { series: (match[1] ?? '').toUpperCase(), no: Number(match[2]) } : null;
}

export function seriesOf(kind: InvoiceKind, year: number): string {
  return `${kind === 'invoice' ? 'INV' : 'CN'}-${year}`;
}

/** What is still to be paid. */
export function dueMinor(invoice: Pick<Invoice, 'kind' | 'state' | 'totalMinor' | 'paidMinor'>) {
  if (invoice.kind !== 'invoice' || invoice.state !== 'issued') return 0n;
  return invoice.totalMinor - invoice.paidMinor;
}
