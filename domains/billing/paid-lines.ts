import type { Period } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { NOTHING_CREDITED } from './credit-note.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { selectPaidAfter } from './list-store.ts';
import type { PaidLine } from './quote-plan-change.ts';
import { selectCredited, selectLines } from './store.ts';

/** A first period begins when its order is paid, at most so long after the days on its invoice. */
const LATE_DAYS = 366;

export type PaidLinesAsk = {
  subscriptionId: string;
  on: Temporal.PlainDate;
  /** The package's paid periods, with the orders that brought them. */
  periods: readonly (Period & { orderId: string | null })[];
  /** Whose lines stand for a component: a purchase does not know it yet. */
  entitlements: readonly { id: string; componentId: string; orderId: string | null }[];
  /** True: hold the invoices, because they are about to be credited. */
  isForChange: boolean;
};

/** What was paid for a package and reaches beyond that day, on every level of its chain. */
export async function paidLinesOf(ctx: Ctx, ask: PaidLinesAsk): Promise<PaidLine[]> {
  const { subscriptionId, on, periods, isForChange } = ask;
  const after = on.subtract({ days: LATE_DAYS });
  const lock = isForChange ? 'lock' : 'read';
  const found: PaidLine[] = [];
  for (const invoice of await selectPaidAfter(ctx, subscriptionId, after, lock)) {
    const credited = await selectCredited(ctx, invoice);
    for (const line of await selectLines(ctx, invoice)) {
      if (line.subscriptionId !== subscriptionId) continue;
      const began = periodPaidBy(periods, invoice, line);
      found.push({
        invoice,
        line,
        before: credited.get(line.no) ?? NOTHING_CREDITED,
        served: began ? { start: began.start, end: began.end } : line.period,
        entitlementId: line.entitlementId ?? boughtBy(ask, invoice, line.itemId),
      });
    }
  }
  return found;
}

/**
 * The period that the line's order brought: of two, up to a billing day and the term from it, the
 * one that ends with the line.
 */
function periodPaidBy(
  periods: PaidLinesAsk['periods'],
  { subject }: Invoice,
  { period }: InvoiceLine,
): Period | undefined {
  const own = periods.filter(({ orderId }) => orderId !== null && orderId === subject);
  return own.length > 1 ? own.find(({ end }) => end.equals(period.end)) : own[0];
}

function boughtBy({ entitlements }: PaidLinesAsk, { subject }: Invoice, itemId: string) {
  const bought = entitlements.find(
    ({ orderId, componentId }) => orderId === subject && componentId === itemId,
  );
  return bought?.id ?? null;
}
