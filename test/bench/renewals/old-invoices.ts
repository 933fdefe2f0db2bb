import { sql } from 'kysely';
import type { Db } from '#platform/database/database.ts';

const AT_ONCE = 100_000;

/**
 * That many paid invoices of earlier years with a line each, as the packages of the base had them,
 * package by package, so that indexes grow at their ends. Triggers are off while they are written: they are a burden to be carried, not a result.
 */
export async function addOldInvoices(db: Db, count: number): Promise<void> {
  if (count === 0) return;
  await sql`alter table invoice disable trigger user`.execute(db);
  await sql`alter table invoice_line disable trigger user`.execute(db);
  const packages = await sql<{ count: number }>`
    select count(*)::int as count from subscription`.execute(db);
  const each = Math.ceil(count / (packages.rows[0]?.count ?? 1));
  for (let from = 0; from < count; from += AT_ONCE) {
    await insertSome(db, each, from, Math.min(count, from + AT_ONCE));
  }
  await sql`alter table invoice enable trigger user`.execute(db);
  await sql`alter table invoice_line enable trigger user`.execute(db);
  await sql`vacuum analyze`.execute(db);
  await sql`checkpoint`.execute(db).catch(() => {});
}

async function insertSome(db: Db, each: number, from: number, to: number): Promise<void> {
  await sql`
    with package as (
      select s.*, row_number() over (order by branch_id, id) - 1 as nth from subscription s
    ), old as (
      select n, 'old_' || lpad(n::text, 20, '0') as old_id, p.*
      from generate_series(${from}::int, ${to - 1}::int) n
      join package p on p.nth = n / ${each}::int
    ), written as (
      insert into invoice (branch_id, id, kind, series, number, seller_id, buyer_kind, buyer_id,
        brand_id, currency, state, issued_at, issued_on, due_on, net_minor, tax_minor, total_minor,
        paid_minor, prices_include_tax, tax_place, seller_details, buyer_details, cause, subject,
        about, language, content_hash)
      select branch_id, old_id, 'invoice', 'INV-2020', n + 1, seller_id, 'client', client_id,
        brand_id, 'RUB', 'paid', '2020-05-10', '2020-05-10', '2020-05-10', 65833, 13167, 79000,
        79000, true, 'RU', jsonb_build_object('name', seller_id),
        jsonb_build_object('name', client_id), 'old:' || n, old_id, domain_name, 'ru', md5(old_id)
      from old
    ), lines as (
      insert into invoice_line (branch_id, invoice_id, no, kind, item_id, subscription_id,
        description, quantity, period_start, period_end, monthly_minor, term_minor, share_part,
        share_whole, term_months, anchor_on, within_start, within_end, proration, list_minor,
        discount_minor, amount_minor, tax_rate_bp, net_minor, tax_minor, refundable)
      select branch_id, old_id, 1, 'package', plan_id, id, '{"ru": "Старый", "en": "Old"}', 1,
        '2020-05-10', '2020-06-10', 79000, 79000, 31, 31, 1, '2020-05-10', '2020-05-10',
        '2020-06-10', 'term-days', 79000, 0, 79000, 2000, 65833, 13167, true
      from old
    )
    insert into ledger_txn (branch_id, id, kind, cause, document_id, at)
    select branch_id, old_id, 'invoice', 'old:' || n, old_id, '2020-05-10' from old`.execute(db);
}
