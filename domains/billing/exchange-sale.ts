import { enter, movementOf, openJournal, saveJournal } from '#domains/ledger/index.ts';
import type { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { prepareNote, publishNotes } from './credit-note.ts';
import type { PreparedNote } from './credit-note.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { heldCode } from './ledger-entries.ts';
import { enterLegs, prepareLeg } from './leg.ts';
import type { Leg } from './leg.ts';
import { fromBalanceCause, paymentPosting } from './payment-posting.ts';
import { prepareInvoice } from './prepare-invoice.ts';
import type { InvoiceOrder, PreparedInvoice } from './prepare-invoice.ts';
import { publishInvoices } from './publish-invoices.ts';
import type { PlanChangeQuote } from './quote-plan-change.ts';

/** Something sold in the place of what was paid for: credited and charged on every level. */
export type Exchange = {
  /** The client's invoice, by `quote`; its cause is the cause of all. */
  invoice: Omit<InvoiceOrder, 'quote'>;
  quote: PlanChangeQuote;
  legs: readonly { leg: Leg; quote: PlanChangeQuote }[];
  /** The local date of the documents, and what the notes say of why. */
  on: Temporal.PlainDate;
  reason: string;
};

export type Exchanged =
  | { kind: 'done'; invoice: Invoice; notes: Invoice[] }
  /** `balance-too-low`: the client's. `wallet-too-low`: that of a seller above. */
  | { kind: 'short'; refusal: Refusal };

/**
 * Takes back and charges in one movement of money, on every level of the chain or on none (rule
 * 10): the notes first, then the invoice, paid from what the buyer then has. With too little money
 * anywhere nothing is written. The caller holds the invoices that are credited.
 */
export async function exchangeSale(ctx: Ctx, exchange: Exchange): Promise<Exchanged> {
  const notes = notesOf(ctx, exchange, exchange.quote);
  const invoice = prepareInvoice(ctx, { ...exchange.invoice, quote: exchange.quote.charge });
  const payment = paymentOf(invoice);
  const legNotes = exchange.legs.flatMap(({ quote }) => notesOf(ctx, exchange, quote));
  const legs = exchange.legs.map(({ leg, quote }) =>
    prepareLeg(ctx, exchange.invoice, leg, quote.charge),
  );
  const back = [...notes, ...legNotes].map(({ movement }) => movement);
  const sale = payment ? [invoice.issuing, payment] : [invoice.issuing];
  const all = [...back, ...sale, ...legs.flatMap(({ movements }) => movements)];
  const journal = await openJournal(ctx, all);
  const short = enter(journal, [...back, ...sale])?.refusal ?? enterLegs(journal, legs);
  if (short) return { kind: 'short', refusal: short };
  await saveJournal(ctx, journal);
  const { draft, lines } = invoice;
  const paid = { ...draft, state: 'paid' as const, paidMinor: draft.totalMinor };
  const [issued] = await publishInvoices(ctx, [{ draft: paid, lines }, ...legs]);
  if (!issued) throw new Error(`${exchange.invoice.cause} was not written`);
  const written = await publishNotes(ctx, [...notes, ...legNotes]);
  return { kind: 'done', invoice: issued, notes: written.filter(isOf(issued)) };
}

function paymentOf({ draft }: PreparedInvoice) {
  if (draft.state === 'paid') return null;
  const source = { from: { code: heldCode(draft) }, cause: fromBalanceCause(draft) };
  const paid = { appliedMinor: draft.totalMinor, restMinor: 0n };
  return movementOf(paymentPosting(draft, source, paid));
}

/** One note for each invoice that something is given back of. */
function notesOf(ctx: Ctx, exchange: Exchange, { credits }: PlanChangeQuote): PreparedNote[] {
  const { on, reason } = exchange;
  const byInvoice = Map.groupBy(credits, ({ paid }) => paid.invoice.id);
  return [...byInvoice.values()].flatMap((parts) => {
    const [first] = parts;
    const lines = parts.flatMap(({ note }): InvoiceLine[] => (note ? [note] : []));
    if (!first || lines.length === 0) return [];
    const { invoice } = first.paid;
    const cause = `${exchange.invoice.cause}:note:${invoice.id}`;
    return [prepareNote(ctx, invoice, lines, { on, reason, cause })];
  });
}

function isOf({ buyerId, sellerId }: Invoice): (note: Invoice) => boolean {
  return (note) => note.buyerId === buyerId && note.sellerId === sellerId;
}
