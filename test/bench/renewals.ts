import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { jobs, subscribers } from '#app/domains.ts';
import { runRenewals } from '#domains/orders/run-renewals.ts';
import { ManualClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import type { Db } from '#platform/database/database.ts';
import { migrate, readMigrations } from '#platform/database/migrate.ts';
import { Extensions } from '#platform/extensions.ts';
import { createLog } from '#platform/log.ts';
import { createRuntime, outside, stopRuntime, transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { BASE_NOW, DUE_AT, seedChain, seedRenewals } from '#test/harness/renewal-base.ts';
import { cpuTimeMs } from './cpu-time.ts';

const CHUNK = 5000;
const SYSTEM = { kind: 'system', name: 'bench' } as const;

export type BenchAsk = {
  packages: number;
  batchSize: number;
  lanes: number;
  /** The cluster's folder, to find its processes. */
  dataDir: string;
};

export type Figures = {
  packages: number;
  invoices: number;
  rows: number;
  seconds: number;
  invoicesPerSecond: number;
  /** Processor time of ours and of PostgreSQL's, in milliseconds for a thousand invoices. */
  ownCpuMs: number;
  databaseCpuMs: number;
  walBytesPerInvoice: number;
};

/**
 * Renews every package of a fresh base, then writes the very rows that came of it by plain SQL into
 * a second, equal base. Both with fsync on and all constraints, indexes and triggers in force.
 */
export async function benchRenewals(
  url: string,
  ask: BenchAsk,
): Promise<{ run: Figures; yardstick: Figures; peakMb: number }> {
  const first = withDatabase(url, 'bench_run');
  const second = withDatabase(url, 'bench_yardstick');
  await onDatabase(url, async (admin) => {
    await sql`create database bench_run`.execute(admin);
  });
  await seed(first, ask.packages);
  await onDatabase(url, async (admin) => {
    await sql`create database bench_yardstick template bench_run`.execute(admin);
  });
  const rssBefore = process.memoryUsage.rss();
  const { figures: run, peakBytes } = await renewAll(first, ask);
  const yardstick = await onDatabase(first, (from) =>
    onDatabase(second, (to) => writeSameRows(from, to, ask, run)),
  );
  return { run, yardstick, peakMb: Math.max(rssBefore, peakBytes) / 2 ** 20 };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

async function onDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(url, createLog('error'), 2);
  try {
    return await work(db);
  } finally {
    await close();
  }
}

async function withRuntime<T>(
  url: string,
  now: string,
  work: (runtime: Runtime, clock: ManualClock) => Promise<T>,
): Promise<T> {
  const log = createLog('error');
  const { db, close } = openDatabase(url, log, 8);
  await migrate(db, await readMigrations());
  const clock = new ManualClock(now);
  const parts = { db, databaseUrl: url, clock, log, extensions: new Extensions() };
  const runtime = await createRuntime({ ...parts, subscribers, jobs, agenda: [] });
  try {
    return await work(runtime, clock);
  } finally {
    await stopRuntime(runtime);
    await close();
  }
}

async function seed(url: string, packages: number): Promise<void> {
  await withRuntime(url, BASE_NOW, async (runtime) => {
    const sellers = await transact(runtime, SYSTEM, (ctx) => seedChain(ctx));
    for (let from = 0; from < packages; from += CHUNK) {
      const count = Math.min(CHUNK, packages - from);
      const asked = { from, count, withTrouble: false };
      await transact(runtime, SYSTEM, (ctx) => seedRenewals(ctx, sellers, asked));
    }
    await sql`delete from pgboss.job`.execute(runtime.db);
    await sql`vacuum analyze`.execute(runtime.db);
    await sql`checkpoint`.execute(runtime.db).catch(() => {});
  });
}

async function renewAll(
  url: string,
  ask: BenchAsk,
): Promise<{ figures: Figures; peakBytes: number }> {
  return withRuntime(url, DUE_AT, async (runtime) => {
    let peakBytes = 0;
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }, 100);
    const measured = await measure(runtime.db, ask, async () => {
      await runRenewals(outside(runtime, SYSTEM), {
        batchSize: ask.batchSize,
        lanes: ask.lanes,
        alone: (id) => Promise.reject(new Error(`${id} was set aside`)),
      });
    });
    clearInterval(watch);
    const left = await one(
      runtime.db,
      `select count(*) as n from subscription
      where next_step = 'renew'`,
    );
    if (left !== 0) throw new Error(`${left} packages were not renewed`);
    return { figures: measured, peakBytes };
  });
}

async function one(db: Db, query: string): Promise<number> {
  const { rows } = await sql.raw<{ n: bigint }>(query).execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** What the run writes anew, and the columns of what it changes. */
const NEW_ROWS: Readonly<Record<string, string>> = {
  subscription_period: 'order_id is not null',
  order_request: 'true',
  ledger_txn: `cause not like 'base:%' and cause not like 'demo:%'`,
  ledger_entry: `txn_id in (select id from ledger_txn where cause not like 'base:%'
    and cause not like 'demo:%')`,
  invoice_line: 'true',
  invoice: 'true',
  event: `name in ('order.placed', 'order.paid', 'order.done', 'invoice.issued', 'invoice.paid',
    'subscription.extended', 'entitlement.changed')`,
  message: 'true',
};
const CHANGED_ROWS: Readonly<Record<string, readonly string[]>> = {
  subscription: ['branch_id', 'id'],
  entitlement: ['branch_id', 'id'],
};

/** The yardstick: `insert … select` and `update … from` of ready rows, one statement a table. */
async function writeSameRows(from: Db, to: Db, ask: BenchAsk, run: Figures): Promise<Figures> {
  const statements: string[] = [];
  // Accounts first: entries refer to them.
  await stage(from, to, 'ledger_account', 'true');
  statements.push(`insert into ledger_account select * from staged_ledger_account
    on conflict (branch_id, book, code, currency)
    do update set balance_minor = excluded.balance_minor`);
  for (const [table, where] of Object.entries(NEW_ROWS)) {
    await stage(from, to, table, where);
    const { rows } = await sql<{ columns: string }>`
      select string_agg(column_name, ', ' order by ordinal_position) as columns
      from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'
    `.execute(to);
    const columns = rows[0]?.columns ?? '';
    statements.push(`insert into ${table} (${columns}) select ${columns} from staged_${table}`);
  }
  for (const [table, key] of Object.entries(CHANGED_ROWS)) {
    await stage(from, to, table, 'true');
    const { rows } = await sql<{ columns: string[] }>`
      select array_agg(column_name::text) as columns from information_schema.columns
      where table_schema = 'public' and table_name = ${table}`.execute(to);
    const set = (rows[0]?.columns ?? []).filter((column) => !key.includes(column));
    statements.push(`update ${table} t set ${set.map((c) => `${c} = s.${c}`).join(', ')}
      from staged_${table} s where ${key.map((c) => `t.${c} = s.${c}`).join(' and ')}
      and t is distinct from s`);
  }
  await sql`analyze`.execute(to);
  return measure(
    to,
    ask,
    () =>
      to.transaction().execute(async (tx) => {
        for (const statement of statements) await sql.raw(statement).execute(tx);
      }),
    run.invoices,
  );
}

/** Copies rows beside the table of their kind. */
async function stage(from: Db, to: Db, table: string, where: string): Promise<void> {
  await sql.raw(`create unlogged table staged_${table} (like ${table})`).execute(to);
  await from.connection().execute(async (session) => {
    await sql.raw(`begin`).execute(session);
    await sql
      .raw(`declare staged cursor for select to_jsonb(t) as row from ${table} t where ${where}`)
      .execute(session);
    for (;;) {
      const { rows } = await sql
        .raw<{ row: unknown }>(`fetch ${CHUNK} from staged`)
        .execute(session);
      if (rows.length === 0) break;
      const text = JSON.stringify(rows.map(({ row }) => row));
      await sql`insert into ${sql.table(`staged_${table}`)}
        select * from jsonb_populate_recordset(null::${sql.table(`staged_${table}`)}, ${text}::jsonb)
      `.execute(to);
    }
    await sql.raw(`commit`).execute(session);
  });
}

async function measure(
  db: Db,
  { dataDir, packages }: BenchAsk,
  work: () => Promise<void>,
  invoicesKnown?: number,
): Promise<Figures> {
  const postmaster = Number(
    readFileSync(join(dataDir, 'cluster/postmaster.pid'), 'utf8').split('\n')[0],
  );
  const wal = () => one(db, `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as n`);
  const cpu = () => ({ own: cpuTimeMs(process.pid).own, database: cpuTimeMs(postmaster).children });
  const walBefore = await wal();
  const cpuBefore = cpu();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuAfter = cpu();
  const walAfter = await wal();
  const invoices = invoicesKnown ?? (await one(db, 'select count(*) as n from invoice'));
  const tables = Object.entries(NEW_ROWS);
  let rows = 0;
  for (const [table, where] of tables) {
    rows += await one(db, `select count(*) as n from ${table} where ${where}`);
  }
  const perThousand = (ms: number): number => (ms / invoices) * 1000;
  return {
    packages,
    invoices,
    rows,
    seconds,
    invoicesPerSecond: invoices / seconds,
    ownCpuMs: perThousand(cpuAfter.own - cpuBefore.own),
    databaseCpuMs: perThousand(cpuAfter.database - cpuBefore.database),
    walBytesPerInvoice: (walAfter - walBefore) / invoices,
  };
}
