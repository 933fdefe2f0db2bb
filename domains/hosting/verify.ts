import type { Ctx } from '#platform/context.ts';
import { runChecks, subjectsInWork } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

/** A delivery of `kinds` for the subscription `s` that is still to be done, if only by staff. */
const isOnItsWay = (...kinds: readonly string[]): string => `exists (
  select from delivery d
  where d.branch_id = s.branch_id and d.subscription_id = s.id
    and d.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})
    and d.state in ('waiting', 'running', 'failed'))`;

const OF_SUBSCRIPTIONS: readonly Check[] = [
  {
    name: 'every live package is on a node, or on its way there',
    problems: `
      select format('%s has %s', s.id, coalesce(p.state, 'no package')) as problem
      from subscription s
      left join package_account p on p.branch_id = s.branch_id and p.subscription_id = s.id
      where s.state in ('active', 'suspended')
        and coalesce(p.state, 'creating') not in ('active', 'suspended')
        and not ${isOnItsWay('package')}
        and s.id not in ${subjectsInWork('hosting.deliver-package')}`,
  },
  {
    name: 'every package on a node runs, rests or is gone as its subscription says',
    problems: `
      select format('%s is %s, its package %s', s.id, s.state, p.state) as problem
      from subscription s
      join package_account p on p.branch_id = s.branch_id and p.subscription_id = s.id
      where p.state <> 'creating'
        and p.state <> case s.state when 'deleted' then 'terminated' else s.state end
        and not ${isOnItsWay('package', 'suspend', 'unsuspend', 'terminate')}
        and s.id not in ${subjectsInWork(
          'hosting.suspend-package',
          'hosting.resume-package',
          'hosting.terminate-package',
        )}`,
  },
  {
    name: 'every component that is held is delivered or on its way',
    problems: `
      select format('%s (%s) on %s', e.id, e.component_id, s.id) as problem
      from entitlement e
      join subscription s on s.branch_id = e.branch_id and s.id = e.subscription_id
      join component c on c.id = e.component_id
      where e.state <> 'deleted' and s.state in ('active', 'suspended')
        and not exists (
          select from delivery d
          where d.branch_id = e.branch_id and d.entitlement_id = e.id and d.kind = c.kind
            and d.state <> 'cancelled')
        and s.id not in ${subjectsInWork('hosting.deliver-component')}`,
  },
  {
    name: 'every licence component that was delivered has its licence',
    problems: `
      select format('%s on %s has %s', e.id, s.id, coalesce(l.state, 'no licence')) as problem
      from entitlement e
      join subscription s on s.branch_id = e.branch_id and s.id = e.subscription_id
      join delivery d on d.branch_id = e.branch_id and d.entitlement_id = e.id
        and d.kind = 'licence' and d.state = 'done'
      left join licence l on l.branch_id = e.branch_id and l.entitlement_id = e.id
      where e.state <> 'deleted' and s.state in ('active', 'suspended')
        and l.state is distinct from 'active'`,
  },
  {
    name: 'every order that is being delivered has a delivery on its way',
    problems: `
      select format('%s is being delivered and nothing is on its way', o.id) as problem
      from order_request o
      where o.state = 'delivering'
        and not exists (
          select from delivery d
          where d.branch_id = o.branch_id and d.order_id = o.id
            and d.state in ('waiting', 'running', 'failed'))
        and o.subscription_id not in ${subjectsInWork(
          'hosting.deliver-package',
          'hosting.deliver-component',
        )}`,
  },
];

const OF_DELIVERIES: readonly Check[] = [
  {
    name: 'every delivery is done, has its time, or says what or whom it waits for',
    problems: `
      select format('%s is %s', id, state) as problem
      from delivery
      where not case state
        when 'waiting' then (next_attempt_at is null) <> (waits_for is null)
        when 'running' then next_attempt_at is not null
        when 'failed' then next_attempt_at is null and error_code is not null
        else finished_at is not null and next_attempt_at is null end`,
  },
  {
    name: 'whatever a delivery waits for is to come',
    problems: `
      select format('%s waits for a %s', d.id, d.waits_for) as problem
      from delivery d
      join subscription s on s.branch_id = d.branch_id and s.id = d.subscription_id
      where d.state = 'waiting'
        and case d.waits_for
          when 'package' then not ${isOnItsWay('package')}
          when 'licence' then not exists (
            select from licence l
            where l.branch_id = d.branch_id and l.entitlement_id = d.entitlement_id
              and l.state = 'issuing')
          else false end
        and s.id not in ${subjectsInWork(
          'hosting.deliver-package',
          'hosting.licence-issued',
          'hosting.licence-refused',
        )}`,
  },
  {
    name: 'every account is what its owner wants, or the server is being told',
    problems: `
      select format('%s is to be %s and is %s', id, wanted, applied) as problem
      from hosting_account where wanted <> applied and next_attempt_at is null`,
  },
  {
    name: 'no node holds more than it has room for',
    problems: `
      select format('%s holds %s of %s', n.id, count(p.id), n.capacity) as problem
      from node n join package_account p on p.node_id = n.id and p.state <> 'terminated'
      group by n.id, n.capacity having count(p.id) > n.capacity`,
  },
];

/** Checks what is delivered against what is held. For `npm run verify`. */
export function verifyHosting(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, [...OF_SUBSCRIPTIONS, ...OF_DELIVERIES]);
}
