import { clientTitle } from '#domains/clients/index.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyOf } from '#platform/http/wire.ts';
import type { MoneyWire } from '#platform/http/wire.ts';
import { textsFor } from '#platform/texts.ts';
import { money } from '#kit/money.ts';
import { accountName, kindName } from './account-words.ts';
import { ageing } from './ageing.ts';
import type { AgeingQuery } from './ageing.ts';
import { bookOf } from './book.ts';
import { csvFile } from './csv.ts';
import type { CsvCell } from './csv.ts';
import { AGES } from './receivable-store.ts';
import { revenue } from './revenue.ts';
import type { RevenueQuery } from './revenue.ts';
import { statementOf } from './statement.ts';
import type { StatementQuery } from './statement.ts';
import { accountEntries, numberOf, trialBalance } from './trial-balance.ts';
import type { BookRange } from './trial-balance.ts';

type Spoken<T> = T & { language: 'ru' | 'en' };

/** A file stays what a spreadsheet opens at once; more is asked for in parts. */
const ROWS_MAX = 20_000;

export async function trialBalanceCsv(ctx: Ctx, query: Spoken<BookRange>): Promise<File> {
  const text = textsFor('reports', query.language);
  const { rows } = await trialBalance(ctx, query);
  const head = ['account', 'code', 'currency', 'opening', 'debit', 'credit', 'closing'];
  const body = rows.map((row) => [
    accountName(row.code, text),
    row.code,
    row.opening.currency,
    ...amounts(row.opening, row.debit, row.credit, row.closing),
  ]);
  const name = `trial-balance-${query.from}-${query.through}`;
  return csvFile(name, [head.map((key) => text(`csv.${key}`)), ...body], query.language);
}

type EntriesQuery = BookRange & { code: string; currency: string };

export async function entriesCsv(ctx: Ctx, query: Spoken<EntriesQuery>): Promise<File> {
  const text = textsFor('reports', query.language);
  const { zone } = await bookOf(ctx, query.sellerId);
  const { items, next } = await accountEntries(ctx, { ...query, limit: ROWS_MAX });
  if (next !== null) refuse('report-too-large', { field: 'from' });
  const head = ['date', 'kind', 'document', 'cause', 'debit', 'credit'];
  const body = items.map(({ at, kind, documentNumber, documentId, cause, amount }) => [
    localDate(Temporal.Instant.from(at), zone).toString(),
    kindName(kind, text),
    documentNumber ?? documentId,
    cause,
    ...sides(moneyOf(amount).minor, amount.currency),
  ]);
  const name = `${query.code.replace(':', '-')}-${query.from}-${query.through}`;
  return csvFile(name, [head.map((key) => text(`csv.${key}`)), ...body], query.language);
}

export async function ageingCsv(ctx: Ctx, query: Spoken<AgeingQuery>): Promise<File> {
  const text = textsFor('reports', query.language);
  const { items, next, on } = await ageing(ctx, { ...query, limit: ROWS_MAX });
  if (next !== null) refuse('report-too-large');
  const head = [
    ...['client', 'code', 'currency', 'total'].map((key) => text(`csv.${key}`)),
    ...AGES.map((age) => text(`ages.${age}`)),
  ];
  const body = items.map((row) => [
    row.buyerName[query.language],
    row.buyerId,
    row.total.currency,
    ...amounts(row.total, ...AGES.map((age) => row[age])),
  ]);
  return csvFile(`ageing-${on}`, [head, ...body], query.language);
}

export async function statementCsv(ctx: Ctx, query: Spoken<StatementQuery>): Promise<File> {
  const text = textsFor('reports', query.language);
  const statement = await statementOf(ctx, query);
  const { client, seller, from, through } = statement;
  const { currency } = client;
  const row = (date: string, kind: string, document: string | null, minor: bigint): CsvCell[] => [
    date,
    kind,
    document,
    ...sides(minor, currency),
  ];
  const body = [
    row(from, text('statement.opening'), null, statement.openingMinor),
    ...statement.moves.map((move) =>
      row(
        localDate(move.at, seller.zone).toString(),
        kindName(move.kind, text),
        numberOf(move) ?? move.documentId,
        move.minor,
      ),
    ),
    row(through, text('statement.closing'), null, statement.closingMinor),
  ];
  const title = [clientTitle(client), `${from} – ${through}`, currency];
  const head = ['date', 'kind', 'document', 'charged', 'received'].map((key) => text(`csv.${key}`));
  return csvFile(`statement-${client.id}-${from}`, [title, head, ...body], query.language);
}

export async function revenueCsv(ctx: Ctx, query: Spoken<RevenueQuery>): Promise<File> {
  const text = textsFor('reports', query.language);
  const { months, currencies } = await revenue(ctx, query);
  const head = [text('csv.product'), text('csv.code'), text('csv.currency'), ...months];
  const body = currencies.flatMap(({ currency, products, rolls }) => {
    const cells = (minors: readonly number[]) =>
      minors.map((minor) => money(BigInt(minor), currency));
    return [
      ...products.map((product) => [
        product.name[query.language],
        product.itemId,
        currency,
        ...cells(product.months.map(({ minor }) => minor)),
      ]),
      ...(['opening', 'invoiced', 'credited', 'recognised', 'closing'] as const).map((key) => [
        text(`roll.${key}`),
        null,
        currency,
        ...cells(rolls.map((roll) => roll[key].minor)),
      ]),
    ];
  });
  return csvFile(`revenue-${query.from}-${query.through}`, [head, ...body], query.language);
}

function amounts(...wires: MoneyWire[]): CsvCell[] {
  return wires.map(moneyOf);
}

/** An amount in one of two columns: what is owed more, and what less. */
function sides(minor: bigint, currency: string): CsvCell[] {
  const amount = money(minor < 0n ? -minor : minor, currency);
  return minor < 0n ? [null, amount] : [amount, null];
}
