import { sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * Runs `work` while this process alone, of all that share the database, holds the numbered lock.
 * `try` gives up at once (null) when another holds it; `wait` waits. The lock lives on a
 * connection of its own, so it ends with the process even by `kill -9`.
 */
export async function withAdvisoryLock<T>(
  db: Db,
  lock: number,
  mode: 'try' | 'wait',
  work: () => Promise<T>,
): Promise<T | null> {
  return db.connection().execute(async (session) => {
    if (mode === 'wait') {
      await sql`select pg_advisory_lock(${lock})`.execute(session);
    } else {
      const { rows } = await sql<{ taken: boolean }>`
        select pg_try_advisory_lock(${lock}) as taken`.execute(session);
      if (!rows[0]?.taken) return null;
    }
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(session);
    }
  });
}
