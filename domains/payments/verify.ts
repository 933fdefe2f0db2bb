import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every payment that succeeded is booked once, at what arrived',
    problems: `
      select format('%s received %s, booked %s', p.id, p.received_minor, coalesce(b.minor, 0))
        as problem
      from payment p
      left join (
        select t.branch_id, t.cause, e.code, e.currency, sum(e.amount_minor) as minor
        from ledger_txn t
        join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
        where e.code like 'cash:%' group by 1, 2, 3, 4
      ) b on b.branch_id = p.branch_id and b.cause = p.id
        and b.code = 'cash:' || p.gateway_id and b.currency = p.currency
      where p.state = 'succeeded' and p.received_minor is distinct from b.minor`,
  },
  {
    name: 'nothing is booked for a payment that did not succeed',
    problems: `
      select format('%s is booked, the payment is %s', t.cause, coalesce(p.state, 'unknown'))
        as problem
      from ledger_txn t
      left join payment p on p.branch_id = t.branch_id and p.id = t.cause
      where t.cause like 'pay\\_%' and p.state is distinct from 'succeeded'`,
  },
  {
    name: 'a gateway gives what was asked of it',
    problems: `
      select format('%s asked for %s, received %s', id, amount_minor, received_minor) as problem
      from payment
      where state = 'succeeded' and gateway_id <> 'bank-transfer'
        and received_minor is distinct from amount_minor`,
  },
  {
    name: 'every payment belongs to its client, and to an invoice of that client',
    problems: `
      select format('%s of %s for %s', p.id, p.client_id, p.invoice_id) as problem
      from payment p
      left join client c on c.branch_id = p.branch_id and c.id = p.client_id
      left join invoice i on i.branch_id = p.branch_id and i.id = p.invoice_id
      where c.id is null
        or (p.invoice_id is not null and i.buyer_id is distinct from p.client_id)`,
  },
  {
    name: 'a payment whose end is unknown is asked about again',
    problems: `
      select format('%s is %s and nobody will ask', id, state) as problem
      from payment
      where state in ('starting', 'pending') and gateway_id <> 'bank-transfer'
        and next_check_at is null and checks < 40`,
  },
  {
    name: 'a success that a gateway told of was taken in',
    problems: `
      select format('%s told by %s, the payment is %s', n.payment_id, n.event_id, p.state)
        as problem
      from payment_notification n
      left join payment p on p.branch_id = n.branch_id and p.id = n.payment_id
      where n.kind = 'payment.succeeded' and n.outcome = 'applied'
        and p.state is distinct from 'succeeded'`,
  },
  {
    name: 'no payment is refunded beyond what arrived',
    problems: `
      select format('%s received %s, refunded %s', p.id, p.received_minor, sum(r.amount_minor))
        as problem
      from refund r
      join payment p on p.branch_id = r.branch_id and p.id = r.payment_id
      where r.state <> 'failed'
      group by p.branch_id, p.id having sum(r.amount_minor) > coalesce(p.received_minor, 0)`,
  },
  {
    name: 'every refund is booked as it stands',
    problems: `
      select format('%s is %s: %s from the balance, %s from the gateway', r.id, r.state,
        coalesce(b.held, 0), coalesce(b.cash, 0)) as problem
      from refund r
      left join lateral (
        select sum(e.amount_minor) filter (where e.code = 'balance:' || r.client_id) as held,
          -sum(e.amount_minor) filter (where e.code = 'cash:' || r.gateway_id) as cash
        from ledger_txn t
        join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
        where t.branch_id = r.branch_id and t.document_id = r.payment_id
          and (t.cause like 'refund:' || r.id || ':%' or t.cause like 'refund:' || r.id || '-%')
      ) b on true
      where coalesce(b.held, 0) <> case r.state when 'failed' then 0 else r.amount_minor end
        or coalesce(b.cash, 0) <> case r.state when 'done' then r.amount_minor else 0 end`,
  },
  {
    name: 'every refund that is done has its document, and no other has',
    problems: `
      select format('%s is %s, its document is %s', r.id, r.state, coalesce(n.id, 'missing'))
        as problem
      from refund r
      full join refund_note n on n.branch_id = r.branch_id and n.refund_id = r.id
      -- Refunds of older times had none.
      where case when r.state = 'done'
        then coalesce(n.amount_minor, 0) <> r.amount_minor
          and r.finished_at >= (select min(issued_at) from refund_note)
        else n.id is not null end`,
  },
  {
    name: 'an invoice is charged to saved cards once',
    problems: `
      select format('%s was charged %s times', invoice_id, count(*)) as problem
      from payment
      where saved_method_id is not null and invoice_id is not null and state = 'succeeded'
      group by branch_id, invoice_id having count(*) > 1`,
  },
  {
    name: 'a saved card is of the client who paid with it, and forgotten once removed',
    problems: `
      select format('%s of %s is %s', m.id, m.client_id, m.state) as problem
      from saved_method m
      left join payment p on p.branch_id = m.branch_id and p.id = m.payment_id
      where p.client_id is distinct from m.client_id or p.state is distinct from 'succeeded'
        or not p.save_method
        or (m.state = 'removed' and m.sealed is not null and m.forget_at is null
          and m.forgets < 40)`,
  },
];

/** Checks payments against the ledger. For `npm run verify`. */
export function verifyPayments(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
