import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { dueMinor } from './invoice.ts';
import type { Invoice } from './invoice.ts';
import { heldCode } from './ledger-entries.ts';
import { fromBalanceCause } from './payment-posting.ts';
import { lockInvoice, settleLocked } from './settle-invoice.ts';

/**
 * Pays all that is due from the money the seller holds for the buyer. Refuses
 * `invoice-already-paid`, `invoice-void`, and `balance-too-low` (`wallet-too-low` for a reseller)
 * with what is missing; the caller sees to it that the invoice is the payer's own.
 */
export async function payFromBalance(ctx: Ctx, invoiceId: string): Promise<Invoice> {
  const invoice = await lockInvoice(ctx, invoiceId);
  refuseSettled(invoice);
  return settleLocked(ctx, invoice, {
    amount: money(dueMinor(invoice), invoice.currency),
    from: { code: heldCode(invoice) },
    cause: fromBalanceCause(invoice),
  });
}

/** Refuses a document on which nothing can be paid. */
export function refuseSettled(invoice: Invoice): void {
  if (invoice.kind !== 'invoice') refuse('invoice-not-payable');
  if (invoice.state === 'paid') refuse('invoice-already-paid');
  if (invoice.state === 'void') refuse('invoice-void');
  if (invoice.state === 'written-off') refuse('invoice-written-off');
}
