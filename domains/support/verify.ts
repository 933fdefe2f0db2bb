import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every ticket begins with words and is its client’s',
    problems: `
      select format('%s of %s', t.id, t.client_id) as problem
      from ticket t
      left join client c on c.branch_id = t.branch_id and c.id = t.client_id
      where c.id is null or c.seller_id <> t.seller_id or c.brand_id <> t.brand_id
        or not exists (
          select from ticket_message m
          where m.branch_id = t.branch_id and m.ticket_id = t.id and m.kind = 'message')`,
  },
  {
    name: 'no two tickets have one number',
    problems: `
      select format('%s: %s tickets', number, count(*)) as problem
      from ticket group by number having count(*) > 1`,
  },
  {
    name: 'every ticket was last moved by whoever wrote last',
    problems: `
      select format('%s at %s', t.id, t.last_at) as problem
      from ticket t
      where t.last_at < (
        select max(m.at) from ticket_message m
        where m.branch_id = t.branch_id and m.ticket_id = t.id and m.kind = 'message')`,
  },
];

/** Checks what clients and staff have written to each other. For `npm run verify`. */
export function verifySupport(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
