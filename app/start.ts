import { join, resolve } from 'node:path';
import { resumeClockMove } from '#domains/operations/index.ts';
import { startAgenda } from '#platform/agenda.ts';
import { readConfig } from '#platform/config.ts';
import type { Config } from '#platform/config.ts';
import { migrate, readMigrations } from '#platform/database/migrate.ts';
import { joinWorkers } from '#platform/join-workers.ts';
import { createLog } from '#platform/log.ts';
import { stopRuntime } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { SandboxClock } from '#platform/sandbox-clock.ts';
import { startWorker } from '#platform/work.ts';
import { ensureWebBuilt } from '#web/build.ts';
import { createProcess } from './create-process.ts';
import { startHttpServer } from './http-server.ts';
import { openDatabaseOf } from './open-database-of.ts';
import { printWelcome } from './print-welcome.ts';
import { readSecret } from './read-secret.ts';
import { discardUnfinishedDemo } from './sandbox/demo-state.ts';
import { seedDemo } from './sandbox/seed-demo.ts';
import { startVendors } from './sandbox/start-vendors.ts';
import { Stack } from './stack.ts';
import { step } from './steps.ts';

const CLOCK_REFRESH_MS = 1000;

/**
 * Everything in one process and its children: database, web, API, worker, and in a sandbox the
 * stand-ins for the vendors. A larger installation runs several of these on one `DATABASE_URL`.
 */
export async function start(): Promise<void> {
  const config = readConfig(process.env);
  const running = new Stack();
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= running.unwind());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void stop().then(() => process.exit(0)));
  }
  console.log('\nStoika\n');
  try {
    await startAll({ ...config, dataDir: resolve(config.dataDir) }, running);
  } catch (error) {
    if (stopping) return;
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    if (config.logLevel === 'debug') console.error(error);
    await stop();
    process.exit(1);
  }
}

async function startAll(config: Config, running: Stack): Promise<void> {
  const log = createLog(config.logLevel);
  const database = await step('database', () => openDatabaseOf(config, log));
  running.push('database', database.close);
  await step('schema', async () => {
    await migrate(database.db, await readMigrations());
    if (config.sandbox) await discardUnfinishedDemo(database.db);
  });
  const distDir = await step('web', () => ensureWebBuilt());
  const secret = await readSecret(config);
  const runtime = await createProcess(config, {
    ...database,
    databaseUrl: database.url,
    log,
    secret,
  });
  running.push('job queue', () => stopRuntime(runtime));
  const vendors = config.sandbox
    ? await step('sandbox vendors', () => startVendors(join(config.dataDir, 'vendors'), running))
    : null;
  const http = await step('http', () =>
    startHttpServer(runtime, { port: config.port, distDir, databaseUrl: database.url }),
  );
  running.push('http', http.close);
  const workers = await joinWorkers(runtime, database.url);
  running.push('place among the workers', workers.leave);
  const worker = startWorker(runtime, (error) => log.error({ error }, 'the worker stumbled'));
  running.push('worker', worker.stop);
  if (vendors) await step('demo', () => seedDemo(runtime, vendors, config.sandboxToday));
  if (runtime.clock instanceof SandboxClock) followClock(runtime, runtime.clock, running);
  const agenda = startAgenda(runtime);
  running.push('agenda', agenda.stop);
  await resumeClockMove(runtime);
  printWelcome(http.port, vendors);
}

/** Another process of this sandbox may move the clock; everyone follows within a second. */
function followClock(runtime: Runtime, clock: SandboxClock, running: Stack): void {
  const timer = setInterval(() => {
    clock.refresh().catch((error: unknown) => runtime.log.warn({ error }, 'clock not read'));
  }, CLOCK_REFRESH_MS);
  running.push('clock', async () => clearInterval(timer));
}
