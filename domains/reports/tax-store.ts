import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Months } from './months.ts';

/** Net amounts and tax by place and rate: of invoices, and of what took them back. */
export type TaxTurnover = {
  currency: string;
  place: string;
  rateBp: number;
  issuedNetMinor: bigint;
  issuedTaxMinor: bigint;
  creditedNetMinor: bigint;
  creditedTaxMinor: bigint;
};

/** What documents of a span were taxed with; voiding takes back on its own day. */
export async function selectTaxTurnover(
  ctx: Ctx,
  sellerId: string,
  { firstAt, endAt }: Pick<Months, 'firstAt' | 'endAt'>,
): Promise<TaxTurnover[]> {
  const { rows } = await sql<TaxTurnover>`
    with document as (
      select branch_id, id, currency, tax_place, kind = 'credit-note' as back from invoice
      where seller_id = ${sellerId} and issued_at >= ${firstAt} and issued_at < ${endAt}
      union all
      select i.branch_id, i.id, i.currency, i.tax_place, true from invoice i
      join ledger_txn t on t.branch_id = i.branch_id and t.cause = 'void:' || i.id
      where i.seller_id = ${sellerId} and i.state = 'void'
        and t.at >= ${firstAt} and t.at < ${endAt}
    )
    select d.currency, d.tax_place as place, l.tax_rate_bp as "rateBp",
      coalesce(sum(l.net_minor) filter (where not d.back), 0)::bigint as "issuedNetMinor",
      coalesce(sum(l.tax_minor) filter (where not d.back), 0)::bigint as "issuedTaxMinor",
      coalesce(sum(l.net_minor) filter (where d.back), 0)::bigint as "creditedNetMinor",
      coalesce(sum(l.tax_minor) filter (where d.back), 0)::bigint as "creditedTaxMinor"
    from document d
    join invoice_line l on l.branch_id = d.branch_id and l.invoice_id = d.id
    group by 1, 2, 3 order by 1, 2, 3`.execute(ctx.tx);
  return rows;
}
