import { post } from '#domains/ledger/index.ts';
import { taxIncluded, taxOnTop } from '#domains/tax/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { creditFor } from './credit.ts';
import { draftSeries, numbered } from './draft-document.ts';
import type { Draft } from './draft-document.ts';
import { creditNoteIssued, invoiceFactOf } from './events.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { creditEntries } from './ledger-entries.ts';
import { lockInvoice } from './settle-invoice.ts';
import {
  insertInvoices,
  insertLines,
  selectCredited,
  selectInvoiceByCause,
  selectLines,
  takeNumbers,
} from './store.ts';

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

type Credited = { amountMinor: bigint; taxMinor: bigint };
const NOTHING: Credited = { amountMinor: 0n, taxMinor: 0n };

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
  const draft = draftNote(ctx, invoice, lines, order);
  await post(ctx, {
    branch: draft.branch,
    kind: 'credit-note',
    cause: `credit-note:${order.cause}`,
    documentId: draft.id,
    entries: creditEntries(draft),
  });
  const series = {
    sellerId: draft.sellerId,
    kind: 'credit-note' as const,
    year: draft.issuedOn.year,
  };
  const no = await takeNumbers(ctx, series, 1);
  const note = numbered(draft, no, lines);
  await insertLines(ctx, [{ of: note, lines }]);
  await insertInvoices(ctx, [note]);
  await ctx.announce(creditNoteIssued, {
    branch: note.branch,
    subject: note.id,
    payload: { ...invoiceFactOf(note), correctsId: invoice.id, reason: order.reason },
  });
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
  const notes = chosen.flatMap((line) => {
    const before = credited.get(line.no) ?? NOTHING;
    const amount = order.undelivered
      ? line.amountMinor - before.amountMinor
      : creditFor(line, order.removedOn, before.amountMinor, order.fullUntilOn);
    return amount > 0n ? [creditedLine(invoice, line, before, amount)] : [];
  });
  return notes.map((line, index) => ({ ...line, no: index + 1 }));
}

/** Tax is the difference of two taxes of sums, so that crediting all of a line credits its tax. */
function creditedLine(
  invoice: Invoice,
  line: InvoiceLine,
  before: Credited,
  amountMinor: bigint,
): InvoiceLine {
  const { pricesIncludeTax } = invoice;
  const taxOf = pricesIncludeTax ? taxIncluded : taxOnTop;
  const taxMinor = taxOf(before.amountMinor + amountMinor, line.taxRateBp) - before.taxMinor;
  const netMinor = pricesIncludeTax ? amountMinor - taxMinor : amountMinor;
  return {
    ...line,
    listMinor: amountMinor,
    discountMinor: 0n,
    amountMinor,
    netMinor,
    taxMinor,
    totalMinor: netMinor + taxMinor,
    correctsNo: line.no,
  };
}

function draftNote(
  ctx: Ctx,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  order: CreditOrder,
): Draft {
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0n);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const { no: _, contentHash: __, ...corrected } = invoice;
  return {
    ...corrected,
    id: ctx.newId('crn', invoice.branch),
    kind: 'credit-note',
    series: draftSeries('credit-note', order.on),
    state: 'issued',
    issuedAt: ctx.now,
    issuedOn: order.on,
    dueOn: order.on,
    netMinor,
    taxMinor,
    totalMinor: netMinor + taxMinor,
    paidMinor: 0n,
    discountCode: null,
    cause: order.cause,
    correctsId: invoice.id,
    reason: order.reason,
  };
}
