import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '#platform/database/database.ts';
import { DUE_AT } from '#test/harness/renewal-base.ts';
import {
  copyDatabase,
  createRenewalDatabase,
  dropDatabases,
  onDatabase,
  withRuntime,
} from '#test/harness/renewal-database.ts';
import { startRenewalWorker } from '#test/harness/renewal-worker.ts';
import type { RenewalWorkerReport } from '#test/harness/renewal-worker.ts';
import { cpuTimeMs } from '../cpu-time.ts';
import { actMeanwhile, chooseBystanders } from './interactive.ts';
import type { Interactive } from './interactive.ts';
import { addOldInvoices } from './old-invoices.ts';
import { countNewRows, stageRows } from './write-same-rows.ts';

export type BenchAsk = {
  packages: number;
  /** Processes that renew. */
  workers: number;
  batchSize: number;
  /** Batches at once in each of them. */
  lanes: number;
  /** Paid invoices of earlier years that lie in the tables of the second run. */
  oldInvoices: number;
  /** The cluster's folder, to find its processes. */
  dataDir: string;
};

export type Figures = {
  invoices: number;
  rows: number;
  seconds: number;
  invoicesPerSecond: number;
  /** Processor time of the workers and of PostgreSQL, in milliseconds for a thousand invoices. */
  ownCpuMs: number;
  databaseCpuMs: number;
  walBytesPerInvoice: number;
  /** Of the largest worker; 0 without one. */
  peakMb: number;
};

const BYSTANDERS = 300;
const ALONE_MS = 15_000;

/**
 * Renews every package of a base in worker processes, then writes the very rows that came of it by
 * plain SQL into an equal base, on as many connections. Both with fsync on and all constraints,
 * indexes and triggers in force.
 */
export async function benchRun(
  server: string,
  ask: BenchAsk,
): Promise<{ run: Figures; yardstick: Figures }> {
  const first = await createRenewalDatabase(server, 'bench_run', ask.packages);
  const second = await copyDatabase(server, 'bench_run', 'bench_yardstick');
  const run = await renewAll(first, ask);
  const yardstick = await onDatabase(first, (from) =>
    onDatabase(second, (to) => writeSameRows(from, to, ask, run.invoices)),
  );
  await dropDatabases(server, 'bench_yardstick', 'bench_run');
  return { run, yardstick };
}

/** The run alone, for as many packages as there is time for: what it leaves is not staged again. */
export async function benchRunAlone(server: string, ask: BenchAsk): Promise<Figures> {
  const url = await createRenewalDatabase(server, 'bench_alone', ask.packages);
  const run = await renewAll(url, ask);
  await dropDatabases(server, 'bench_alone');
  return run;
}

/** The same run with the invoices of earlier years in the tables. */
export async function benchOldRun(server: string, ask: BenchAsk): Promise<Figures> {
  const url = await createRenewalDatabase(server, 'bench_old', ask.packages);
  await onDatabase(url, (db) => addOldInvoices(db, ask.oldInvoices));
  const run = await renewAll(url, ask);
  await dropDatabases(server, 'bench_old');
  return run;
}

/** What people wait for their pages, alone and while the run goes on. */
export async function benchMeanwhile(
  server: string,
  ask: BenchAsk,
): Promise<{ alone: Interactive; meanwhile: Interactive }> {
  const url = await createRenewalDatabase(server, 'bench_meanwhile', ask.packages);
  const figures = await withRuntime(url, DUE_AT, async (runtime) => {
    const bystanders = await chooseBystanders(runtime.db, BYSTANDERS);
    const startedAt = performance.now();
    const isLate = (): boolean => performance.now() - startedAt > ALONE_MS;
    const alone = await actMeanwhile(runtime, bystanders, isLate);
    let isOver = false;
    const renewing = renewAll(url, ask).finally(() => (isOver = true));
    const meanwhile = await actMeanwhile(runtime, bystanders, () => isOver);
    await renewing;
    return { alone, meanwhile };
  });
  await dropDatabases(server, 'bench_meanwhile');
  return figures;
}

async function renewAll(url: string, ask: BenchAsk): Promise<Figures> {
  const workers = Array.from({ length: ask.workers }, () => startRenewalWorker({ url, ...ask }));
  await Promise.all(workers.map(({ ready }) => ready));
  return onDatabase(url, async (db) => {
    const figures = await measure(db, ask.dataDir, async () => {
      for (const { go } of workers) go();
      const reports = await Promise.all(workers.map(({ report }) => report));
      return reports.flatMap((report) => report ?? []);
    });
    const left = await one(db, `select count(*) as n from subscription where next_step = 'renew'`);
    if (left !== 0) throw new Error(`${left} packages were not renewed`);
    return figures;
  });
}

async function writeSameRows(
  from: Db,
  to: Db,
  { workers, dataDir }: BenchAsk,
  invoices: number,
): Promise<Figures> {
  const shares = await stageRows(from, to, workers);
  await sql`checkpoint`.execute(to).catch(() => {});
  const written = await measure(to, dataDir, async () => {
    await Promise.all(
      shares.map((statements) =>
        to.transaction().execute(async (tx) => {
          for (const statement of statements) await sql.raw(statement).execute(tx);
        }),
      ),
    );
    return [];
  });
  if (written.invoices !== invoices) throw new Error('the yardstick wrote other rows');
  return written;
}

async function one(db: Db, query: string): Promise<number> {
  const { rows } = await sql.raw<{ n: bigint }>(query).execute(db);
  return Number(rows[0]?.n ?? 0);
}

const INVOICES = `select count(*) as n from invoice where id like 'inv_%'`;

async function measure(
  db: Db,
  dataDir: string,
  work: () => Promise<RenewalWorkerReport[]>,
): Promise<Figures> {
  const postmaster = Number(
    readFileSync(join(dataDir, 'cluster/postmaster.pid'), 'utf8').split('\n')[0],
  );
  const wal = () => one(db, `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as n`);
  const invoicesBefore = await one(db, INVOICES);
  const walBefore = await wal();
  const cpuBefore = cpuTimeMs(postmaster).children;
  const startedAt = performance.now();
  const reports = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const databaseCpuMs = cpuTimeMs(postmaster).children - cpuBefore;
  const walBytes = (await wal()) - walBefore;
  const invoices = (await one(db, INVOICES)) - invoicesBefore;
  const ownCpuMs = reports.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  return {
    invoices,
    rows: await countNewRows(db),
    seconds,
    invoicesPerSecond: invoices / seconds,
    ownCpuMs: (ownCpuMs / invoices) * 1000,
    databaseCpuMs: (databaseCpuMs / invoices) * 1000,
    walBytesPerInvoice: walBytes / invoices,
    peakMb: Math.max(0, ...reports.map(({ peakBytes }) => peakBytes)) / 2 ** 20,
  };
}
