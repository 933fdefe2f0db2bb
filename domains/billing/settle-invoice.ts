import { post } from '#domains/ledger/index.ts';
import type { PostingEntry } from '#domains/ledger/index.ts';
import { branchOf, isId } from '#kit/id.ts';
import type { Money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { invoiceFactOf, invoicePaid } from './events.ts';
import { dueMinor } from './invoice.ts';
import type { Invoice } from './invoice.ts';
import { heldCode } from './ledger-entries.ts';
import { paymentPosting } from './payment-posting.ts';
import { selectInvoice, updatePaid } from './store.ts';

export type Settlement = {
  /** Above zero, in the invoice's currency. */
  amount: Money;
  /** The ledger account the money comes from, as `cash:sandbox-card`; in the seller's book. */
  from: { code: string };
  /** What moved: a payment's id. The same cause settles once. */
  cause: string;
};

/**
 * Counts money towards an invoice. Less than is due leaves it open; more, or money for an invoice
 * that was paid or voided in the meantime, is kept for the buyer. Announces `invoice.paid` when
 * nothing is left to pay. Refuses `invoice-not-found`, `currency-differs`, `amount-invalid`, and
 * what the ledger says of an account that has a limit.
 */
export async function settleInvoice(
  ctx: Ctx,
  invoiceId: string,
  settlement: Settlement,
): Promise<Invoice> {
  return settleLocked(ctx, await lockInvoice(ctx, invoiceId), settlement);
}

/** The invoice, locked until the transaction ends. */
export async function lockInvoice(ctx: Ctx, invoiceId: string): Promise<Invoice> {
  if (!isId(invoiceId, 'inv')) refuse('invoice-not-found');
  const key = { branch: branchOf(invoiceId), id: invoiceId };
  return (await selectInvoice(ctx, key, 'lock')) ?? refuse('invoice-not-found');
}

/** `beside`: entries of other books that belong to the same movement. */
export async function settleLocked(
  ctx: Ctx,
  invoice: Invoice,
  { amount, from, cause }: Settlement,
  beside: readonly PostingEntry[] = [],
): Promise<Invoice> {
  if (amount.currency !== invoice.currency) refuse('currency-differs', { field: 'amount' });
  if (amount.minor <= 0n) refuse('amount-invalid', { field: 'amount' });
  const due = dueMinor(invoice);
  const appliedMinor = amount.minor < due ? amount.minor : due;
  const restMinor = from.code === heldCode(invoice) ? 0n : amount.minor - appliedMinor;
  const paid = { appliedMinor, restMinor };
  const posted = await post(ctx, paymentPosting(invoice, { from, cause }, paid, beside));
  if (posted === 'already' || appliedMinor === 0n) return invoice;
  const paidMinor = invoice.paidMinor + appliedMinor;
  const state = paidMinor === invoice.totalMinor ? ('paid' as const) : invoice.state;
  await updatePaid(ctx, invoice, { paidMinor, state });
  const settled = { ...invoice, paidMinor, state };
  if (state === 'paid') {
    await ctx.announce(invoicePaid, {
      branch: invoice.branch,
      subject: invoice.id,
      payload: invoiceFactOf(settled),
    });
  }
  return settled;
}
