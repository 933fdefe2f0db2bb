import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type CountedAttempt = { key: string; minutes: number };

/** Adds one to each count, starting anew where a window has ended; tells the counts. */
export async function countAttempts(
  ctx: Ctx,
  attempts: readonly CountedAttempt[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  // One order for all, so that two requests never wait for each other.
  for (const { key, minutes } of attempts.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const { rows } = await sql<{ count: number }>`
      insert into attempt (key, count, window_ends_at)
      values (${key}, 1, now() + make_interval(mins => ${minutes}))
      on conflict (key) do update set
        count = case when attempt.window_ends_at <= now() then 1 else attempt.count + 1 end,
        window_ends_at = case
          when attempt.window_ends_at <= now() then excluded.window_ends_at
          else attempt.window_ends_at end
      returning count`.execute(ctx.tx);
    counts.set(key, rows[0]?.count ?? 0);
  }
  await sql`
    delete from attempt where key in (
      select key from attempt where window_ends_at < now() - interval '1 hour'
      limit 20 for update skip locked)`.execute(ctx.tx);
  return counts;
}

export async function dropAttempts(ctx: Ctx, keys: readonly string[]): Promise<void> {
  await sql`delete from attempt where key = any(${keys})`.execute(ctx.tx);
}
