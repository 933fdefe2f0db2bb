import { Kysely, PostgresDialect, sql } from 'kysely';
import type { RawBuilder, Transaction } from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import { parseTemporal, TemporalClient } from './temporal-client.ts';

/** The database as the platform sees it: no tables. A domain's store adds its own by `tablesOf`. */
export type Db = Kysely<unknown>;
export type Tx = Transaction<unknown>;

/** The same connection, typed with one domain's own tables: a store cannot name another's. */
export function tablesOf<Tables>(tx: Db | Tx): Kysely<Tables> {
  return tx as unknown as Kysely<Tables>;
}

/** A JSON value as a parameter; without it the driver would write arrays as PostgreSQL arrays. */
export function jsonb<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`;
}

/** The name under which PostgreSQL lists the connections of a pool. */
export const AS_POOL = 'stoika';

export type OpenDatabase = { db: Db; close(): Promise<void> };

/**
 * Opens a pool. `int8` arrives as bigint, `date` as Temporal.PlainDate, `timestamptz` as
 * Temporal.Instant, and the same may be passed as parameters.
 */
export function openDatabase(url: string, log: Log, max = 20): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    Client: TemporalClient,
    types: { getTypeParser: parseTemporal },
    application_name: AS_POOL,
  });
  // A server restart breaks idle connections; without a listener that would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle connection lost'));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
}
