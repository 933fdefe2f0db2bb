import { post } from '#domains/ledger/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { invoiceFactOf, invoiceVoided } from './events.ts';
import type { Invoice } from './invoice.ts';
import { voidEntries } from './ledger-entries.ts';
import { lockInvoice } from './settle-invoice.ts';
import { updatePaid } from './store.ts';

/**
 * Takes an unpaid invoice back; the number stays used and the document readable. Voiding twice is
 * voiding once, and a debt that was given up stays given up. Refuses `invoice-already-paid` and `invoice-partly-paid`: those are corrected by a
 * credit note.
 */
export async function voidInvoice(
  ctx: Ctx,
  { invoiceId, reason }: { invoiceId: string; reason: string },
): Promise<Invoice> {
  const invoice = await lockInvoice(ctx, invoiceId);
  if (invoice.kind !== 'invoice') refuse('invoice-not-payable');
  if (invoice.state === 'void' || invoice.state === 'written-off') return invoice;
  if (invoice.state === 'paid') refuse('invoice-already-paid');
  if (invoice.paidMinor > 0n) refuse('invoice-partly-paid');
  await post(ctx, {
    branch: invoice.branch,
    kind: 'void',
    cause: `void:${invoice.id}`,
    documentId: invoice.id,
    entries: voidEntries(invoice),
  });
  await updatePaid(ctx, invoice, { paidMinor: 0n, state: 'void' });
  const voided = { ...invoice, state: 'void' as const };
  await ctx.announce(invoiceVoided, {
    branch: invoice.branch,
    subject: invoice.id,
    payload: { ...invoiceFactOf(voided), reason },
  });
  return voided;
}
