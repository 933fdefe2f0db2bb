import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { saidInMs } from '../latencies.ts';
import { benchMeanwhile, benchOldRun, benchRun, benchRunAlone } from './bench-renewals.ts';
import type { BenchAsk, Figures } from './bench-renewals.ts';

/**
 * `npm run bench:renewals -- --packages 20000 --old 5000000 --meanwhile`: renewals, durably;
 * `-- --packages 500000 --alone`: a million invoices, and nothing to compare them with.
 */
const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: '20000' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    batch: { type: 'string', default: '100' },
    lanes: { type: 'string', default: '1' },
    old: { type: 'string', default: '0' },
    meanwhile: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
  },
});

const dataDir = mkdtempSync(join(tmpdir(), 'stoika-bench-'));
chmodSync(dataDir, 0o711); // PostgreSQL does not run as root and has to get in
const database = await startEmbeddedPostgres({ dataDir });
const ask: BenchAsk = {
  packages: Number(values.packages),
  workers: Number(values.workers),
  batchSize: Number(values.batch),
  lanes: Number(values.lanes),
  oldInvoices: Number(values.old),
  dataDir,
};
try {
  console.log(`${ask.packages} packages, ${ask.workers} workers, load ${loadavg()[0]?.toFixed(1)}`);
  const run = values.alone ? await benchRunAlone(database.url, ask) : await compare();
  say('renewal run', run);
  if (ask.oldInvoices > 0) {
    const old = await benchOldRun(database.url, ask);
    say(`with ${ask.oldInvoices} old invoices`, old);
    const kept = cpuOf(run) / cpuOf(old);
    const rate = old.invoicesPerSecond / run.invoicesPerSecond;
    console.log(`of the empty rate: ${percent(rate)}; by processor time ${percent(kept)}`);
  }
  if (values.meanwhile) {
    const { alone, meanwhile } = await benchMeanwhile(database.url, ask);
    console.log(`preview alone: ${saidInMs(alone.preview)}`);
    console.log(`preview meanwhile: ${saidInMs(meanwhile.preview)}`);
    console.log(`order alone: ${saidInMs(alone.order)}`);
    console.log(`order meanwhile: ${saidInMs(meanwhile.order)}`);
  }
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function compare(): Promise<Figures> {
  const { run, yardstick } = await benchRun(database.url, ask);
  say(`plain SQL on ${ask.workers} connections`, yardstick);
  console.log(`of the yardstick: ${percent(run.invoicesPerSecond / yardstick.invoicesPerSecond)}`);
  return run;
}

function cpuOf({ ownCpuMs, databaseCpuMs }: Figures): number {
  return ownCpuMs + databaseCpuMs;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function say(what: string, figures: Figures): void {
  const { invoices, rows, seconds, peakMb } = figures;
  console.log(`${what}: ${invoices} invoices, ${rows} new rows`);
  console.log(
    `  ${seconds.toFixed(1)} s, ${figures.invoicesPerSecond.toFixed(0)} invoices a second`,
  );
  console.log(
    `  processor for a thousand invoices: ${figures.ownCpuMs.toFixed(0)} ms ours, ` +
      `${figures.databaseCpuMs.toFixed(0)} ms of the database`,
  );
  const memory = peakMb > 0 ? `, at most ${peakMb.toFixed(0)} MB a worker` : '';
  console.log(`  ${figures.walBytesPerInvoice.toFixed(0)} bytes of WAL an invoice${memory}`);
}
