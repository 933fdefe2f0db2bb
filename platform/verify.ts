import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/** A rule that the rows of an installation keep, as a select of those that break it. */
export type Check = {
  /** The rule, as a sentence. */
  name: string;
  /** A select of one text column `problem`, bounded to `PROBLEMS_MAX` rows. */
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
 * A condition for checks: work that a fact about `subject` caused is still to be done, so what it
 * changes may lag behind. Failed work counts too: staff see it in the list of jobs.
 */
export function isWorkedOn(subject: string, ...subscribers: readonly string[]): string {
  const names = subscribers.map((id) => `'${id}'`).join(', ');
  return `exists (
    select 1 from event f
    join pgboss.job j on j.data->'event'->>'id' = f.id and j.data->>'kind' = 'event'
    where f.subject_id = ${subject} and j.data->>'subscriber' in (${names})
      and j.state in ('created', 'retry', 'active', 'failed'))`;
}
