import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcess } from '#app/create-process.ts';
import { openDatabaseOf } from '#app/open-database-of.ts';
import { readSecret } from '#app/read-secret.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { stopRuntime } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { choosePlace } from '#test/harness/stoika-process.ts';
import { judge, leftToStaff, letSettle } from './judge.ts';
import { liveAsClient } from './live-as-client.ts';
import type { Diary } from './live-as-client.ts';
import { MortalStoika } from './mortal-stoika.ts';
import type { Kills } from './mortal-stoika.ts';
import { randomFrom } from './random-from.ts';
import { StubbornClient } from './stubborn-client.ts';

export type CrashTest = Omit<Kills, 'random'> & {
  clients: number;
  seed: number;
  settleWithinMs: number;
};

export type CrashReport = {
  killed: number;
  startsMs: readonly number[];
  repeats: number;
  doings: Record<string, number>;
  /** What is left to people: orders that wait for a wallet, deliveries that a vendor refused. */
  leftToStaff: Record<string, number>;
  /** Work that never came to its end, by kind. */
  unsettled: Record<string, number>;
  wrong: string[];
};

/** Sells, delivers, renews and deletes under a rain of kills, then looks at what is left. */
export async function runCrashTest(test: CrashTest): Promise<CrashReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stoika-crash-'));
  chmodSync(dataDir, 0o711); // PostgreSQL does not run as root and has to get in
  const random = randomFrom(test.seed);
  const stoika = new MortalStoika(await choosePlace(dataDir));
  try {
    await stoika.ready();
    let isOver = false;
    const lives = Array.from({ length: test.clients }, (_, index) =>
      liveAsClient({ stoika, random, isOver: () => isOver }, newClient(stoika, index)),
    );
    const raining = stoika.killOften({ ...test, random }).finally(() => (isOver = true));
    const diaries = await Promise.all(lives);
    await raining;
    return await report(test, stoika, dataDir, diaries);
  } catch (error) {
    throw new Error(`the crash test broke off. Stoika said:\n${stoika.output()}`, { cause: error });
  } finally {
    await stoika.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Every third buys from the reseller, whose wallet pays the operator for each sale. */
function newClient(stoika: MortalStoika, index: number): StubbornClient {
  return new StubbornClient(stoika, `survivor-${index + 1}`, {
    host: index % 3 === 2 ? 'northbyte.localhost' : 'localhost',
    address: `127.0.3.${index + 1}`,
  });
}

async function report(
  test: CrashTest,
  stoika: MortalStoika,
  dataDir: string,
  diaries: readonly Diary[],
): Promise<CrashReport> {
  const doings: Record<string, number> = {};
  for (const diary of diaries) {
    diary.client.close();
    for (const [what, times] of Object.entries(diary.doings)) {
      doings[what] = (doings[what] ?? 0) + times;
    }
  }
  return beside(dataDir, async (runtime) => ({
    killed: stoika.killed,
    startsMs: stoika.startsMs,
    repeats: diaries.reduce((sum, { client }) => sum + client.repeats, 0),
    doings,
    unsettled: await letSettle(stoika.url, runtime, dataDir, test.settleWithinMs),
    wrong: await judge(runtime, dataDir, diaries),
    leftToStaff: await leftToStaff(runtime),
  }));
}

/** A second process's view of the same installation, as `npm run verify` has it. */
async function beside<T>(dataDir: string, look: (runtime: Runtime) => Promise<T>): Promise<T> {
  const config = readConfig({ DATA_DIR: dataDir });
  const log = createLog('silent');
  const database = await openDatabaseOf(config, log);
  const secret = await readSecret(config);
  const runtime = await createProcess(config, {
    ...database,
    databaseUrl: database.url,
    log,
    secret,
  });
  try {
    return await look(runtime);
  } finally {
    await stopRuntime(runtime);
    await database.close();
  }
}
