import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { verifyBilling } from '#domains/billing/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import { verifySubscriptions } from '#domains/subscriptions/index.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { DUE_AT } from '#test/harness/renewal-base.ts';
import {
  copyDatabase,
  createRenewalDatabase,
  dropDatabases,
  SYSTEM,
  withRuntime,
} from '#test/harness/renewal-database.ts';
import { renewalRows } from '#test/harness/renewal-rows.ts';
import { startRenewalWorker } from '#test/harness/renewal-worker.ts';

export type RenewalCrash = {
  packages: number;
  batchSize: number;
  workers: number;
  /** How long a worker that has begun lives, at random between these. */
  livesMs: readonly [number, number];
  killsMax: number;
  random: () => number;
};

/** What a base holds after its run: a digest of every row, with what may be looked at. */
export type Outcome = { digest: string; rows: number; invoices: number; wrong: string[] };

export type RenewalCrashReport = {
  killed: number;
  undisturbed: Outcome;
  disturbed: Outcome;
  /** The same base after one more run. */
  again: Outcome;
};

/**
 * Renews a base in one process, and a copy of it in several that are killed at random and replaced
 * until nothing is due; then looks whether the rows are the same.
 */
export async function runRenewalCrash(
  server: string,
  name: string,
  ask: RenewalCrash,
): Promise<RenewalCrashReport> {
  const calm = await createRenewalDatabase(server, `${name}_calm`, ask.packages);
  const stormy = await copyDatabase(server, `${name}_calm`, `${name}_stormy`);
  try {
    await renewCalmly(calm, ask);
    const killed = await renewUnderKills(stormy, ask);
    const undisturbed = await outcomeOf(calm);
    const disturbed = await outcomeOf(stormy);
    await renewCalmly(stormy, ask);
    return { killed, undisturbed, disturbed, again: await outcomeOf(stormy) };
  } finally {
    await dropDatabases(server, `${name}_calm`, `${name}_stormy`);
  }
}

async function renewCalmly(url: string, { batchSize }: RenewalCrash): Promise<void> {
  const worker = startRenewalWorker({ url, batchSize, lanes: 2 });
  await worker.ready;
  worker.go();
  await worker.report;
}

/** Each worker's place is filled again until the run is done. Returns how many were killed. */
async function renewUnderKills(url: string, ask: RenewalCrash): Promise<number> {
  let killed = 0;
  const { livesMs, killsMax, random, batchSize } = ask;
  const [least, most] = livesMs;
  const place = async (): Promise<void> => {
    for (;;) {
      const worker = startRenewalWorker({ url, batchSize, lanes: 2 });
      await worker.ready;
      worker.go();
      const life = new AbortController();
      const struck = pause(least + random() * (most - least), 'struck', { signal: life.signal });
      const ended = worker.report.then(() => 'ended');
      const first = await Promise.race([struck.catch(() => 'ended'), ended]);
      life.abort();
      if (first === 'struck' && killed < killsMax) {
        killed += 1;
        await worker.kill();
      }
      if ((await worker.report) !== null) return;
    }
  };
  await Promise.all(Array.from({ length: ask.workers }, place));
  return killed;
}

async function outcomeOf(url: string): Promise<Outcome> {
  return withRuntime(url, DUE_AT, async (runtime) => {
    const rows = await transact(runtime, SYSTEM, (ctx) => renewalRows(ctx, 'unnumbered'));
    const told = await toldOnce(runtime);
    const found = await transact(runtime, SYSTEM, async (ctx) => [
      ...(await verifyLedger(ctx)),
      ...(await verifyBilling(ctx)),
      ...(await verifySubscriptions(ctx)),
    ]);
    return {
      digest: createHash('sha256').update(rows.join('\n')).update(told).digest('hex'),
      rows: rows.length,
      invoices: rows.filter((row) => row.startsWith('invoice ')).length,
      wrong: found.flatMap(({ name, problems }) => problems.map((one) => `${name}: ${one}`)),
    };
  });
}

/** How many facts wait for each subscriber: as many as there are, however batches were cut. */
async function toldOnce(runtime: Runtime): Promise<string> {
  const { rows } = await sql`
    select data->>'subscriber' as subscriber, count(*)::int as facts,
      count(distinct fact->>'id')::int as different
    from pgboss.job cross join jsonb_array_elements(data->'events') fact
    where data->>'kind' = 'events' group by 1 order by 1`.execute(runtime.db);
  return JSON.stringify(rows);
}
