import { invoiceNumber } from '#domains/billing/index.ts';
import { money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import { localDate, startOfDay } from '#kit/term.ts';
import type { Seller } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { bookOf } from './book.ts';
import {
  debtCursor,
  selectDebts,
  selectDebtTotals,
  selectOpenInvoices,
} from './receivable-store.ts';
import type { AsOf, DebtTotal } from './receivable-store.ts';

export type AgeingQuery = { sellerId?: string | undefined; on?: string | undefined };

/** Who owes how much for how long at the end of a day, with the totals of all pages. */
export async function ageing(
  ctx: Ctx,
  query: AgeingQuery & { cursor?: string | undefined; limit: number },
) {
  const seller = await bookOf(ctx, query.sellerId);
  const asOf = asOfDay(ctx, seller, query.on);
  const page = pageOf(await selectDebts(ctx, seller.id, asOf, query), query.limit, debtCursor);
  return {
    on: asOf.on.toString(),
    totals: (await selectDebtTotals(ctx, seller.id, asOf)).map(agesOf),
    items: page.items.map((debt) => ({
      buyerKind: debt.buyerKind,
      buyerId: debt.buyerId,
      buyerName: debt.name,
      ...agesOf(debt),
    })),
    next: page.next,
  };
}

/** The invoices behind one buyer's debt. */
export async function openInvoices(ctx: Ctx, query: AgeingQuery & { buyerId: string }) {
  const seller = await bookOf(ctx, query.sellerId);
  const asOf = asOfDay(ctx, seller, query.on);
  const found = await selectOpenInvoices(ctx, seller.id, asOf, query.buyerId);
  const items = found.map((invoice) => ({
    id: invoice.id,
    number: invoiceNumber({ series: invoice.series, no: invoice.number }),
    issuedOn: invoice.issuedOn.toString(),
    dueOn: invoice.dueOn.toString(),
    daysOver: invoice.daysOver,
    total: moneyWire(money(invoice.totalMinor, invoice.currency)),
    open: moneyWire(money(invoice.openMinor, invoice.currency)),
  }));
  return { items };
}

function asOfDay(ctx: Ctx, { zone }: Seller, on: string | undefined): AsOf {
  const day = on ? Temporal.PlainDate.from(on) : localDate(ctx.now, zone);
  return { on: day, endAt: startOfDay(day.add({ days: 1 }), zone) };
}

function agesOf(debt: DebtTotal) {
  const amount = (minor: bigint) => moneyWire(money(minor, debt.currency));
  return {
    total: amount(debt.totalMinor),
    notDue: amount(debt.notDue),
    to30: amount(debt.to30),
    to60: amount(debt.to60),
    to90: amount(debt.to90),
    over90: amount(debt.over90),
  };
}
