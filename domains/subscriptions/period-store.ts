import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Period } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { rowsOf } from '#platform/database/rows.ts';

type Tables = {
  subscription_period: {
    branch_id: number;
    subscription_id: string;
    period_start: Temporal.PlainDate;
    period_end: Temporal.PlainDate;
    term_months: number;
    whole_from: Temporal.PlainDate | null;
    order_id: string | null;
    paid_at: Temporal.Instant;
  };
  subscription_notice: {
    branch_id: number;
    subscription_id: string;
    edition_id: string;
    noticed_on: Temporal.PlainDate;
  };
};

/**
 * A period that was paid for, with the term it was sold in. `wholeFrom`: it is the last part of a
 * term, which began there.
 */
export type PaidPeriod = Period & {
  readonly termMonths: number;
  readonly wholeFrom?: Temporal.PlainDate | null;
};

const PERIOD_COLUMNS = {
  branch_id: 'int4',
  subscription_id: 'text',
  period_start: 'date',
  period_end: 'date',
  term_months: 'int4',
  whole_from: 'date',
  order_id: 'text',
  paid_at: 'timestamptz',
};

/** How many of these periods were not paid for before. */
export async function insertPeriods(
  ctx: Ctx,
  paid: readonly { subscriptionId: string; period: PaidPeriod; orderId: string | null }[],
): Promise<number> {
  if (paid.length === 0) return 0;
  const rows = paid.map(({ subscriptionId, period, orderId }) => ({
    branch_id: branchOf(subscriptionId),
    subscription_id: subscriptionId,
    period_start: period.start,
    period_end: period.end,
    term_months: period.termMonths,
    whole_from: period.wholeFrom ?? null,
    order_id: orderId,
    paid_at: ctx.now,
  }));
  const { numAffectedRows } = await sql`
    insert into subscription_period (${sql.raw(Object.keys(PERIOD_COLUMNS).join(', '))})
    select * from ${rowsOf(PERIOD_COLUMNS, rows)}
    on conflict do nothing`.execute(ctx.tx);
  return Number(numAffectedRows);
}

/** The periods that were paid for, oldest first, with the orders that brought them. */
export async function selectPeriods(
  ctx: Ctx,
  subscriptionId: string,
): Promise<(PaidPeriod & { orderId: string | null })[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription_period')
    .select(['period_start', 'period_end', 'term_months', 'whole_from', 'order_id'])
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .orderBy('period_start')
    .execute();
  return rows.map((row) => ({
    start: row.period_start,
    end: row.period_end,
    termMonths: row.term_months,
    wholeFrom: row.whole_from,
    orderId: row.order_id,
  }));
}

export type Notice = { readonly editionId: string; readonly noticedOn: Temporal.PlainDate };

/** False when the notice stood already; the first day counts. */
export async function insertNotice(
  ctx: Ctx,
  subscriptionId: string,
  notice: Notice,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tablesOf<Tables>(ctx.tx)
    .insertInto('subscription_notice')
    .values({
      branch_id: branchOf(subscriptionId),
      subscription_id: subscriptionId,
      edition_id: notice.editionId,
      noticed_on: notice.noticedOn,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Subscriptions whose client was told of an edition, after a cursor, by id. */
export async function selectTold(
  ctx: Ctx,
  ask: { editionId: string; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select subscription_id as id from subscription_notice
    where edition_id = ${ask.editionId} and subscription_id > ${ask.after}
    order by subscription_id limit ${ask.limit}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

export async function selectNotices(ctx: Ctx, subscriptionId: string): Promise<Notice[]> {
  const subscription = { branch: branchOf(subscriptionId), id: subscriptionId };
  return selectNoticesOfAll(ctx, [subscription]);
}

export async function selectNoticesOfAll(
  ctx: Ctx,
  subscriptions: readonly { branch: number; id: string }[],
): Promise<(Notice & { subscriptionId: string })[]> {
  const { rows } = await sql<Notice & { subscriptionId: string }>`
    select n.subscription_id as "subscriptionId", n.edition_id as "editionId",
      n.noticed_on as "noticedOn"
    from ${rowsOf({ branch: 'int4', id: 'text' }, subscriptions)}
    join subscription_notice n on n.branch_id = r.branch and n.subscription_id = r.id
  `.execute(ctx.tx);
  return rows;
}
