import pg from 'pg';
import { sql } from 'kysely';
import { QUEUES } from './jobs.ts';
import type { Runtime } from './runtime.ts';

/** Held shared by every process that works; by nobody only when none is alive. */
const WORKERS_LOCK = 727_004;
const REJOIN_MS = 1000;
const GIVE_BACK_MAX = 1000;

/**
 * Counts this process among the workers until it leaves or dies. The first worker after none gives
 * back what the last ones had begun when they were killed; without it those jobs would look busy
 * until their time runs out. With other workers alive, what one of them dies in waits that long.
 */
export async function joinWorkers(
  runtime: Runtime,
  databaseUrl: string,
): Promise<{ leave(): Promise<void> }> {
  let left = false;
  let session: pg.Client | null = null;
  const join = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'stoika-worker',
    });
    client.on('error', () => {
      if (client === session) rejoinLater();
    });
    await client.connect();
    const alone = await isAlone(client);
    if (alone) await giveBackJobs(runtime);
    await client.query('select pg_advisory_lock_shared($1)', [WORKERS_LOCK]);
    if (alone) await client.query('select pg_advisory_unlock($1)', [WORKERS_LOCK]);
    session = client;
  };
  const rejoinLater = (): void => {
    session = null;
    const timer = setTimeout(() => {
      if (!left) join().catch(rejoinLater);
    }, REJOIN_MS);
    timer.unref();
  };
  await join();
  return {
    leave: async () => {
      left = true;
      await session?.end();
    },
  };
}

async function isAlone(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [WORKERS_LOCK],
  );
  return rows[0]?.alone ?? false;
}

/** Jobs that nobody does are tried again, as after any other failure. */
async function giveBackJobs(runtime: Runtime): Promise<void> {
  for (const queue of QUEUES) {
    for (let count = GIVE_BACK_MAX; count === GIVE_BACK_MAX;) {
      const { rows } = await sql<{ id: string }>`
        select id from pgboss.job where name = ${queue} and state = 'active'
        limit ${GIVE_BACK_MAX}`.execute(runtime.db);
      count = rows.length;
      const ids = rows.map(({ id }) => id);
      if (count > 0) await runtime.boss.fail(queue, ids, { message: 'the process died in it' });
    }
  }
}
