import { sql } from 'kysely';
import { balanceCode, receivableCode } from '#domains/ledger/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Span } from './book.ts';

/** How long over the due date an amount is: not yet, and up to 30, 60, 90 days, and more. */
export const AGES = ['notDue', 'to30', 'to60', 'to90', 'over90'] as const;
export type Age = (typeof AGES)[number];

export type Debt = {
  buyerKind: 'client' | 'seller';
  buyerId: string;
  name: { ru: string; en: string };
  currency: string;
  totalMinor: bigint;
} & Record<Age, bigint>;

/** The end of a local day at which debts are looked at. */
export type AsOf = Pick<Span, 'endAt'> & { on: Temporal.PlainDate };

/**
 * Invoices of a seller with what was open on them at the end of that day: today's open amount less
 * what the ledger posted to the receivable since then. Debtors are found by their accounts, so
 * paid invoices of others are never read.
 */
function openInvoices(sellerId: string, { on, endAt }: AsOf) {
  return sql`
    later as (
      select e.branch_id, t.document_id as id, sum(e.amount_minor) as minor
      from ledger_txn t join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
      where t.at >= ${endAt} and e.book = ${sellerId}
        and e.code >= 'receivable:' and e.code < 'receivable;'
      group by 1, 2
    ), candidate as (
      select i.branch_id, i.id
      from ledger_account a
      join invoice i on i.branch_id = a.branch_id and i.buyer_id = substr(a.code, 12)
      where a.book = ${sellerId} and a.code >= 'receivable:' and a.code < 'receivable;'
        and a.balance_minor <> 0 and i.state = 'issued'
      union select branch_id, id from later
    ), open_invoice as (
      select i.*, ${on}::date - i.due_on as days_over,
        (case when i.state = 'issued' then i.total_minor - i.paid_minor else 0 end)
          - coalesce(l.minor, 0) as open_minor
      from candidate c
      join invoice i on i.branch_id = c.branch_id and i.id = c.id
      left join later l on l.branch_id = i.branch_id and l.id = i.id
      where i.seller_id = ${sellerId} and i.kind = 'invoice' and i.issued_at < ${endAt}
    ), debt as (select * from open_invoice where open_minor > 0)`;
}

const BY_AGE = sql`
  sum(open_minor)::bigint as "totalMinor",
  coalesce(sum(open_minor) filter (where days_over < 0), 0)::bigint as "notDue",
  coalesce(sum(open_minor) filter (where days_over between 0 and 30), 0)::bigint as to30,
  coalesce(sum(open_minor) filter (where days_over between 31 and 60), 0)::bigint as to60,
  coalesce(sum(open_minor) filter (where days_over between 61 and 90), 0)::bigint as to90,
  coalesce(sum(open_minor) filter (where days_over > 90), 0)::bigint as over90`;

/** By buyer, the greatest debt first, one row more than the page holds. */
export async function selectDebts(
  ctx: Ctx,
  sellerId: string,
  asOf: AsOf,
  page: { cursor?: string | undefined; limit: number },
): Promise<Debt[]> {
  const [minor = '', buyerId = '', currency = ''] = page.cursor?.split(' ') ?? [];
  const from = /^\d{1,18}$/.test(minor) ? minor : null;
  const { rows } = await sql<Debt>`
    with ${openInvoices(sellerId, asOf)}, buyer as (
      select buyer_kind as "buyerKind", buyer_id as "buyerId", currency,
        any_value(buyer_details -> 'name') as name, ${BY_AGE}
      from debt group by 1, 2, 3
    )
    select * from buyer
    where ${from}::bigint is null or "totalMinor" < ${from}::bigint
      or ("totalMinor" = ${from}::bigint and ("buyerId", currency) > (${buyerId}, ${currency}))
    order by "totalMinor" desc, "buyerId", currency limit ${page.limit + 1}`.execute(ctx.tx);
  return rows;
}

export function debtCursor({ totalMinor, buyerId, currency }: Debt): string {
  return `${totalMinor} ${buyerId} ${currency}`;
}

export type DebtTotal = Record<Age, bigint> & { currency: string; totalMinor: bigint };

export async function selectDebtTotals(
  ctx: Ctx,
  sellerId: string,
  asOf: AsOf,
): Promise<DebtTotal[]> {
  const { rows } = await sql<DebtTotal>`
    with ${openInvoices(sellerId, asOf)}
    select currency, ${BY_AGE} from debt group by currency order by currency`.execute(ctx.tx);
  return rows;
}

export type OpenInvoice = {
  id: string;
  series: string;
  number: number;
  issuedOn: Temporal.PlainDate;
  dueOn: Temporal.PlainDate;
  daysOver: number;
  currency: string;
  totalMinor: bigint;
  openMinor: bigint;
};

const OPEN_MAX = 1_000;

/** The invoices behind one buyer's debt, the oldest due date first. */
export async function selectOpenInvoices(
  ctx: Ctx,
  sellerId: string,
  asOf: AsOf,
  buyerId: string,
): Promise<OpenInvoice[]> {
  const { rows } = await sql<OpenInvoice>`
    with ${openInvoices(sellerId, asOf)}
    select id, series, number, issued_on as "issuedOn", due_on as "dueOn",
      days_over as "daysOver", currency, total_minor as "totalMinor",
      open_minor::bigint as "openMinor"
    from debt where buyer_id = ${buyerId}
    order by due_on, issued_at, id limit ${OPEN_MAX}`.execute(ctx.tx);
  return rows;
}

export type StatementMove = {
  txnId: string;
  kind: string;
  documentId: string | null;
  series: string | null;
  number: number | null;
  at: Temporal.Instant;
  /** Above zero: the client owes more. */
  minor: bigint;
};

type Holder = { id: string; branch: number; sellerId: string; currency: string };

/** Debt and money held together: below zero, we hold the client's money. */
export async function selectOwedBefore(
  ctx: Ctx,
  client: Holder,
  at: Temporal.Instant,
): Promise<bigint> {
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(sum(e.amount_minor), 0)::bigint as minor
    from ledger_entry e join ledger_txn t on t.branch_id = e.branch_id and t.id = e.txn_id
    where ${ofClient(client)} and t.at < ${at}`.execute(ctx.tx);
  return rows[0]?.minor ?? 0n;
}

/** What changed it, oldest first; what only moved from the balance to an invoice did not. */
export async function selectMoves(
  ctx: Ctx,
  client: Holder,
  { startAt, endAt }: Span,
  limit: number,
): Promise<StatementMove[]> {
  const { rows } = await sql<StatementMove>`
    select t.id as "txnId", t.kind, t.document_id as "documentId", i.series, i.number, t.at,
      sum(e.amount_minor)::bigint as minor
    from ledger_entry e
    join ledger_txn t on t.branch_id = e.branch_id and t.id = e.txn_id
    left join invoice i on i.branch_id = t.branch_id and i.id = t.document_id
    where ${ofClient(client)} and t.at >= ${startAt} and t.at < ${endAt}
    group by t.branch_id, t.id, i.branch_id, i.id
    having sum(e.amount_minor) <> 0
    order by t.at, t.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

function ofClient({ id, branch, sellerId, currency }: Holder) {
  return sql`e.branch_id = ${branch} and e.book = ${sellerId}
    and e.code in (${receivableCode(id)}, ${balanceCode(id)}) and e.currency = ${currency}`;
}
