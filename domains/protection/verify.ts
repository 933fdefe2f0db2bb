import type { Ctx } from '#platform/context.ts';
import { runChecks, subjectsInWork } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

/**
 * A node that was told nothing lately, is being told, or fetches it when it calls next: what it is
 * to do may lag behind.
 */
const isBeingTold = (node: string): string =>
  `(${node}.attempts > 0 or ${node}.policy_due_at_ms <= extract(epoch from now()) * 1000
    or ${node}.engine_id is null
    or exists (select from guard_server s where s.node_id = ${node}.node_id
      and s.policy_confirmed is distinct from s.policy_digest))`;

const CHECKS: readonly Check[] = [
  {
    name: 'every account with the add-on is protected on its node, but for those set otherwise',
    problems: `
      select format('%s (%s) is %s on %s', a.account_id, a.domain_name,
        coalesce(a.applied_mode, 'not told'), a.node_id) as problem
      from entitlement e
      join component c on c.id = e.component_id and c.kind = 'protection'
      join guarded_account a on a.branch_id = e.branch_id
        and a.subscription_id = e.subscription_id
      join guarded_node n on n.node_id = a.node_id
      where e.state <> 'deleted' and a.gone_at is null and a.own_mode is null
        and a.applied_mode is distinct from 'protect'
        and not ${isBeingTold('n')}
        and a.subscription_id not in ${subjectsInWork('protection.tell-node')}`,
  },
  {
    name: 'nobody is protected for nothing: accounts without the add-on have their node’s mode',
    problems: `
      select format('%s (%s) is marked as bought', a.account_id, a.domain_name) as problem
      from guarded_account a
      join guarded_node n on n.node_id = a.node_id
      where a.gone_at is null and a.bought and not ${isBeingTold('n')}
        and not exists (
          select from entitlement e join component c on c.id = e.component_id
          where e.branch_id = a.branch_id and e.subscription_id = a.subscription_id
            and e.state <> 'deleted' and c.kind = 'protection')
        and a.subscription_id not in ${subjectsInWork('protection.tell-node')}`,
  },
  {
    name: 'no finding is lost: each that was told of has its row, and no node ran over',
    problems: `
      select format('%s was told of and is not kept', ev.subject_id) as problem
      from event ev
      where ev.name = 'protection.finding'
        and not exists (
          select from finding f where f.branch_id = ev.branch_id and f.id = ev.subject_id)
      union all
      select format('%s lost %s events before they were asked for', node_id, lost_events)
      from guarded_node where lost_events > 0`,
  },
  {
    name: 'every finding was told of once',
    problems: `
      select format('%s has %s announcements', f.id, count(ev.id)) as problem
      from finding f
      left join event ev on ev.branch_id = f.branch_id and ev.subject_id = f.id
        and ev.name = 'protection.finding'
      group by f.branch_id, f.id having count(ev.id) <> 1`,
  },
  {
    name: 'the figures of every account are the sum of its findings',
    problems: `
      select format('%s says %s open, has %s', a.account_id, a.open_findings, count(f.id))
        as problem
      from guarded_account a
      left join finding f on f.branch_id = a.branch_id and f.account_id = a.account_id
        and f.state in ('found', 'needs-decision')
      group by a.branch_id, a.account_id, a.open_findings
      having a.open_findings <> count(f.id)`,
  },
];

/** Checks protection against what was bought and found. For `npm run verify`. */
export function verifyProtection(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
