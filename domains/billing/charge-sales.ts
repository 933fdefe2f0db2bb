import { enter, openJournal, saveJournal } from '#domains/ledger/index.ts';
import type { Hold, Journal } from '#domains/ledger/index.ts';
import type { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice } from './invoice.ts';
import { enterLegs, prepareLeg } from './leg.ts';
import type { Leg, PreparedLeg } from './leg.ts';
import { paidAtOnce, prepareInvoice } from './prepare-invoice.ts';
import type { InvoiceOrder, PreparedInvoice } from './prepare-invoice.ts';
import { layOutInvoices, numberInvoices } from './publish-invoices.ts';
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
  unpaid: PreparedInvoice;
  paid: PreparedInvoice;
  legs: readonly PreparedLeg[];
};

/**
 * Decides one sale after the other: the invoice, paid from the balance as it is issued, then the
 * legs above, all or none. Each sees the money that those before it left. Nothing is written yet
 * but accounts that did not exist. `hold` says when the accounts are held.
 */
export async function decideSales(
  ctx: Ctx,
  sales: readonly Sale[],
  hold: Hold,
): Promise<DecidedSales> {
  const prepared = sales.map((sale) => prepareSale(ctx, sale));
  const movements = prepared.flatMap(({ unpaid, paid, legs }) => [
    unpaid.issuing,
    paid.issuing,
    ...legs.flatMap((leg) => leg.movements),
  ]);
  const journal = await openJournal(ctx, movements, hold);
  const decided = prepared.map((sale) => decideSale(journal, sale));
  return {
    journal,
    outcomes: decided.map(({ outcome }) => outcome),
    invoices: decided.map(({ invoices }) => invoices),
  };
}

function prepareSale(ctx: Ctx, { invoice: order, legs, legCause }: Sale): PreparedSale {
  const unpaid = prepareInvoice(ctx, order);
  return {
    unpaid,
    paid: paidAtOnce(unpaid),
    legs: legs.map(({ leg, quote }) => prepareLeg(ctx, { ...order, cause: legCause }, leg, quote)),
  };
}

function decideSale(
  journal: Journal,
  { unpaid, paid, legs }: PreparedSale,
): { outcome: SaleOutcome; invoices: Publishable[] } {
  const outcome = { invoiceId: unpaid.draft.id, unpaid: null, locked: null };
  const short = enter(journal, [paid.issuing]);
  if (short) {
    const refused = enter(journal, [unpaid.issuing]);
    if (refused) throw refused.refusal;
    return { outcome: { ...outcome, unpaid: short.refusal }, invoices: [unpaid] };
  }
  const locked = enterLegs(journal, legs);
  if (locked) return { outcome: { ...outcome, locked }, invoices: [paid] };
  return { outcome, invoices: [paid, ...legs] };
}

/**
 * Writes what was decided: postings, then documents with their numbers, which come last because
 * their series stay locked. Returns the buyers' invoices, in the order of the sales.
 */
export async function saveSales(ctx: Ctx, decided: DecidedSales): Promise<Invoice[]> {
  const laidOut = await layOutInvoices(ctx, decided.invoices.flat());
  await saveJournal(ctx, decided.journal);
  const written = await numberInvoices(ctx, laidOut);
  const byId = new Map(written.map((invoice) => [invoice.id, invoice]));
  return decided.outcomes.map(({ invoiceId }) => {
    const invoice = byId.get(invoiceId);
    if (!invoice) throw new Error(`${invoiceId} was not written`);
    return invoice;
  });
}
