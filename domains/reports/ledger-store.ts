import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Span } from './book.ts';

/** Amounts are minor units; debits positive. */
export type Turnover = {
  code: string;
  currency: string;
  openingMinor: bigint;
  debitMinor: bigint;
  creditMinor: bigint;
};

/** Accounts that are one a client or reseller are summed by what they are. */
const GROUP = sql`case when split_part(code, ':', 1) in ('receivable', 'balance', 'wallet')
  then split_part(code, ':', 1) else code end`;

const GROUPS_MAX = 500;

/**
 * A book by groups of accounts over all branches. Today's balances less what came later, so that
 * only the transactions since the first day are read, however old the book is.
 */
export async function selectTrialBalance(
  ctx: Ctx,
  sellerId: string,
  { startAt, endAt }: Span,
): Promise<Turnover[]> {
  const { rows } = await sql<Turnover>`
    with moved as (
      select ${GROUP} as code, e.currency, ${turnovers(endAt)}
      from ledger_txn t join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
      where t.at >= ${startAt} and e.book = ${sellerId}
      group by 1, 2
    ), stands as (
      select ${GROUP} as code, currency, sum(balance_minor) as balance
      from ledger_account where book = ${sellerId} group by 1, 2
    )
    select s.code, s.currency,
      (s.balance - coalesce(m.later + m.debit - m.credit, 0))::bigint as "openingMinor",
      coalesce(m.debit, 0)::bigint as "debitMinor", coalesce(m.credit, 0)::bigint as "creditMinor"
    from stands s left join moved m using (code, currency)
    where s.balance <> coalesce(m.later, 0) or m.debit > 0 or m.credit > 0
    order by s.currency, s.code limit ${GROUPS_MAX}`.execute(ctx.tx);
  return rows;
}

/** Columns over entries `e` of transactions `t`: within the span, and after it. */
function turnovers(endAt: Temporal.Instant) {
  return sql`
    coalesce(sum(e.amount_minor) filter (where t.at >= ${endAt}), 0) as later,
    coalesce(sum(e.amount_minor) filter (where t.at < ${endAt} and e.amount_minor > 0), 0) as debit,
    coalesce(-sum(e.amount_minor) filter (where t.at < ${endAt} and e.amount_minor < 0), 0) as credit`;
}

export type AccountsPage = { group: string; cursor?: string | undefined; limit: number };

/** The accounts of one group by code, one row more than the page holds. */
export async function selectAccounts(
  ctx: Ctx,
  sellerId: string,
  { startAt, endAt }: Span,
  page: AccountsPage,
): Promise<Turnover[]> {
  const [afterCode = '', afterCurrency = ''] = page.cursor?.split(' ') ?? [];
  const { rows } = await sql<Turnover>`
    with account as (
      select code, currency, sum(balance_minor) as balance
      from ledger_account
      where book = ${sellerId} and (code = ${page.group}
          or (code >= ${`${page.group}:`} and code < ${`${page.group};`}))
        and (code, currency) > (${afterCode}, ${afterCurrency})
      group by code, currency order by code, currency limit ${page.limit + 1}
    )
    select a.code, a.currency,
      (a.balance - m.later - m.debit + m.credit)::bigint as "openingMinor",
      m.debit::bigint as "debitMinor", m.credit::bigint as "creditMinor"
    from account a cross join lateral (
      select ${turnovers(endAt)}
      from ledger_account b
      join ledger_entry e using (branch_id, book, code, currency)
      join ledger_txn t on t.branch_id = e.branch_id and t.id = e.txn_id
      where b.book = ${sellerId} and b.code = a.code and b.currency = a.currency
        and t.at >= ${startAt}
    ) m
    order by a.code, a.currency`.execute(ctx.tx);
  return rows;
}

export type AccountEntry = {
  branch: number;
  txnId: string;
  no: number;
  kind: string;
  cause: string;
  documentId: string | null;
  /** Of an invoice or credit note. */
  series: string | null;
  number: number | null;
  at: Temporal.Instant;
  minor: bigint;
};

export type EntriesPage = {
  code: string;
  currency: string;
  cursor?: string | undefined;
  limit: number;
};

/** What moved on an account of all branches, newest first, one row more than the page holds. */
export async function selectEntries(
  ctx: Ctx,
  sellerId: string,
  { startAt, endAt }: Span,
  page: EntriesPage,
): Promise<AccountEntry[]> {
  const before = cursorOf(page.cursor);
  const { rows } = await sql<AccountEntry>`
    select e.branch_id as branch, e.txn_id as "txnId", e.no, t.kind, t.cause,
      t.document_id as "documentId", i.series, i.number, t.at, e.amount_minor as minor
    from ledger_account b
    join ledger_entry e using (branch_id, book, code, currency)
    join ledger_txn t on t.branch_id = e.branch_id and t.id = e.txn_id
    left join invoice i on i.branch_id = t.branch_id and i.id = t.document_id
    where b.book = ${sellerId} and b.code = ${page.code} and b.currency = ${page.currency}
      and t.at >= ${startAt} and t.at < ${endAt}
      and (t.at, e.txn_id, e.no)
        < (${before.at}::timestamptz, ${before.txnId}::text, ${before.no}::int)
    order by t.at desc, e.txn_id desc, e.no desc limit ${page.limit + 1}`.execute(ctx.tx);
  return rows;
}

/** Names the place after an entry in a list by time. */
export function entryCursor({ at, txnId, no }: AccountEntry): string {
  return `${at} ${txnId} ${no}`;
}

/** A cursor somebody made up shows the list from its start. */
function cursorOf(cursor: string | undefined): { at: string; txnId: string; no: number } {
  const [at = '', txnId = '', no = ''] = cursor?.split(' ') ?? [];
  try {
    return { at: Temporal.Instant.from(at).toString(), txnId, no: Number.parseInt(no, 10) || 0 };
  } catch {
    return { at: 'infinity', txnId: '', no: 0 };
  }
}
