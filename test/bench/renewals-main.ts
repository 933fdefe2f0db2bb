import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { benchRenewals } from './renewals.ts';
import type { Figures } from './renewals.ts';

/** `node test/bench/renewals-main.ts [packages] [batch] [lanes]`: automatic renewals, durably. */
const [packages = 20_000, batchSize = 500, lanes = 2] = process.argv.slice(2).map(Number);

const dataDir = mkdtempSync(join(tmpdir(), 'stoika-bench-'));
chmodSync(dataDir, 0o711); // PostgreSQL does not run as root and has to get in
const database = await startEmbeddedPostgres({ dataDir });
try {
  const { run, yardstick, peakMb } = await benchRenewals(database.url, {
    packages,
    batchSize,
    lanes,
    dataDir,
  });
  say('renewal run', run);
  say('plain SQL', yardstick);
  const share = run.invoicesPerSecond / yardstick.invoicesPerSecond;
  console.log(
    `of the yardstick: ${(share * 100).toFixed(0)} %, peak memory ${peakMb.toFixed(0)} MB`,
  );
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function say(what: string, figures: Figures): void {
  const { packages: count, invoices, rows, seconds } = figures;
  console.log(`${what}: ${count} packages, ${invoices} invoices, ${rows} new rows`);
  console.log(
    `  ${seconds.toFixed(1)} s, ${figures.invoicesPerSecond.toFixed(0)} invoices a second`,
  );
  console.log(
    `  processor for a thousand invoices: ${figures.ownCpuMs.toFixed(0)} ms ours, ` +
      `${figures.databaseCpuMs.toFixed(0)} ms of the database`,
  );
  console.log(`  ${figures.walBytesPerInvoice.toFixed(0)} bytes of WAL an invoice`);
}
