import { enter, movementOf, openJournal, saveJournal } from '#domains/ledger/index.ts';
import type { Journal, Movement } from '#domains/ledger/index.ts';
import type { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice } from './invoice.ts';
import { heldCode } from './ledger-entries.ts';
import { enterLegs, prepareLeg } from './leg.ts';
import type { Leg, PreparedLeg } from './leg.ts';
import { fromBalanceCause, paymentPosting } from './payment-posting.ts';
import { prepareInvoice } from './prepare-invoice.ts';
import type { InvoiceOrder, PreparedInvoice } from './prepare-invoice.ts';
import { publishInvoices } from './publish-invoices.ts';
import type { Quote } from './quote.ts';

/** A sale to be paid from what its buyer has, with what each level above the shop is charged. */
export type Sale = {
  /** Its cause must be new: who sells again makes sure of it by holding what is sold. */
  invoice: InvoiceOrder;
  legs: readonly { leg: Leg; quote: Quote }[];
  legCause: string;
};

/** What became of one sale. */
export type SaleOutcome = {
  invoiceId: string;
  /** Null: the buyer has paid. Else `balance-too-low`: the invoice stands and waits. */
  unpaid: Refusal | null;
  /** Paid, and a level above cannot be charged (`wallet-too-low`): no level is. */
  locked: Refusal | null;
};

/** Sales that are decided, and not yet written. */
export type DecidedSales = {
  readonly outcomes: readonly SaleOutcome[];
  readonly journal: Journal;
  readonly invoices: readonly (readonly Publishable[])[];
};

type Publishable = Pick<PreparedInvoice, 'draft' | 'lines'>;

type PreparedSale = {
  invoice: PreparedInvoice;
  /** Null when there is nothing to pay. */
  payment: Movement | null;
  legs: readonly PreparedLeg[];
};

/**
 * Holds all accounts that the sales may touch and decides one sale after the other: the invoice,
 * its payment from the balance, then the legs above, all or none. Each sees the money that those
 * before it left. Nothing is written yet but accounts that did not exist.
 */
export async function decideSales(ctx: Ctx, sales: readonly Sale[]): Promise<DecidedSales> {
  const prepared = sales.map((sale) => prepareSale(ctx, sale));
  const journal = await openJournal(
    ctx,
    prepared.flatMap(({ invoice, payment, legs }) => [
      invoice.issuing,
      ...(payment ? [payment] : []),
      ...legs.flatMap(({ movements }) => movements),
    ]),
  );
  const decided = prepared.map((sale) => decideSale(journal, sale));
  return {
    journal,
    outcomes: decided.map(({ outcome }) => outcome),
    invoices: decided.map(({ invoices }) => invoices),
  };
}

function prepareSale(ctx: Ctx, { invoice: order, legs, legCause }: Sale): PreparedSale {
  const invoice = prepareInvoice(ctx, order);
  const { draft } = invoice;
  const source = { from: { code: heldCode(draft) }, cause: fromBalanceCause(draft) };
  const paid = { appliedMinor: draft.totalMinor, restMinor: 0n };
  return {
    invoice,
    payment: draft.state === 'paid' ? null : movementOf(paymentPosting(draft, source, paid)),
    legs: legs.map(({ leg, quote }) => prepareLeg(ctx, { ...order, cause: legCause }, leg, quote)),
  };
}

function decideSale(
  journal: Journal,
  { invoice, payment, legs }: PreparedSale,
): { outcome: SaleOutcome; invoices: Publishable[] } {
  const { draft, lines, issuing } = invoice;
  const outcome = { invoiceId: draft.id, unpaid: null, locked: null };
  const refused = enter(journal, [issuing]);
  if (refused) throw refused.refusal;
  const short = payment && enter(journal, [payment]);
  if (short) return { outcome: { ...outcome, unpaid: short.refusal }, invoices: [invoice] };
  const paid = { draft: { ...draft, state: 'paid' as const, paidMinor: draft.totalMinor }, lines };
  const locked = enterLegs(journal, legs);
  if (locked) return { outcome: { ...outcome, locked }, invoices: [paid] };
  return { outcome, invoices: [paid, ...legs] };
}

/**
 * Writes what was decided: postings, then documents with their numbers, which come last because
 * their series stay locked. Returns the buyers' invoices, in the order of the sales.
 */
export async function saveSales(ctx: Ctx, decided: DecidedSales): Promise<Invoice[]> {
  await saveJournal(ctx, decided.journal);
  const written = await publishInvoices(ctx, decided.invoices.flat());
  const byId = new Map(written.map((invoice) => [invoice.id, invoice]));
  return decided.outcomes.map(({ invoiceId }) => {
    const invoice = byId.get(invoiceId);
    if (!invoice) throw new Error(`${invoiceId} was not written`);
    return invoice;
  });
}
