import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { DEFERRED_REVENUE } from '#domains/ledger/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Months } from './months.ts';

type Sql = RawBuilder<unknown>;

/** `used` of recognition.ts: the net amount less HALF_UP of its unused days. */
function usedBefore(day: Sql): Sql {
  return sql`case when ${day} <= l.period_start then 0 when ${day} >= l.period_end then l.net_minor
    else l.net_minor - (2 * l.net_minor * (l.period_end - ${day}) + (l.period_end - l.period_start))
      / (2 * (l.period_end - l.period_start)) end`;
}

function creditedBefore(at: Sql): Sql {
  return sql`case when l.credited_at is null then 0 else coalesce((
    select sum(c.minor)::bigint from unnest(l.credited_at, l.credited_minor) as c (at, minor)
    where c.at < ${at}), 0) end`;
}

/** `recognisedBefore` of recognition.ts in SQL; a test holds them together. */
function recognisedBefore(day: Sql, at: Sql): Sql {
  return sql`case when l.issued_at >= ${at} then 0
    else least(${usedBefore(day)}, l.net_minor - ${creditedBefore(at)}) end`;
}

/**
 * The lines that can be earned, or taken back, within the months: a line that was served and not
 * credited before them has nothing left to say. Voiding is a credit of the whole line.
 */
function linesWithin(sellerId: string, { first, firstAt, endAt }: Months): Sql {
  return sql`
    credit as (
      select c.branch_id, c.corrects_id as invoice_id, l.corrects_no as no, c.issued_at as at,
        l.net_minor
      from invoice c
      join invoice_line l on l.branch_id = c.branch_id and l.invoice_id = c.id
      where c.seller_id = ${sellerId} and c.kind = 'credit-note' and c.issued_at < ${endAt}
      union all
      select i.branch_id, i.id, l.no, t.at, l.net_minor
      from invoice i
      join ledger_txn t on t.branch_id = i.branch_id and t.cause = 'void:' || i.id
      join invoice_line l on l.branch_id = i.branch_id and l.invoice_id = i.id
      where i.seller_id = ${sellerId} and i.state = 'void' and t.at < ${endAt}
    ), credited as (
      select branch_id, invoice_id, no, array_agg(at) as credited_at,
        array_agg(net_minor) as credited_minor, max(at) as last_at
      from credit group by 1, 2, 3
    ), line as (
      select i.branch_id, i.id as invoice_id, i.series, i.number, i.currency, i.issued_at,
        i.buyer_details -> 'name' as buyer_name, l.no, l.item_id, l.description, l.net_minor,
        l.period_start, l.period_end, k.credited_at, k.credited_minor, k.last_at,
        i.tax_place, i.prices_include_tax, l.tax_rate_bp, l.tax_minor
      from invoice i
      join invoice_line l on l.branch_id = i.branch_id and l.invoice_id = i.id
      left join credited k
        on k.branch_id = l.branch_id and k.invoice_id = l.invoice_id and k.no = l.no
      where i.seller_id = ${sellerId} and i.kind = 'invoice' and i.issued_at < ${endAt}
        and (l.period_end > ${first}::date or i.issued_at >= ${firstAt} or k.last_at >= ${firstAt})
    )`;
}

function monthRows({ days, instants }: Months): Sql {
  return sql`month as (
    select no::int - 1 as month, day, at, next_day, next_at from (
      select no, day, at, lead(day) over (order by no) as next_day,
        lead(at) over (order by no) as next_at
      from unnest(${days.map(String)}::date[], ${instants.map(String)}::timestamptz[])
        with ordinality as b (day, at, no)) b
    where next_day is not null)`;
}

const TOUCHED = sql`l.issued_at < m.next_at and l.period_start < m.next_day
  and (l.period_end > m.day or l.issued_at >= m.at or l.last_at >= m.at)`;

const IN_MONTH = sql`${recognisedBefore(sql`m.next_day`, sql`m.next_at`)}
  - ${recognisedBefore(sql`m.day`, sql`m.at`)}`;

export type Earned = {
  /** Counted from the first month asked for. */
  month: number;
  currency: string;
  itemId: string;
  name: { ru: string; en: string };
  minor: bigint;
};

const ITEMS_MAX = 20_000;

/** Revenue recognised, by month, currency and product. */
export async function selectEarned(ctx: Ctx, sellerId: string, months: Months): Promise<Earned[]> {
  const { rows } = await sql<Earned>`
    with ${linesWithin(sellerId, months)}, ${monthRows(months)}
    select m.month, l.currency, l.item_id as "itemId", any_value(l.description) as name,
      sum(${IN_MONTH})::bigint as minor
    from line l join month m on ${TOUCHED}
    group by 1, 2, 3 order by 2, 3, 1 limit ${ITEMS_MAX}`.execute(ctx.tx);
  return rows;
}

/** What was earned of a branch in a part of a span, with the tax it was charged with. */
export type EarnedTaxed = {
  /** Counted from the first part. */
  part: number;
  branch: number;
  currency: string;
  place: string;
  rateBp: number;
  included: boolean;
  netMinor: bigint;
  taxMinor: bigint;
};

/** Revenue recognised, by branch and by how it was taxed when it was charged. */
export async function selectEarnedTaxed(
  ctx: Ctx,
  sellerId: string,
  parts: Months,
): Promise<EarnedTaxed[]> {
  const { rows } = await sql<EarnedTaxed>`
    with ${linesWithin(sellerId, parts)}, ${monthRows(parts)}, share as (
      select m.month as part, l.*, ${IN_MONTH} as minor from line l join month m on ${TOUCHED}
    )
    select part, branch_id as branch, currency, tax_place as place, tax_rate_bp as "rateBp",
      prices_include_tax as included, sum(minor)::bigint as "netMinor",
      coalesce(sum(round(minor::numeric * tax_minor / nullif(net_minor, 0))), 0)::bigint
        as "taxMinor"
    from share where minor <> 0 group by 1, 2, 3, 4, 5, 6
    order by 2, 3, 1, 4, 5, 6`.execute(ctx.tx);
  return rows;
}

export type EarnedLineRow = {
  invoiceId: string;
  series: string;
  number: number;
  no: number;
  buyerName: { ru: string; en: string };
  description: { ru: string; en: string };
  periodStart: Temporal.PlainDate;
  periodEnd: Temporal.PlainDate;
  netMinor: bigint;
  minor: bigint;
};

export type EarnedLinesPage = {
  itemId: string;
  currency: string;
  cursor?: string | undefined;
  limit: number;
};

/** The invoice lines behind one figure, one row more than the page holds. */
export async function selectEarnedLines(
  ctx: Ctx,
  sellerId: string,
  months: Months,
  page: EarnedLinesPage,
): Promise<EarnedLineRow[]> {
  const [invoiceId = '', no = '0'] = page.cursor?.split(' ') ?? [];
  const { rows } = await sql<EarnedLineRow>`
    with ${linesWithin(sellerId, months)}, ${monthRows(months)}, share as (
      select l.invoice_id, l.no, l.series, l.number, l.buyer_name, l.description, l.period_start,
        l.period_end, l.net_minor, sum(${IN_MONTH})::bigint as minor
      from line l join month m on ${TOUCHED}
      where l.item_id = ${page.itemId} and l.currency = ${page.currency}
        and (l.invoice_id, l.no) > (${invoiceId}::text, ${Number.parseInt(no, 10) || 0}::int)
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    )
    select invoice_id as "invoiceId", series, number, no, buyer_name as "buyerName", description,
      period_start as "periodStart", period_end as "periodEnd", net_minor as "netMinor", minor
    from share where minor <> 0
    order by invoice_id, no limit ${page.limit + 1}`.execute(ctx.tx);
  return rows;
}

export type DeferredOpening = { currency: string; minor: bigint };

/** What was invoiced and still to be earned when the first month began, from the lines. */
export async function selectDeferred(
  ctx: Ctx,
  sellerId: string,
  months: Months,
): Promise<DeferredOpening[]> {
  const [day, at] = [sql`${months.first}::date`, sql`${months.firstAt}::timestamptz`];
  const { rows } = await sql<DeferredOpening>`
    with ${linesWithin(sellerId, months)}
    select l.currency,
      sum(l.net_minor - ${creditedBefore(at)} - ${recognisedBefore(day, at)})::bigint as minor
    from line l where l.issued_at < ${at} group by 1 order by 1`.execute(ctx.tx);
  return rows;
}

export type Flow = {
  month: number;
  currency: string;
  invoicedMinor: bigint;
  creditedMinor: bigint;
};

/** Net amounts invoiced, and credited or voided, by month, from the documents. */
export async function selectFlows(ctx: Ctx, sellerId: string, months: Months): Promise<Flow[]> {
  const { rows } = await sql<Flow>`
    with ${monthRows(months)}, flow as (${documentFlows(sellerId, months)})
    select m.month, f.currency, sum(f.invoiced)::bigint as "invoicedMinor",
      sum(f.credited)::bigint as "creditedMinor"
    from flow f join month m on f.at >= m.at and f.at < m.next_at
    group by 1, 2 order by 2, 1`.execute(ctx.tx);
  return rows;
}

function documentFlows(sellerId: string, { endAt }: Months): Sql {
  return sql`
    select currency, issued_at as at,
      case when kind = 'invoice' then net_minor else 0 end as invoiced,
      case when kind = 'invoice' then 0 else net_minor end as credited
    from invoice where seller_id = ${sellerId} and issued_at < ${endAt}
    union all
    select i.currency, t.at, 0, i.net_minor
    from invoice i
    join ledger_txn t on t.branch_id = i.branch_id and t.cause = 'void:' || i.id
    where i.seller_id = ${sellerId} and i.state = 'void' and t.at < ${endAt}`;
}

export type Standing = {
  currency: string;
  /** What the account would hold, had no revenue been posted. */
  ledgerMinor: bigint;
  postedMinor: bigint;
  documentsMinor: bigint;
};

/** At the end of the months: what the ledger's account holds, and what the documents say it is. */
export async function selectStanding(
  ctx: Ctx,
  sellerId: string,
  months: Months,
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    with account as (
      select currency, sum(balance_minor) as minor from ledger_account
      where book = ${sellerId} and code = ${DEFERRED_REVENUE} group by 1
    ), posted as (
      select e.currency, sum(e.amount_minor) as minor
      from ledger_txn t join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
      where t.kind = 'revenue' and t.at < ${months.endAt}
        and e.book = ${sellerId} and e.code = ${DEFERRED_REVENUE}
      group by 1
    ), later as (
      select e.currency, sum(e.amount_minor) as minor
      from ledger_txn t join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
      where t.at >= ${months.endAt} and e.book = ${sellerId} and e.code = ${DEFERRED_REVENUE}
      group by 1
    ), document as (
      select currency, sum(invoiced - credited) as minor
      from (${documentFlows(sellerId, months)}) f group by 1
    )
    select currency,
      (coalesce(l.minor, 0) + coalesce(p.minor, 0) - a.minor)::bigint as "ledgerMinor",
      coalesce(p.minor, 0)::bigint as "postedMinor",
      coalesce(d.minor, 0)::bigint as "documentsMinor"
    from account a left join later l using (currency) left join posted p using (currency)
    left join document d using (currency)
    order by currency`.execute(ctx.tx);
  return rows;
}
