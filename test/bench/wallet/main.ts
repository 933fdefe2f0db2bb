import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { migrate, readMigrations } from '#platform/database/migrate.ts';
import { BASE_NOW } from '#test/harness/renewal-base.ts';
import { onDatabase, withDatabase, withRuntime } from '#test/harness/renewal-database.ts';
import { saidInMs } from '../latencies.ts';
import { benchWallets } from './bench-wallet.ts';
import type { WalletAsk } from './bench-wallet.ts';
import { tpcB } from './tpc-b.ts';

/** `npm run bench:wallet`: purchases charged to one wallet and to many, beside pgbench. */
const ASKS: Readonly<Record<string, WalletAsk>> = {
  'one wallet, 200 at once, money for 1 500 of 2 000': {
    wallets: 1,
    atOnce: 200,
    purchases: 2000,
    paidFor: 1500,
  },
  'one wallet, 200 at once': { wallets: 1, atOnce: 200, purchases: 4000, paidFor: 4000 },
  'fifty wallets, 200 at once': { wallets: 50, atOnce: 200, purchases: 6000, paidFor: 6000 },
};

const dataDir = mkdtempSync(join(tmpdir(), 'stoika-bench-'));
chmodSync(dataDir, 0o711); // PostgreSQL does not run as root and has to get in
const database = await startEmbeddedPostgres({ dataDir });
try {
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
  await onDatabase(database.url, async (db) => {
    await migrate(db, await readMigrations());
    await sql`create database tpc_b`.execute(db);
  });
  await withRuntime(database.url, BASE_NOW, async (runtime) => {
    for (const [what, ask] of Object.entries(ASKS)) {
      const { perSecond, bought, refused, failed, latencies } = await benchWallets(runtime, ask);
      console.log(`${what}: ${perSecond.toFixed(0)} purchases/s, ${saidInMs(latencies)}`);
      console.log(`     ${bought} bought, ${refused} refused, ${failed.length} failed otherwise`);
      if (bought !== Math.min(ask.purchases, ask.paidFor) || failed.length > 0) {
        process.exitCode = 1;
        for (const text of new Set(failed)) console.log(`BAD  ${text}`);
      }
    }
  });
  const transactions = tpcB(withDatabase(database.url, 'tpc_b'), 8);
  const said = transactions === null ? 'no pgbench here' : `${transactions.toFixed(0)}/s`;
  console.log(`pgbench, TPC-B on the same server, 8 clients: ${said}`);
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
