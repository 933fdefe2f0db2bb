import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every document is what its lines sum to',
    problems: `
      select format('%s: lines %s + %s, document %s + %s', i.id, sum(l.net_minor),
        sum(l.tax_minor), i.net_minor, i.tax_minor) as problem
      from invoice i
      left join invoice_line l on l.branch_id = i.branch_id and l.invoice_id = i.id
      group by i.branch_id, i.id
      having (sum(l.net_minor), sum(l.tax_minor)) is distinct from (i.net_minor, i.tax_minor)`,
  },
  {
    name: 'every line belongs to a document',
    problems: `
      select format('%s line %s', l.invoice_id, l.no) as problem
      from invoice_line l
      left join invoice i on i.branch_id = l.branch_id and i.id = l.invoice_id
      where i.id is null`,
  },
  {
    name: 'numbers run without gap or repeat in every series',
    problems: `
      select format('%s %s: %s documents, numbers %s to %s', seller_id, series, count(*),
        min(number), max(number)) as problem
      from (
        select seller_id, series, number from invoice
        union all select seller_id, series, number from refund_note
      ) document group by seller_id, series
      having min(number) <> 1 or max(number) <> count(*) or count(distinct number) <> count(*)`,
  },
  {
    name: 'every series goes on where its documents end',
    problems: `
      select format('%s %s %s: next is %s after %s documents', n.seller_id, n.kind, n.year,
        n.next_no, count(i.series)) as problem
      from number_series n
      left join (
        select seller_id, kind, series from invoice
        union all select seller_id, 'refund', series from refund_note
      ) i on i.seller_id = n.seller_id and i.kind = n.kind and i.series =
        case n.kind when 'invoice' then 'INV-' when 'refund' then 'RF-' else 'CN-' end || n.year
      group by n.seller_id, n.kind, n.year, n.next_no
      having n.next_no <> count(i.series) + 1`,
  },
  {
    name: 'what an invoice says was paid is what the ledger took for it',
    problems: `
      select format('%s says %s, the ledger %s', i.id, i.paid_minor, coalesce(p.minor, 0)) as problem
      from invoice i
      left join (
        -- Paid as it was issued, it was never a receivable.
        select t.branch_id, t.document_id, e.book,
          sum(case t.kind when 'invoice' then e.amount_minor else -e.amount_minor end) as minor
        from ledger_txn t
        join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
        where (t.kind = 'payment' and e.code like 'receivable:%')
          or (t.kind = 'invoice' and (e.code like 'balance:%' or e.code like 'wallet:%'))
        group by t.branch_id, t.document_id, e.book
      ) p on p.branch_id = i.branch_id and p.document_id = i.id and p.book = i.seller_id
      where i.paid_minor <> coalesce(p.minor, 0)`,
  },
  {
    name: 'what buyers owe in the ledger is what is due on their invoices',
    problems: `
      with owed as (
        select branch_id, book, substr(code, 12) as buyer_id, currency, sum(balance_minor) as minor
        from ledger_account where code like 'receivable:%' group by 1, 2, 3, 4
      ), due as (
        select branch_id, seller_id as book, buyer_id, currency,
          sum(total_minor - paid_minor) as minor
        from invoice where kind = 'invoice' and state = 'issued' group by 1, 2, 3, 4
      )
      select format('%s owes %s in the ledger, %s on invoices of %s (%s)', buyer_id,
        coalesce(owed.minor, 0), coalesce(due.minor, 0), book, currency) as problem
      from owed full join due using (branch_id, book, buyer_id, currency)
      where coalesce(owed.minor, 0) <> coalesce(due.minor, 0)`,
  },
  {
    name: 'every document that costs something is posted once',
    problems: `
      select format('%s has %s postings', i.id, count(t.id)) as problem
      from invoice i
      left join ledger_txn t on t.branch_id = i.branch_id and t.document_id = i.id
        and t.kind = i.kind
      group by i.branch_id, i.id having count(t.id) <> 1`,
  },
  {
    name: 'no package and no add-on is charged twice for the same days',
    problems: `
      select format('%s: %s %s and %s overlap from %s', a.subscription_id, a.item_id, a.invoice_id,
        b.invoice_id, greatest(a.period_start, b.period_start)) as problem
      from invoice_line a
      join invoice_line b on b.branch_id = a.branch_id and b.subscription_id = a.subscription_id
        and b.item_id = a.item_id and b.kind = a.kind
        and b.entitlement_id is not distinct from a.entitlement_id
        and (b.invoice_id, b.no) > (a.invoice_id, a.no)
        and b.period_start < a.period_end and a.period_start < b.period_end
      join invoice i on i.branch_id = a.branch_id and i.id = a.invoice_id
      join invoice j on j.branch_id = b.branch_id and j.id = b.invoice_id
      where a.subscription_id is not null and (a.kind = 'package' or a.entitlement_id is not null)
        and i.kind = 'invoice' and j.kind = 'invoice' and i.state <> 'void' and j.state <> 'void'
        -- A change of the plan gives back what is unused and charges the same days anew.
        and j.cause not like 'plan-change:%'
        and i.seller_id = j.seller_id and i.buyer_id = j.buyer_id`,
  },
  {
    name: 'no line is credited beyond what it cost',
    problems: `
      select format('%s line %s cost %s, credited %s', l.invoice_id, l.no, l.amount_minor,
        sum(c.amount_minor)) as problem
      from invoice n
      join invoice_line c on c.branch_id = n.branch_id and c.invoice_id = n.id
      join invoice_line l on l.branch_id = n.branch_id and l.invoice_id = n.corrects_id
        and l.no = c.corrects_no
      where n.kind = 'credit-note'
      group by l.branch_id, l.invoice_id, l.no, l.amount_minor, l.refundable
      having sum(c.amount_minor) > l.amount_minor
        -- What is not refunded is given back only if it was never delivered.
        or (not l.refundable and bool_or(n.cause not like 'undelivered:%' and c.amount_minor > 0))`,
  },
  {
    name: 'what was written off is what was left to pay',
    problems: `
      select format('%s: %s of %s paid, %s written off', i.id, i.paid_minor, i.total_minor,
        coalesce(w.amount_minor, 0)) as problem
      from invoice i
      left join write_off w on w.branch_id = i.branch_id and w.invoice_id = i.id
      where (i.state = 'written-off') <> (w.invoice_id is not null)
        or (w.invoice_id is not null and w.amount_minor <> i.total_minor - i.paid_minor)`,
  },
];

/** Recomputes what documents say from their lines and the ledger. For `npm run verify`. */
export function verifyBilling(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
