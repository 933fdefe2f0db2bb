import { post } from '#domains/ledger/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { creditFor } from './credit.ts';
import { creditedLine, NOTHING_CREDITED, prepareNote, publishNotes } from './credit-note.ts';
import type { Credited } from './credit-note.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { lockInvoice } from './settle-invoice.ts';
import { selectCredited, selectInvoiceByCause, selectLines } from './store.ts';

export type CreditOrder = {
  invoiceId: string;
  /** Numbers of the lines to credit; the first day not used any more decides how much. */
  lineNos: readonly number[];
  removedOn: Temporal.PlainDate;
  /** Before that day all of a package is given back (rule 9); null for no such right. */
  fullUntilOn: Temporal.PlainDate | null;
  /** Paid for and never delivered: all that is left of the lines goes back, refundable or not. */
  undelivered?: boolean;
  /** The local date of the note. */
  on: Temporal.PlainDate;
  reason: string;
  cause: string;
};

/**
 * Rule 9: gives back what is unused of paid lines as a credit note; the money goes to the buyer's
 * balance. Once per cause. Refuses `invoice-not-paid`, `line-not-found` and `nothing-to-credit`.
 */
export async function creditLines(ctx: Ctx, order: CreditOrder): Promise<Invoice> {
  const invoice = await lockInvoice(ctx, order.invoiceId);
  const earlier = await selectInvoiceByCause(ctx, invoice.branch, order.cause);
  if (earlier) return earlier;
  if (invoice.kind !== 'invoice' || invoice.state !== 'paid') refuse('invoice-not-paid');
  const credited = await selectCredited(ctx, invoice);
  const lines = creditNoteLines(invoice, await selectLines(ctx, invoice), credited, order);
  if (lines.length === 0) refuse('nothing-to-credit');
  const prepared = prepareNote(ctx, invoice, lines, order);
  await post(ctx, prepared.movement.posting);
  const [note] = await publishNotes(ctx, [prepared]);
  if (!note) throw new Error(`${order.cause} was not written`);
  return note;
}

function creditNoteLines(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  credited: ReadonlyMap<number, Credited>,
  order: CreditOrder,
): InvoiceLine[] {
  const chosen = [...new Set(order.lineNos)].map(
    (no) => lines.find((line) => line.no === no) ?? refuse('line-not-found', { field: 'lineNos' }),
  );
  return chosen.flatMap((line) => {
    const before = credited.get(line.no) ?? NOTHING_CREDITED;
    const amount = order.undelivered
      ? line.amountMinor - before.amountMinor
      : creditFor(line, order.removedOn, { daysMinor: before.amountMinor }, order.fullUntilOn);
    return amount > 0n ? [creditedLine(invoice, line, before, amount)] : [];
  });
}
