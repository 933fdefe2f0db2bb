import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every ledger transaction sums to zero in each book and currency',
    problems: `
      select format('%s in book %s is off by %s %s', txn_id, book, sum(amount_minor), currency)
        as problem
      from ledger_entry group by branch_id, txn_id, book, currency
      having sum(amount_minor) <> 0`,
  },
  {
    name: 'every balance is the sum of its entries',
    problems: `
      select format('%s %s %s in branch %s stands at %s, its entries sum to %s',
        a.book, a.code, a.currency, a.branch_id, a.balance_minor, coalesce(e.total, 0)) as problem
      from ledger_account a
      left join (
        select branch_id, book, code, currency, sum(amount_minor) as total
        from ledger_entry group by branch_id, book, code, currency
      ) e using (branch_id, book, code, currency)
      where a.balance_minor <> coalesce(e.total, 0)`,
  },
  {
    name: 'the whole ledger sums to zero',
    problems: `
      select format('all %s accounts sum to %s', currency, sum(balance_minor)) as problem
      from ledger_account group by currency having sum(balance_minor) <> 0`,
  },
  {
    name: 'no account is beyond its limit',
    problems: `
      select format('%s %s stands at %s %s', book, code, balance_minor, currency) as problem
      from ledger_account where balance_minor > ceiling_minor`,
  },
  {
    name: 'no cause is posted twice',
    problems: `
      select format('%s in branch %s is posted %s times', cause, branch_id, count(*)) as problem
      from ledger_txn group by branch_id, cause having count(*) > 1`,
  },
  {
    name: "a reseller's book and its parent's agree on the wallet",
    problems: `
      with held as (
        select branch_id, substr(code, 8) as seller_id, currency, sum(balance_minor) as minor
        from ledger_account where code like 'wallet:%' group by 1, 2, 3
      ), own as (
        select branch_id, book as seller_id, currency, balance_minor as minor
        from ledger_account where code = 'wallet-at-parent'
      )
      select format('%s: %s held by the parent, %s in its own book (%s)', seller_id,
        -coalesce(held.minor, 0), coalesce(own.minor, 0), currency) as problem
      from held full join own using (branch_id, seller_id, currency)
      where coalesce(held.minor, 0) + coalesce(own.minor, 0) <> 0`,
  },
];

/** Recomputes the ledger from its entries. Reads everything: for `npm run verify`, not for a page. */
export function verifyLedger(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
