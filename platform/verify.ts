import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/** A rule that the rows of an installation keep, as a select of those that break it. */
export type Check = {
  /** The rule, as a sentence. */
  name: string;
  /** A select of one text column, `problem`. */
  problems: string;
};

/** What a check found wrong; no problems is what we want. */
export type Finding = { name: string; problems: string[] };

const PROBLEMS_MAX = 100;

/** Runs the checks of one domain. Reads everything: for `npm run verify`, not for a page. */
export async function runChecks(ctx: Ctx, checks: readonly Check[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, problems } of checks) {
    const { rows } = await sql
      .raw<{ problem: string }>(`select problem from (${problems}) found limit ${PROBLEMS_MAX}`)
      .execute(ctx.tx);
    findings.push({ name, problems: rows.map((row) => row.problem) });
  }
  return findings;
}

/**
 * For checks: the ids that some subscriber has not yet heard the last of, so that what follows
 * from a fact may lag behind it. Failed work counts too: staff see it in the list of jobs.
 */
export function subjectsInWork(...subscribers: readonly string[]): string {
  const names = subscribers.map((id) => `'${id}'`).join(', ');
  return `(
    select f.subject_id from pgboss.job j
    cross join lateral jsonb_array_elements(j.data->'events') as e (ref)
    join event f on f.branch_id = (e.ref->>'branch')::int and f.id = e.ref->>'id'
    where j.data->>'kind' = 'events' and j.data->>'subscriber' in (${names})
      and j.state in ('created', 'retry', 'active', 'failed'))`;
}
