import type { Seller } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyOf } from '#platform/http/wire.ts';
import { textsFor } from '#platform/texts.ts';
import type { Texts } from '#platform/texts.ts';
import { accountName } from './account-words.ts';
import { bookOf } from './book.ts';
import { selectClosed } from './close-store.ts';
import type { ClosedMonth } from './close-store.ts';
import type { CsvCell } from './csv.ts';
import { monthsOf } from './months.ts';
import { revenue } from './revenue.ts';
import { selectTaxTurnover } from './tax-store.ts';
import { trialBalance } from './trial-balance.ts';

export type MonthQuery = {
  sellerId?: string | undefined;
  month: string;
  language: 'ru' | 'en';
};

export type Section = { title: string; head: string[]; rows: CsvCell[][] };

export type MonthSummary = {
  seller: Seller;
  month: string;
  at: Temporal.Instant;
  closed: ClosedMonth | null;
  sections: Section[];
};

/** A month for the accountant, in words: turnovers, tax by rate, revenue earned and deferred. */
export async function monthSummary(ctx: Ctx, query: MonthQuery): Promise<MonthSummary> {
  const seller = await bookOf(ctx, query.sellerId);
  const text = textsFor('reports', query.language);
  const months = monthsOf(seller, { from: query.month, through: query.month });
  const closed = (await selectClosed(ctx, seller.id)).find(({ month }) =>
    month.equals(months.first),
  );
  return {
    seller,
    month: query.month,
    at: ctx.now,
    closed: closed ?? null,
    sections: [
      await turnovers(ctx, seller, { months, text }),
      taxes(await selectTaxTurnover(ctx, seller.id, months), text),
      ...(await revenues(ctx, query, text)),
      ...(closed ? [posted(closed, text)] : []),
    ],
  };
}

type Words = { months: ReturnType<typeof monthsOf>; text: Texts };

async function turnovers(ctx: Ctx, seller: Seller, { months, text }: Words): Promise<Section> {
  const through = months.end.subtract({ days: 1 }).toString();
  const range = { sellerId: seller.id, from: months.first.toString(), through };
  const { rows } = await trialBalance(ctx, range);
  return {
    title: text('tabs.trialBalance'),
    head: ['account', 'currency', 'opening', 'debit', 'credit', 'closing'].map((key) =>
      text(`csv.${key}`),
    ),
    rows: rows.map((row) => [
      accountName(row.code, text),
      row.opening.currency,
      ...[row.opening, row.debit, row.credit, row.closing].map(moneyOf),
    ]),
  };
}

function taxes(rows: Awaited<ReturnType<typeof selectTaxTurnover>>, text: Texts): Section {
  const keys = [
    'place',
    'rate',
    'currency',
    'issuedNet',
    'issuedTax',
    'creditedNet',
    'creditedTax',
  ];
  return {
    title: text('month.taxes'),
    head: keys.map((key) => text(`month.${key}`)),
    rows: rows.map(({ place, rateBp, currency, ...amounts }) => [
      place,
      `${rateBp / 100} %`,
      currency,
      money(amounts.issuedNetMinor, currency),
      money(amounts.issuedTaxMinor, currency),
      money(amounts.creditedNetMinor, currency),
      money(amounts.creditedTaxMinor, currency),
    ]),
  };
}

async function revenues(ctx: Ctx, query: MonthQuery, text: Texts): Promise<Section[]> {
  const { sellerId, month, language } = query;
  const { currencies } = await revenue(ctx, { sellerId, from: month, through: month });
  return currencies.map(({ currency, products, rolls }) => ({
    title: text('month.revenue', { currency }),
    head: [text('csv.product'), text('csv.total')],
    rows: [
      ...products.map((product) => [product.name[language], moneyOf(product.total)]),
      ...rolls.flatMap((roll) =>
        (['opening', 'invoiced', 'credited', 'recognised', 'closing'] as const).map((key) => [
          text(`roll.${key}`),
          moneyOf(roll[key]),
        ]),
      ),
    ],
  }));
}

function posted({ totals }: ClosedMonth, text: Texts): Section {
  return {
    title: text('month.posted'),
    head: [text('csv.currency'), text('month.postedRevenue'), text('month.taxDifference')],
    rows: Object.entries(totals).map(([currency, one]) => [
      currency,
      money(BigInt(one.revenue), currency),
      money(BigInt(one.taxDifference), currency),
    ]),
  };
}
