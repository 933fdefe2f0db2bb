import { sql } from 'kysely';
import type { Db } from '#platform/database/database.ts';

const CHUNK = 5000;
/** Their rows change during the run; all others are written anew. */
const CHANGED: Readonly<Record<string, readonly string[]>> = {
  subscription: ['branch_id', 'id'],
  entitlement: ['branch_id', 'id'],
};
/** What the run writes anew. Rows of the base are told apart by what they say. */
const NEW: Readonly<Record<string, string>> = {
  subscription_period: 'order_id is not null',
  order_request: 'true',
  ledger_txn: `cause not like 'base:%' and cause not like 'demo:%' and cause not like 'old:%'`,
  ledger_entry: `txn_id in (select id from ledger_txn where cause not like 'base:%'
    and cause not like 'demo:%' and cause not like 'old:%')`,
  invoice_line: `invoice_id not like 'old_%'`,
  invoice: `id not like 'old_%'`,
  event: `name in ('order.placed', 'order.done', 'invoice.issued', 'invoice.paid',
    'subscription.extended', 'entitlement.changed')`,
  message: 'true',
};

/** How many rows the run has written. */
export async function countNewRows(db: Db): Promise<number> {
  let count = 0;
  for (const [table, where] of Object.entries(NEW)) {
    const { rows } = await sql
      .raw<{ n: bigint }>(`select count(*) as n from ${table} where ${where}`)
      .execute(db);
    count += Number(rows[0]?.n ?? 0);
  }
  return count;
}

/**
 * Brings what a run has written beside the tables of an equal base, and returns the statements that
 * put it in its place: one `insert … select` or `update … from` a table, for each of so many
 * connections its share of the branches.
 */
export async function stageRows(from: Db, to: Db, connections: number): Promise<string[][]> {
  for (const table of ['ledger_account', ...Object.keys(CHANGED)]) {
    await copyTable(from, to, table, 'true');
  }
  for (const [table, where] of Object.entries(NEW)) await copyTable(from, to, table, where);
  const columns = new Map<string, string[]>();
  for (const table of [...Object.keys(NEW), ...Object.keys(CHANGED)]) {
    columns.set(table, await columnsOf(to, table));
  }
  await sql`analyze`.execute(to);
  return Array.from({ length: connections }, (_, index) =>
    statementsFor(`s.branch_id % ${connections} = ${index}`, columns),
  );
}

function statementsFor(mine: string, columns: ReadonlyMap<string, string[]>): string[] {
  const inserts = Object.keys(NEW).map((table) => {
    const names = (columns.get(table) ?? []).join(', ');
    return `insert into ${table} (${names}) select ${names} from staged_${table} s where ${mine}`;
  });
  const updates = Object.entries(CHANGED).map(([table, key]) => {
    const set = (columns.get(table) ?? []).filter((column) => !key.includes(column));
    return `update ${table} t set ${set.map((c) => `${c} = s.${c}`).join(', ')}
      from staged_${table} s where ${key.map((c) => `t.${c} = s.${c}`).join(' and ')}
      and t is distinct from s and ${mine}`;
  });
  // Accounts first: entries refer to them.
  const accounts = `insert into ledger_account select * from staged_ledger_account s where ${mine}
    on conflict (branch_id, book, code, currency)
    do update set balance_minor = excluded.balance_minor
    where ledger_account.balance_minor <> excluded.balance_minor`;
  return [accounts, ...inserts, ...updates];
}

async function columnsOf(db: Db, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name::text as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'
    order by ordinal_position`.execute(db);
  return rows.map(({ name }) => name);
}

async function copyTable(from: Db, to: Db, table: string, where: string): Promise<void> {
  await sql.raw(`create unlogged table staged_${table} (like ${table})`).execute(to);
  await from.connection().execute(async (session) => {
    await sql.raw(`begin`).execute(session);
    await sql
      .raw(`declare staged cursor for select t::text as row from ${table} t where ${where}`)
      .execute(session);
    for (;;) {
      const { rows } = await sql
        .raw<{ row: string }>(`fetch ${CHUNK} from staged`)
        .execute(session);
      if (rows.length === 0) break;
      const texts = rows.map(({ row }) => row);
      await sql`insert into ${sql.table(`staged_${table}`)}
        select * from unnest(${texts}::${sql.table(`staged_${table}`)}[])`.execute(to);
    }
    await sql.raw(`commit`).execute(session);
  });
}
