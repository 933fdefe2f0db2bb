import type { Ctx } from '#platform/context.ts';
import { runChecks, subjectsInWork } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every live licence has the component it was issued for',
    problems: `
      select format('%s is %s, %s is %s', l.id, l.state, l.entitlement_id,
        coalesce(e.state, 'gone')) as problem
      from licence l
      left join entitlement e on e.branch_id = l.branch_id and e.id = l.entitlement_id
      where l.deleted_at is null
        and (e.id is null or e.state = 'deleted')
        and l.subscription_id not in ${subjectsInWork(
          'licences.end-with-entitlement',
          'licences.end-with-subscription',
        )}`,
  },
  {
    name: 'every licence is of its component and of its client',
    problems: `
      select format('%s: %s of %s', l.id, l.entitlement_id, l.client_id) as problem
      from licence l
      join entitlement e on e.branch_id = l.branch_id and e.id = l.entitlement_id
      join subscription s on s.branch_id = l.branch_id and s.id = l.subscription_id
      where (e.subscription_id, e.component_id) <> (l.subscription_id, l.component_id)
        or s.client_id <> l.client_id`,
  },
  {
    name: 'no key is given out twice',
    problems: `
      select format('%s of %s is on %s licences', licence_key, supplier_id, count(*)) as problem
      from licence where licence_key is not null
      group by supplier_id, licence_key having count(*) > 1`,
  },
  {
    name: 'a licence that is not yet there, or not yet gone, is worked on',
    problems: `
      select format('%s is %s and nobody will ask', id, state) as problem
      from licence
      where (state in ('issuing', 'deleting')) <> (next_attempt_at is not null)`,
  },
  {
    name: 'a supplier’s turn is held by a licence that is being issued',
    problems: `
      select format('%s: %s is %s', a.supplier_id, a.in_flight, coalesce(l.state, 'gone')) as problem
      from supplier_account a left join licence l on l.id = a.in_flight
      where a.in_flight is not null and l.state is distinct from 'issuing'`,
  },
  {
    name: 'what its owner deleted is gone, or the supplier is being told',
    problems: `
      select format('%s is %s', id, state) as problem
      from licence
      where deleted_at is not null and state not in ('issuing', 'deleting', 'deleted')
        or deleted_at is null and state in ('deleting', 'deleted')
        or state = 'deleted' and ended_at is null`,
  },
];

/** Checks licences against the components they stand for. For `npm run verify`. */
export function verifyLicences(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
