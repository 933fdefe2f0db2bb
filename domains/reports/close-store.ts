import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb } from '#platform/database/database.ts';

export type MonthTotals = Record<string, { revenue: string; taxDifference: string }>;

export type ClosedMonth = {
  month: Temporal.PlainDate;
  closedAt: Temporal.Instant;
  totals: MonthTotals;
  /** Nobody pressed the button: the book closes its months by itself. */
  byItself: boolean;
};

const SHOWN_MAX = 120;

/** Until the end of the transaction nobody else closes a month of that book: two would post twice. */
export async function holdBook(ctx: Ctx, sellerId: string): Promise<void> {
  const name = `reports.close-month:${sellerId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(ctx.tx);
}

/** A book's closed months, newest first. */
export async function selectClosed(ctx: Ctx, sellerId: string): Promise<ClosedMonth[]> {
  const { rows } = await sql<ClosedMonth>`
    select month, closed_at as "closedAt", totals, by_itself as "byItself" from closed_month
    where seller_id = ${sellerId} order by month desc limit ${SHOWN_MAX}`.execute(ctx.tx);
  return rows;
}

/** False when somebody closes, or closed, that very month: theirs is waited for. */
export async function insertClosed(
  ctx: Ctx,
  sellerId: string,
  { month, totals }: Pick<ClosedMonth, 'month' | 'totals'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into closed_month (seller_id, month, closed_at, totals, by_itself)
    values (${sellerId}, ${month}, ${ctx.now}, ${jsonb(totals)}, ${ctx.actor.kind === 'system'})
    on conflict do nothing returning month`.execute(ctx.tx);
  return rows.length === 1;
}

/** The day of a book's first document; ids are in the order of time. Null: there is none. */
export async function firstIssuedOn(
  ctx: Ctx,
  sellerId: string,
): Promise<Temporal.PlainDate | null> {
  const { rows } = await sql<{ on: Temporal.PlainDate }>`
    select issued_on as on from invoice where seller_id = ${sellerId}
    order by id limit 1`.execute(ctx.tx);
  return rows[0]?.on ?? null;
}

/** Days within a span on which some place's rate changes. */
export async function rateChangesIn(
  ctx: Ctx,
  { first, end }: { first: Temporal.PlainDate; end: Temporal.PlainDate },
): Promise<Temporal.PlainDate[]> {
  const { rows } = await sql<{ on: Temporal.PlainDate }>`
    select distinct effective_from as on from tax_rate
    where effective_from > ${first} and effective_from < ${end} order by 1`.execute(ctx.tx);
  return rows.map(({ on }) => on);
}
