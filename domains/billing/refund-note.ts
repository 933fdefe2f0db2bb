import type { Localised } from '#domains/catalog/index.ts';
import type { PartyDetails } from './party.ts';

/**
 * The document of money that went back to a client by the way it had come. It says nothing of what
 * was sold: that is what the credit note corrects. It never changes. Amounts are minor units.
 */
export type RefundNote = {
  id: string;
  branch: number;
  series: string;
  no: number;
  sellerId: string;
  clientId: string;
  brandId: string;
  amountMinor: bigint;
  currency: string;
  issuedAt: Temporal.Instant;
  /** Local dates in the seller's billing zone. */
  issuedOn: Temporal.PlainDate;
  refundId: string;
  paymentId: string;
  paidOn: Temporal.PlainDate;
  /** By which way it went back. */
  method: Localised;
  /** The gateway's own name of the refund. */
  gatewayRef: string | null;
  /** Of what was paid, and of what took it back. */
  invoiceNumber: string | null;
  creditNoteNumber: string | null;
  reason: string;
  seller: PartyDetails;
  buyer: PartyDetails;
  language: 'ru' | 'en';
  contentHash: string;
};

/** `RF-2026-000007`. */
export function refundNoteNumber({ series, no }: Pick<RefundNote, 'series' | 'no'>): string {
  return `${series}-${String(no).padStart(6, '0')}`;
}
