import { post } from '#domains/ledger/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { invoiceFactOf, invoiceWrittenOff } from './events.ts';
import { dueMinor } from './invoice.ts';
import type { Invoice } from './invoice.ts';
import { writeOffEntries } from './ledger-entries.ts';
import { lockInvoice } from './settle-invoice.ts';
import { insertWriteOff, updatePaid } from './store.ts';

/**
 * Gives up what is still due of an invoice as a bad debt: the service was rendered and its tax is
 * owed all the same, so all of the debt is a loss. Money that comes later goes to the buyer's
 * balance. Doing it twice is doing it once. Refuses `invoice-already-paid`, `invoice-void`, and
 * `invoice-of-order`: an order is delivered when it is paid, so nothing of it was rendered and its
 * invoice is voided.
 */
export async function writeOffInvoice(
  ctx: Ctx,
  { invoiceId, reason }: { invoiceId: string; reason: string },
): Promise<Invoice> {
  const invoice = await lockInvoice(ctx, invoiceId);
  if (invoice.kind !== 'invoice') refuse('invoice-not-payable');
  if (invoice.state === 'written-off') return invoice;
  if (invoice.state === 'paid') refuse('invoice-already-paid');
  if (invoice.state === 'void') refuse('invoice-void');
  if (invoice.subject !== null) refuse('invoice-of-order');
  const lostMinor = dueMinor(invoice);
  await post(ctx, {
    branch: invoice.branch,
    kind: 'write-off',
    cause: `write-off:${invoice.id}`,
    documentId: invoice.id,
    entries: writeOffEntries(invoice, lostMinor),
  });
  await insertWriteOff(ctx, invoice, { minor: lostMinor, reason });
  await updatePaid(ctx, invoice, { paidMinor: invoice.paidMinor, state: 'written-off' });
  const written = { ...invoice, state: 'written-off' as const };
  await ctx.announce(invoiceWrittenOff, {
    branch: invoice.branch,
    subject: invoice.id,
    payload: { ...invoiceFactOf(written), lostMinor: Number(lostMinor), reason },
  });
  return written;
}
