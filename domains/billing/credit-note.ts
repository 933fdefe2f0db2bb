import { COST_OF_SALES, movementOf, WALLET_AT_PARENT } from '#domains/ledger/index.ts';
import type { Movement, PostingEntry } from '#domains/ledger/index.ts';
import { taxIncluded, taxOnTop } from '#domains/tax/index.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { draftSeries } from './draft-document.ts';
import type { Draft } from './draft-document.ts';
import { creditNoteIssued, invoiceFactOf } from './events.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { creditEntries } from './ledger-entries.ts';
import { sealInvoices, textsOfLines } from './seal-invoices.ts';
import { insertInvoices, insertLines, takeNumbers } from './store.ts';

/** What was credited of a line before. */
export type Credited = { amountMinor: bigint; taxMinor: bigint };
export const NOTHING_CREDITED: Credited = { amountMinor: 0n, taxMinor: 0n };

/** A credit note with everything but its number, and what issuing it posts. */
export type PreparedNote = { draft: Draft; lines: readonly InvoiceLine[]; movement: Movement };

/**
 * A line of a credit note. Tax is the difference of two taxes of sums, so that crediting all of a
 * line credits its tax.
 */
export function creditedLine(
  { pricesIncludeTax }: Pick<Invoice, 'pricesIncludeTax'>,
  line: InvoiceLine,
  before: Credited,
  amountMinor: bigint,
): InvoiceLine {
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

/** The note of these lines; the money becomes the buyer's own again, in a seller's books too. */
export function prepareNote(
  ctx: Pick<Ctx, 'now' | 'newId'>,
  invoice: Invoice,
  credited: readonly InvoiceLine[],
  terms: { on: Temporal.PlainDate; reason: string; cause: string },
): PreparedNote {
  const lines = credited.map((line, index) => ({ ...line, no: index + 1 }));
  const draft = draftNote(ctx, invoice, lines, terms);
  const movement = movementOf({
    branch: draft.branch,
    kind: 'credit-note',
    cause: `credit-note:${draft.cause}`,
    documentId: draft.id,
    entries: [...creditEntries(draft), ...costEntries(draft)],
  });
  return { draft, lines, movement };
}

function draftNote(
  ctx: Pick<Ctx, 'now' | 'newId'>,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  { on, reason, cause }: { on: Temporal.PlainDate; reason: string; cause: string },
): Draft {
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0n);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  const { no: _, contentHash: __, ...corrected } = invoice;
  return {
    ...corrected,
    id: ctx.newId('crn', invoice.branch),
    kind: 'credit-note',
    series: draftSeries('credit-note', on),
    state: 'issued',
    issuedAt: ctx.now,
    issuedOn: on,
    dueOn: on,
    netMinor,
    taxMinor,
    totalMinor: netMinor + taxMinor,
    paidMinor: 0n,
    discountCode: null,
    cause,
    correctsId: invoice.id,
    reason,
  };
}

/** The same money in the books of a seller that bought: its cost is its asset with the parent again. */
function costEntries({ buyerKind, buyerId, totalMinor, currency }: Draft): PostingEntry[] {
  if (buyerKind !== 'seller') return [];
  return [
    { book: buyerId, code: WALLET_AT_PARENT, amount: money(totalMinor, currency) },
    { book: buyerId, code: COST_OF_SALES, amount: money(-totalMinor, currency) },
  ];
}

/** Numbers the notes and writes them; what they post the caller has written. */
export async function publishNotes(ctx: Ctx, notes: readonly PreparedNote[]): Promise<Invoice[]> {
  const written: Invoice[] = [];
  const inOrder = notes.toSorted((a, b) => (a.draft.sellerId < b.draft.sellerId ? -1 : 1));
  for (const { draft, lines } of inOrder) {
    const { sellerId, issuedOn, reason, correctsId } = draft;
    const series = { sellerId, kind: 'credit-note' as const, year: issuedOn.year };
    const [lineTexts = []] = textsOfLines([{ of: draft, lines }]);
    await insertLines(ctx, lineTexts);
    const no = await takeNumbers(ctx, series, 1);
    const [sealed] = sealInvoices([{ draft, lineTexts }], [no]);
    if (!sealed) throw new Error(`${draft.id} was not sealed`);
    await insertInvoices(ctx, [sealed]);
    const note = sealed.invoice;
    await ctx.announce(creditNoteIssued, {
      branch: note.branch,
      subject: note.id,
      payload: { ...invoiceFactOf(note), correctsId: correctsId ?? '', reason: reason ?? '' },
    });
    written.push(note);
  }
  return written;
}
