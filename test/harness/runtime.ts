import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import * as composed from '#app/domains.ts';
import type { Actor } from '#platform/actor.ts';
import { ManualClock } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate, readMigrations } from '#platform/database/migrate.ts';
import { Extensions } from '#platform/extensions.ts';
import { createLog } from '#platform/log.ts';
import { moveClock } from '#platform/move-clock.ts';
import { createRuntime, stopRuntime, transact } from '#platform/runtime.ts';
import type { Runtime, RuntimeParts } from '#platform/runtime.ts';
import { settle } from '#platform/work.ts';

const TEMPLATE = 'stoika_template';
/** Tests keep no secrets. */
const SECRET = 'the secret of every test installation';
const SYSTEM: Actor = { kind: 'system', name: 'test' };

export type TestRuntime = {
  runtime: Runtime;
  clock: ManualClock;
  databaseUrl: string;
  /** Runs one operation in a transaction, as the system unless an actor is given. */
  run<T>(work: (ctx: Ctx) => Promise<T>, actor?: Actor): Promise<T>;
  /** Lets everything that has been caused happen. */
  settle(): Promise<void>;
  /** Moves time forward; everything due on the way happens in order. */
  moveTo(instant: string): Promise<void>;
  stop(): Promise<void>;
};

export type TestOptions = {
  /** Business time at the start; Moscow is three hours ahead of it. */
  now?: string;
  extensions?: Extensions;
  /** Replaces what `app/domains.ts` composes, for a domain tested on its own. */
  parts?: Partial<Pick<RuntimeParts, 'subscribers' | 'jobs' | 'agenda'>>;
};

/** A runtime on a database of its own, cloned from a migrated template in some 20 ms. */
export async function startTestRuntime(options: TestOptions = {}): Promise<TestRuntime> {
  const server = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createFromTemplate(server, name);
  const databaseUrl = withDatabase(server, name);
  const log = createLog(process.env.TEST_LOG ?? 'silent');
  const { db, close } = openDatabase(databaseUrl, log, 8);
  const clock = new ManualClock(options.now ?? '2023-02-01T09:00:00Z');
  const runtime = await createRuntime({
    db,
    databaseUrl,
    clock,
    log,
    extensions: options.extensions ?? new Extensions(),
    subscribers: options.parts?.subscribers ?? composed.subscribers,
    jobs: options.parts?.jobs ?? composed.jobs,
    agenda: options.parts?.agenda ?? composed.agenda,
    secret: SECRET,
  });
  const mover = { moveTo: (to: Temporal.Instant) => Promise.resolve(clock.set(to)) };
  return {
    runtime,
    clock,
    databaseUrl,
    run: (work, actor = SYSTEM) => transact(runtime, actor, work),
    settle: () => settle(runtime),
    moveTo: (instant) => moveClock(runtime, mover, Temporal.Instant.from(instant)),
    stop: async () => {
      await stopRuntime(runtime);
      await close();
      // Not by force: nobody is left but perhaps autovacuum, which only a plain drop may send away.
      await onServer(server, (admin) => sql.raw(`drop database "${name}"`).execute(admin));
    },
  };
}

/** Makes the migrated template once per run; every worker waits for whoever makes it. */
async function createFromTemplate(server: string, name: string): Promise<void> {
  await onServer(server, async (admin) => {
    await admin.connection().execute(async (session) => {
      await sql`select pg_advisory_lock(727002)`.execute(session);
      try {
        const ready = await sql`select 1 from pg_database where datname = ${TEMPLATE}`.execute(
          session,
        );
        if (ready.rows.length === 0) {
          // It gets its name when it is whole, so a run that dies here leaves none that is not.
          const making = `${TEMPLATE}_making`;
          await sql.raw(`drop database if exists "${making}"`).execute(session);
          await sql.raw(`create database "${making}"`).execute(session);
          await prepareTemplate(withDatabase(server, making));
          await sql.raw(`alter database "${making}" rename to "${TEMPLATE}"`).execute(session);
        }
        await sql.raw(`create database "${name}" template "${TEMPLATE}"`).execute(session);
      } finally {
        await sql`select pg_advisory_unlock(727002)`.execute(session);
      }
    });
  });
}

async function prepareTemplate(url: string): Promise<void> {
  const log = createLog('silent');
  const { db, close } = openDatabase(url, log, 2);
  await migrate(db, await readMigrations());
  await close();
  // The job queue brings its own tables; made once here, every clone starts in a blink.
  const { db: again, close: closeAgain } = openDatabase(url, log, 2);
  const runtime = await createRuntime({
    db: again,
    databaseUrl: url,
    clock: new ManualClock('2023-01-01T00:00:00Z'),
    log,
    extensions: new Extensions(),
    subscribers: [],
    jobs: [],
    agenda: [],
    secret: SECRET,
  });
  await stopRuntime(runtime);
  await closeAgain();
}

async function onServer<T>(
  url: string,
  work: (admin: ReturnType<typeof openDatabase>['db']) => Promise<T>,
): Promise<T> {
  const { db, close } = openDatabase(url, createLog('silent'), 1);
  try {
    return await work(db);
  } finally {
    await close();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
