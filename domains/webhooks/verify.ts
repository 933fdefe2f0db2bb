import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every webhook delivery is of an address that is there, and none waits for one that is off',
    problems: `
      select format('%s to %s is %s', d.id, d.endpoint_id, d.state) as problem
      from webhook_delivery d
      left join webhook_endpoint e on e.branch_id = d.branch_id and e.id = d.endpoint_id
      where e.id is null or (d.state = 'queued' and e.state = 'off')`,
  },
  {
    name: 'every webhook delivery was taken with a 2xx, waits, or says why not',
    problems: `
      select format('%s is %s with %s', id, state, status) as problem
      from webhook_delivery
      where case state
        when 'sent' then status not between 200 and 299 or status is null
        when 'failed' then status between 200 and 299 or (status is null and error is null)
        else false end`,
  },
];

/** Checks what was sent to addresses of clients and sellers. For `npm run verify`. */
export function verifyWebhooks(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
