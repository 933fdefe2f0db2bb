import { money } from '#kit/money.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { bookOf } from './book.ts';
import { closeMonth } from './close-month.ts';
import { selectClosed } from './close-store.ts';
import { selectClosing } from './closing-store.ts';
import type { reportsContract } from './contract.ts';
import { monthCsv, monthPdf } from './month-files.ts';
import { nextToClose, setClosing } from './month-closing.ts';
import { monthSummary } from './month-summary.ts';

export const monthHandlers: Handlers<(typeof reportsContract)['months']> = {
  list: async (ctx, { sellerId }) => closedMonths(ctx, sellerId),
  close: async (ctx, query) => {
    await closeMonth(ctx, query);
    return closedMonths(ctx, query.sellerId);
  },
  setClosing: async (ctx, input) => {
    await setClosing(ctx, input);
    return closedMonths(ctx, input.sellerId);
  },
  csv: monthCsv,
  pdf: {
    outside: async (outside, query) => {
      const summary = await outside.transact((ctx) => monthSummary(ctx, query));
      return monthPdf(summary, query.language);
    },
  },
};

async function closedMonths(ctx: Ctx, sellerId: string | undefined) {
  const seller = await bookOf(ctx, sellerId);
  const closed = await selectClosed(ctx, seller.id);
  const next = await nextToClose(ctx, seller.id);
  const closing = await selectClosing(ctx, seller.id);
  const isOver =
    next !== null &&
    Temporal.PlainDate.compare(next.add({ months: 1 }), localDate(ctx.now, seller.zone)) <= 0;
  return {
    items: closed.map(({ month, closedAt, totals, byItself }) => ({
      month: month.toString().slice(0, 7),
      closedAt: closedAt.toString(),
      byItself,
      totals: Object.entries(totals).map(([currency, { revenue, taxDifference }]) => ({
        revenue: moneyWire(money(BigInt(revenue), currency)),
        taxDifference: moneyWire(money(BigInt(taxDifference), currency)),
      })),
    })),
    next: isOver ? next.toString().slice(0, 7) : null,
    closing: closing && {
      afterDays: closing.afterDays,
      nextOn: localDate(closing.dueAt, seller.zone).toString(),
    },
  };
}
