import { z } from 'zod';
import { eventType } from '#platform/events.ts';
import type { Invoice } from './invoice.ts';
import { invoiceNumber } from './invoice.ts';

const invoiceFact = {
  invoiceId: z.string(),
  number: z.string(),
  sellerId: z.string(),
  buyerKind: z.enum(['client', 'seller']),
  buyerId: z.string(),
  brandId: z.string().nullable(),
  /** What the document is for: the order. */
  subject: z.string().nullable(),
  totalMinor: z.int(),
  currency: z.string(),
};

export const invoiceIssued = eventType(
  'invoice.issued',
  z.object({ ...invoiceFact, dueOn: z.string() }),
);
/** Staff made it: no order stands behind it. */
export const invoiceMadeByHand = eventType(
  'invoice.made-by-hand',
  z.object({ ...invoiceFact, dueOn: z.string() }),
);
/** Paid in full. A leg of a chain has `buyerKind: 'seller'`. */
export const invoicePaid = eventType('invoice.paid', z.object(invoiceFact));
export const invoiceVoided = eventType(
  'invoice.voided',
  z.object({ ...invoiceFact, reason: z.string() }),
);
/** A bad debt: nobody waits for that money any more. */
export const invoiceWrittenOff = eventType(
  'invoice.written-off',
  z.object({ ...invoiceFact, lostMinor: z.int(), reason: z.string() }),
);
export const creditNoteIssued = eventType(
  'credit-note.issued',
  z.object({ ...invoiceFact, correctsId: z.string(), reason: z.string() }),
);

/** Money has gone back to a client, and this is its document. */
export const refundNoteIssued = eventType(
  'refund-note.issued',
  z.object({
    refundNoteId: z.string(),
    number: z.string(),
    refundId: z.string(),
    clientId: z.string(),
  }),
);

export function invoiceFactOf(invoice: Invoice) {
  return {
    invoiceId: invoice.id,
    number: invoiceNumber(invoice),
    sellerId: invoice.sellerId,
    buyerKind: invoice.buyerKind,
    buyerId: invoice.buyerId,
    brandId: invoice.brandId,
    subject: invoice.subject,
    totalMinor: Number(invoice.totalMinor),
    currency: invoice.currency,
  };
}
