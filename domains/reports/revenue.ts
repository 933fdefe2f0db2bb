import { invoiceNumber } from '#domains/billing/index.ts';
import { money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { bookOf } from './book.ts';
import { monthsOf } from './months.ts';
import type { Months } from './months.ts';
import {
  selectDeferred,
  selectEarned,
  selectEarnedLines,
  selectFlows,
  selectStanding,
} from './revenue-store.ts';
import type { Earned, Flow, Standing } from './revenue-store.ts';

export type RevenueQuery = { sellerId?: string | undefined; from: string; through: string };

/**
 * Revenue recognised by month and product, and deferred revenue rolled forward. Recognition is
 * posted to the ledger by closed months; but for that its account holds all that was ever invoiced,
 * less credits: the report says what of that is earned, and that account and documents agree.
 */
export async function revenue(ctx: Ctx, query: RevenueQuery) {
  const seller = await bookOf(ctx, query.sellerId);
  const months = monthsOf(seller, query);
  const earned = await selectEarned(ctx, seller.id, months);
  const flows = await selectFlows(ctx, seller.id, months);
  const openings = await selectDeferred(ctx, seller.id, months);
  const standings = await selectStanding(ctx, seller.id, months);
  const currencies = standings.map((standing) => {
    const { currency } = standing;
    const own = <T extends { currency: string }>(rows: readonly T[]) =>
      rows.filter((row) => row.currency === currency);
    const opening = own(openings)[0]?.minor ?? 0n;
    const rolls = rollForward(months, opening, own(earned), own(flows));
    return {
      currency,
      products: productsOf(months, own(earned), currency),
      rolls: rolls.map((roll) => rollWire(roll, currency)),
      ledger: ledgerWire(standing, rolls.at(-1)?.closing ?? opening),
    };
  });
  return { months: months.names, currencies };
}

type Roll = {
  month: string;
  opening: bigint;
  invoiced: bigint;
  credited: bigint;
  recognised: bigint;
  closing: bigint;
};

/** Opening + invoiced − credited − recognised = closing, which opens the next month. */
function rollForward(
  months: Pick<Months, 'names'>,
  openingMinor: bigint,
  earned: readonly Pick<Earned, 'month' | 'minor'>[],
  flows: readonly Pick<Flow, 'month' | 'invoicedMinor' | 'creditedMinor'>[],
): Roll[] {
  let opening = openingMinor;
  return months.names.map((month, at) => {
    const flow = flows.find((one) => one.month === at);
    const invoiced = flow?.invoicedMinor ?? 0n;
    const credited = flow?.creditedMinor ?? 0n;
    const recognised = earned
      .filter((one) => one.month === at)
      .reduce((sum, { minor }) => sum + minor, 0n);
    const roll = { month, opening, invoiced, credited, recognised };
    opening += invoiced - credited - recognised;
    return { ...roll, closing: opening };
  });
}

function rollWire({ month, ...amounts }: Roll, currency: string) {
  const amount = (minor: bigint) => moneyWire(money(minor, currency));
  return {
    month,
    opening: amount(amounts.opening),
    invoiced: amount(amounts.invoiced),
    credited: amount(amounts.credited),
    recognised: amount(amounts.recognised),
    closing: amount(amounts.closing),
  };
}

function ledgerWire(standing: Standing, deferred: bigint) {
  const { currency, ledgerMinor, postedMinor, documentsMinor } = standing;
  const amount = (minor: bigint) => moneyWire(money(minor, currency));
  return {
    account: amount(ledgerMinor),
    documents: amount(documentsMinor),
    difference: amount(ledgerMinor - documentsMinor),
    recognised: amount(documentsMinor - deferred),
    posted: amount(postedMinor),
    deferred: amount(deferred),
  };
}

function productsOf(months: Months, earned: readonly Earned[], currency: string) {
  const byItem = Map.groupBy(earned, ({ itemId }) => itemId);
  return [...byItem].map(([itemId, own]) => ({
    itemId,
    name: own[0]?.name ?? { ru: itemId, en: itemId },
    months: months.names.map((month, at) => ({
      month,
      minor: Number(own.find((one) => one.month === at)?.minor ?? 0n),
    })),
    total: moneyWire(
      money(
        own.reduce((sum, { minor }) => sum + minor, 0n),
        currency,
      ),
    ),
  }));
}

/** The invoice lines behind one figure, in the order of issue. */
export async function revenueLines(
  ctx: Ctx,
  query: RevenueQuery & {
    itemId: string;
    currency: string;
    cursor?: string | undefined;
    limit: number;
  },
) {
  const seller = await bookOf(ctx, query.sellerId);
  const found = await selectEarnedLines(ctx, seller.id, monthsOf(seller, query), query);
  const page = pageOf(found, query.limit, ({ invoiceId, no }) => `${invoiceId} ${no}`);
  const items = page.items.map((line) => ({
    invoiceId: line.invoiceId,
    number: invoiceNumber({ series: line.series, no: line.number }),
    no: line.no,
    buyerName: line.buyerName,
    description: line.description,
    periodStart: line.periodStart.toString(),
    lastDay: line.periodEnd.subtract({ days: 1 }).toString(),
    net: moneyWire(money(line.netMinor, query.currency)),
    recognised: moneyWire(money(line.minor, query.currency)),
  }));
  return { items, next: page.next };
}
