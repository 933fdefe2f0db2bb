import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** Runs one check: a select of one text column `problem`. */
export async function selectProblems(ctx: Ctx, check: string): Promise<string[]> {
  const { rows } = await sql.raw<{ problem: string }>(check).execute(ctx.tx);
  return rows.map((row) => row.problem);
}
