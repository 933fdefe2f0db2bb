import type { Ctx } from '#platform/context.ts';
import { runChecks, subjectsInWork } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

/** An order with the client's invoice that stands for it now. */
const ORDERS = `order_request o
  join invoice i on i.branch_id = o.branch_id and i.id = o.invoice_id`;

const CHECKS: readonly Check[] = [
  {
    name: 'every order has its invoice and its package, of the same client',
    problems: `
      select format('%s of %s: invoice %s of %s, package %s of %s', o.id, o.client_id,
        o.invoice_id, i.buyer_id, o.subscription_id, s.client_id) as problem
      from order_request o
      left join invoice i on i.branch_id = o.branch_id and i.id = o.invoice_id
      left join subscription s on s.branch_id = o.branch_id and s.id = o.subscription_id
      where s.client_id is distinct from o.client_id or case
        -- The documents of a change of the plan are made when it is carried out.
        when o.kind = 'plan' and o.state not in ('delivering', 'done') then o.invoice_id is not null
        else i.buyer_id is distinct from o.client_id end`,
  },
  {
    name: 'every order stands as its invoice does, or is being brought to it',
    problems: `
      select format('%s is %s, its invoice %s is %s', o.id, o.state, i.id, i.state) as problem
      from ${ORDERS}
      left join invoice c on c.branch_id = i.branch_id and c.corrects_id = i.id
      where case o.state
          when 'awaiting-payment' then i.state <> 'issued'
          when 'cancelled' then
            i.state <> 'void' and not (i.state = 'paid' and (c.id is not null or i.total_minor = 0))
          else i.state <> 'paid' end
        and i.id not in ${subjectsInWork('orders.execute-when-paid', 'orders.cancel-when-voided')}`,
  },
  {
    name: 'every order that was carried out brought what it is for',
    problems: `
      select format('%s is %s and brought nothing', o.id, o.state) as problem
      from order_request o
      left join subscription_period p on p.branch_id = o.branch_id
        and p.subscription_id = o.subscription_id and p.order_id = o.id
      left join entitlement e on e.branch_id = o.branch_id
        and e.subscription_id = o.subscription_id and e.order_id = o.id
      where o.state in ('delivering', 'done')
        and case o.kind when 'addon' then e.id is null when 'plan' then o.invoice_id is null
          else p.order_id is null end`,
  },
  {
    name: 'every paid period has its line on a paid invoice',
    problems: `
      select format('%s from %s (order %s)', p.subscription_id, p.period_start, p.order_id)
        as problem
      from subscription_period p
      where not exists (
        select from ${ORDERS}
        join invoice_line l on l.branch_id = i.branch_id and l.invoice_id = i.id
        where o.branch_id = p.branch_id and o.id = p.order_id and i.state = 'paid'
          and l.kind = 'package' and l.subscription_id = p.subscription_id
          -- A first period starts when it is paid for, its invoice says when it was ordered.
          and (o.kind = 'package' or (l.period_start, l.period_end) = (p.period_start, p.period_end)))`,
  },
  {
    name: 'every bought component is paid for to the end of the paid period',
    problems: `
      select format('%s (%s) on %s until %s', e.id, e.component_id, s.id, s.period_end) as problem
      from entitlement e
      join subscription s on s.branch_id = e.branch_id and s.id = e.subscription_id
      join subscription_period p on p.branch_id = s.branch_id and p.subscription_id = s.id
        and p.period_start = s.period_start
      where e.state = 'bought' and s.state in ('active', 'suspended')
        and (e.ends_on is null or e.ends_on > s.period_start)
        and not exists (
          select from ${ORDERS}
          join invoice_line l on l.branch_id = i.branch_id and l.invoice_id = i.id
          where o.branch_id = e.branch_id and o.subscription_id = s.id and i.state = 'paid'
            and l.kind = 'addon' and l.item_id = e.component_id and l.quantity >= e.quantity
            and (l.entitlement_id = e.id or o.id = e.order_id)
            and (o.id = p.order_id or l.period_end >= s.period_end))`,
  },
  {
    name: 'every sale through resellers charged each seller above the shop once',
    problems: `
      select format('%s: %s of %s levels charged', o.id, count(i.id), s.depth) as problem
      from order_request o
      join seller s on s.id = o.seller_id
      left join invoice i on i.branch_id = o.branch_id and i.subject = o.id
        and i.buyer_kind = 'seller' and i.kind = 'invoice' and i.state = 'paid'
      where s.depth > 0 and o.state in ('delivering', 'done')
      group by o.id, s.depth having count(i.id) <> s.depth`,
  },
];

/** Checks orders against invoices, packages and sellers. For `npm run verify`. */
export function verifyOrders(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
