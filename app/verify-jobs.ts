import { runChecks } from '#platform/verify.ts';
import type { Finding } from '#platform/verify.ts';
import type { Ctx } from '#platform/context.ts';
import { jobs, subscribers } from './domains.ts';

/** Which table holds the things that jobs name by id. */
const TABLE_OF: Readonly<Record<string, string>> = {
  acc: 'hosting_account',
  inv: 'invoice',
  lic: 'licence',
  ord: 'order_request',
  pay: 'payment',
  sel: 'seller',
  sub: 'subscription',
};

/** Work that is still to be done, or failed and kept for staff. */
const OPEN = `j.state in ('created', 'retry', 'active', 'failed')`;

/** Work in the queue that nobody can do, because it names what is not there. For `verify`. */
export function verifyJobs(ctx: Ctx): Promise<Finding[]> {
  const known = [...jobs.map(({ type }) => type.name), ...subscribers.map(({ id }) => id)];
  const things = Object.entries(TABLE_OF).map(
    ([prefix, table]) => `
      select format('%s: no %s', a.job, a.id) as problem from asked a
      left join ${table} t on t.id = a.id where a.id like '${prefix}\\_%' and t.id is null`,
  );
  return runChecks(ctx, [
    {
      name: 'every job has somebody who does it',
      problems: `
        select format('%s: nobody is %s', j.id, coalesce(j.data->>'name', j.data->>'subscriber'))
          as problem
        from pgboss.job j
        where j.name in ('work', 'outside', 'hooks') and ${OPEN}
          and not coalesce(j.data->>'name', j.data->>'subscriber', '') = any (
            array[${known.map((name) => `'${name}'`).join(', ')}])`,
    },
    {
      name: 'every job is about something that is there',
      problems: `
        with asked as (
          select j.id as job, p.value as id from pgboss.job j
          cross join lateral jsonb_each_text(j.data->'payload') p
          where j.data->>'kind' = 'job' and ${OPEN}
        )
        select format('%s: no event %s', j.id, e.ref->>'id') as problem
        from pgboss.job j
        cross join lateral jsonb_array_elements(j.data->'events') as e (ref)
        left join event f on f.branch_id = (e.ref->>'branch')::int and f.id = e.ref->>'id'
        where j.data->>'kind' = 'events' and ${OPEN} and f.id is null
        union all ${things.join(' union all ')}`,
    },
  ]);
}
