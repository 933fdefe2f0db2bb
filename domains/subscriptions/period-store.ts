import { branchOf } from '#kit/id.ts';
import type { Period } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';

type Tables = {
  subscription_period: {
    branch_id: number;
    subscription_id: string;
    period_start: Temporal.PlainDate;
    period_end: Temporal.PlainDate;
    term_months: number;
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

/** A period that was paid for, with the term it was sold in. */
export type PaidPeriod = Period & { readonly termMonths: number };

/** False when this period was paid for before: a period is bought once (rule 12). */
export async function insertPeriod(
  ctx: Ctx,
  subscriptionId: string,
  period: PaidPeriod,
  orderId: string | null,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tablesOf<Tables>(ctx.tx)
    .insertInto('subscription_period')
    .values({
      branch_id: branchOf(subscriptionId),
      subscription_id: subscriptionId,
      period_start: period.start,
      period_end: period.end,
      term_months: period.termMonths,
      order_id: orderId,
      paid_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
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

export async function selectNotices(ctx: Ctx, subscriptionId: string): Promise<Notice[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('subscription_notice')
    .select(['edition_id', 'noticed_on'])
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .execute();
  return rows.map((row) => ({ editionId: row.edition_id, noticedOn: row.noticed_on }));
}
