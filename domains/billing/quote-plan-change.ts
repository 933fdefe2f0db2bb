import { atPurchase } from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';
import type { ComponentMove } from './component-moves.ts';
import { contentHash } from './content-hash.ts';
import { creditFor } from './credit.ts';
import { creditedLine } from './credit-note.ts';
import type { Credited } from './credit-note.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { makeQuote } from './make-quote.ts';
import type { PricedLine } from './make-quote.ts';
import { pricedLine } from './priced-line.ts';
import type { LineAsk, PriceList } from './priced-line.ts';
import type { Quote, QuoteTax } from './quote.ts';

/** A paid line of the package, with what has been given back of it already. */
export type PaidLine = {
  invoice: Invoice;
  line: InvoiceLine;
  before: Credited;
  /** The days it paid for; of a first purchase counted from the day the package began. */
  served: Period;
  /** The component it paid for; null for the package itself. */
  entitlementId: string | null;
};

export type PlanChangeAsk = {
  list: PriceList;
  tax: QuoteTax;
  anchorOn: Temporal.PlainDate;
  /**
   * The package's paid periods, oldest first, each with the term it was sold for; of the last part
   * of a term also where that began.
   */
  periods: readonly (Period & { termMonths: number; wholeFrom?: Temporal.PlainDate | null })[];
  toPlanId: string;
  /** The first local day under the new plan. */
  on: Temporal.PlainDate;
  moves: readonly ComponentMove[];
  /** What the new plan includes and the package does not have yet. */
  added: readonly string[];
  /** What this level of the sale was paid for the package. */
  paid: readonly PaidLine[];
};

/** One line that the change takes back; `note` is null when nothing goes back for it. */
export type CreditPart = { paid: PaidLine; note: InvoiceLine | null };

export type PlanChangeQuote = {
  charge: Quote;
  credits: readonly CreditPart[];
  creditMinor: bigint;
  /** What is charged less what goes back; below zero it goes to the buyer's balance. */
  netMinor: bigint;
  hash: string;
};

/**
 * A package goes over to another plan in mid-term. Charged: the new plan for what is left of every
 * paid period at today's price for that period's term, pro rata as an add-on is (rule 4), and what
 * was free and is not any more. Given back: the unused part of the original lines at their original price, less what was
 * given back before (rule 9), and nothing of what is not refundable (rule 8). Refuses `period-over`
 * and `plan-not-sold`, `component-not-in-plan` when there is no price.
 */
export function quotePlanChange(ask: PlanChangeAsk): PlanChangeQuote {
  const { list, periods, moves, added, on, tax } = ask;
  if (!periods.some(({ end }) => isBefore(on, end))) refuse('period-over');
  const charge = makeQuote(
    list.currency,
    [...packageLines(ask), ...moves.flatMap((move) => chargedLines(ask, move))],
    tax,
  );
  const credits = ask.paid
    .filter(({ served }) => isBefore(on, served.end))
    .filter((paid) => isTakenBack(ask, paid))
    .map((paid) => ({ paid, note: creditNoteLine(paid, on) }))
    .filter(({ paid, note }) => note !== null || !paid.line.refundable);
  const creditMinor = credits.reduce((sum, { note }) => sum + (note?.totalMinor ?? 0n), 0n);
  return {
    charge,
    credits,
    creditMinor,
    netMinor: charge.totalMinor - creditMinor,
    hash: contentHash({ charge: charge.hash, credits: credits.map(contentOf), moves, added }),
  };
}

function contentOf({ paid: { invoice, line }, note }: CreditPart) {
  return { invoiceId: invoice.id, no: line.no, totalMinor: note?.totalMinor ?? 0n };
}

/** The old plan always; a component when it becomes part of the new plan or goes. */
function isTakenBack({ moves }: PlanChangeAsk, { line, entitlementId }: PaidLine): boolean {
  if (line.kind === 'package') return true;
  const move = moves.find((one) => one.entitlementId === entitlementId);
  return move?.as === 'included' || move?.as === 'deleted';
}

function creditNoteLine(
  { invoice, line, before, served }: PaidLine,
  on: Temporal.PlainDate,
): InvoiceLine | null {
  const asServed = served.start.equals(line.period.start)
    ? line
    : { ...line, period: served, proration: { ...line.proration, within: served } };
  const amountMinor = creditFor(asServed, on, { daysMinor: before.amountMinor });
  return amountMinor > 0n ? creditedLine(invoice, line, before, amountMinor) : null;
}

function packageLines(ask: PlanChangeAsk): PricedLine[] {
  const item = { kind: 'plan' as const, id: ask.toPlanId };
  return linesIn(ask, item, null, 1, null).map(
    (line) => pricedLine(line) ?? refuse('plan-not-sold', { field: 'planId' }),
  );
}

/** What came with the old plan and is an add-on to the new one. */
function chargedLines(ask: PlanChangeAsk, move: ComponentMove): PricedLine[] {
  if (move.as !== 'bought' || move.before === 'bought') return [];
  const { entitlementId, componentId, quantity, endsOn } = move;
  const item = { kind: 'component' as const, id: componentId };
  return linesIn(ask, item, entitlementId, quantity, endsOn).map(
    (line) =>
      pricedLine(line) ??
      refuse('component-not-in-plan', { params: { componentId, entitlementId } }),
  );
}

/** The item in each paid period from that day on, as far as it is to be had there. */
function linesIn(
  { list, periods, anchorOn, on }: PlanChangeAsk,
  item: LineAsk['item'],
  entitlementId: string | null,
  quantity: number,
  endsOn: Temporal.PlainDate | null,
): LineAsk[] {
  return periods
    .filter(({ start, end }) => isBefore(on, end) && (!endsOn || isBefore(start, endsOn)))
    .map(({ termMonths, wholeFrom, start, end }) => ({
      list,
      item,
      entitlementId,
      quantity,
      termMonths,
      action: 'add',
      standing: atPurchase(on),
      proration: { basis: 'term-days', anchorOn, within: { start: wholeFrom ?? start, end } },
      span: { start: isBefore(start, on) ? on : start, end },
    }));
}
