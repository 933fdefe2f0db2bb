import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { randomFrom } from '../random-from.ts';
import { runRenewalCrash } from './run-renewal-crash.ts';

/** `npm run crash:renewals -- [packages] [kills at most] [seed]`: four processes, killed until done. */
const [packages = 6000, killsMax = 200, seed = Date.now()] = process.argv.slice(2).map(Number);

console.log(`${packages} packages, four processes killed with -9, seed ${seed}`);
const dataDir = mkdtempSync(join(tmpdir(), 'stoika-crash-'));
chmodSync(dataDir, 0o711); // PostgreSQL does not run as root and has to get in
const database = await startEmbeddedPostgres({ dataDir });
try {
  const { killed, undisturbed, disturbed, again } = await runRenewalCrash(database.url, 'crash', {
    packages,
    batchSize: 100,
    workers: 4,
    livesMs: [100, 2000],
    killsMax,
    random: randomFrom(seed),
  });
  const { rows, invoices, digest } = undisturbed;
  console.log(`killed ${killed} times; ${invoices} invoices, ${rows} rows, digest ${digest}`);
  for (const problem of disturbed.wrong) console.log(`BAD  ${problem}`);
  const isSame = disturbed.digest === digest && again.digest === digest;
  console.log(isSame ? 'the same rows as undisturbed, and after one more run' : 'BAD  rows differ');
  if (!isSame || disturbed.wrong.length > 0) process.exitCode = 1;
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
