import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** When a book closes its months by itself, and when it does so next. */
export type MonthClosing = {
  sellerId: string;
  /** Whole local days after a month's end. */
  afterDays: number;
  dueAt: Temporal.Instant;
};

/** Null: its months are closed by hand alone. */
export async function selectClosing(ctx: Ctx, sellerId: string): Promise<MonthClosing | null> {
  const { rows } = await sql<MonthClosing>`
    select seller_id as "sellerId", after_days as "afterDays", due_at as "dueAt"
    from month_closing where seller_id = ${sellerId}`.execute(ctx.tx);
  return rows[0] ?? null;
}

export async function upsertClosing(ctx: Ctx, closing: MonthClosing): Promise<void> {
  const { sellerId, afterDays, dueAt } = closing;
  await sql`
    insert into month_closing (seller_id, after_days, due_at)
    values (${sellerId}, ${afterDays}, ${dueAt})
    on conflict (seller_id) do update set after_days = excluded.after_days,
      due_at = excluded.due_at`.execute(ctx.tx);
}

export async function deleteClosing(ctx: Ctx, sellerId: string): Promise<void> {
  await sql`delete from month_closing where seller_id = ${sellerId}`.execute(ctx.tx);
}

export async function updateClosingDue(
  ctx: Ctx,
  sellerId: string,
  dueAt: Temporal.Instant,
): Promise<void> {
  await sql`
    update month_closing set due_at = ${dueAt} where seller_id = ${sellerId}`.execute(ctx.tx);
}

export async function firstClosingAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(due_at) as at from month_closing`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

/** Books that have a month to close now. */
export async function selectClosingsDue(ctx: Ctx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select seller_id as id from month_closing where due_at <= ${ctx.now}
    order by due_at, seller_id limit ${limit}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
