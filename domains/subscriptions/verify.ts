import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every package stands in its last paid period',
    problems: `
      select format('%s says %s to %s, last paid is %s to %s', s.id, s.period_start, s.period_end,
        p.period_start, p.period_end) as problem
      from subscription s
      left join (
        select distinct on (branch_id, subscription_id) *
        from subscription_period order by branch_id, subscription_id, period_start desc
      ) p on p.branch_id = s.branch_id and p.subscription_id = s.id
      where (s.period_start, s.period_end) is distinct from (p.period_start, p.period_end)`,
  },
  {
    name: 'paid periods follow each other without gap or overlap',
    problems: `
      select format('%s: %s follows on %s', subscription_id, period_start, before) as problem
      from (
        select *, lag(period_end) over (
          partition by branch_id, subscription_id order by period_start) as before
        from subscription_period
      ) p where before <> period_start`,
  },
  {
    name: 'every component belongs to a package that was paid for',
    problems: `
      select format('%s on %s, which is %s', e.id, e.subscription_id, coalesce(s.state, 'gone'))
        as problem
      from entitlement e
      left join subscription s on s.branch_id = e.branch_id and s.id = e.subscription_id
      where s.id is null or s.state in ('pending', 'cancelled')`,
  },
  {
    name: 'a deleted package holds nothing',
    problems: `
      select format('%s still holds %s', s.id, e.id) as problem
      from subscription s
      join entitlement e on e.branch_id = s.branch_id and e.subscription_id = s.id
      where s.state = 'deleted' and e.state <> 'deleted'`,
  },
  {
    name: 'every live package knows what time does to it next',
    problems: `
      select format('%s is %s and waits for nothing', id, state) as problem
      from subscription where (state in ('active', 'suspended')) <> (next_step is not null)`,
  },
];

/** Checks packages against the periods paid for. For `npm run verify`. */
export function verifySubscriptions(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
