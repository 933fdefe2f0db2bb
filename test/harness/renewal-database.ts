import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { jobs, subscribers } from '#app/domains.ts';
import { ManualClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import type { Db } from '#platform/database/database.ts';
import { migrate, readMigrations } from '#platform/database/migrate.ts';
import { Extensions } from '#platform/extensions.ts';
import { createLog } from '#platform/log.ts';
import { createRuntime, stopRuntime, transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { BASE_NOW, seedChain, seedRenewals } from './renewal-base.ts';

const CHUNK = 5000;
const INSUFFICIENT_PRIVILEGE = '42501';
export const SYSTEM = { kind: 'system', name: 'renewals' } as const;

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

export async function onDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(url, createLog('error'), 2);
  try {
    return await work(db);
  } finally {
    await close();
  }
}

/** Work on a database as a process of Stoika does it, at a time that stands still. */
export async function withRuntime<T>(
  url: string,
  now: string,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const log = createLog('silent');
  const { db, close } = openDatabase(url, log, 8);
  const clock = new ManualClock(now);
  const parts = { db, databaseUrl: url, clock, log, extensions: new Extensions() };
  const runtime = await createRuntime({ ...parts, subscribers, jobs, agenda: [] });
  try {
    return await work(runtime);
  } finally {
    await stopRuntime(runtime);
    await close();
  }
}

/** A new database in which that many packages are due for their renewal. Returns its address. */
export async function createRenewalDatabase(
  server: string,
  name: string,
  packages: number,
): Promise<string> {
  await onDatabase(server, async (admin) => {
    await sql`create database ${sql.id(name)}`.execute(admin);
  });
  const url = withDatabase(server, name);
  await onDatabase(url, async (db) => {
    await migrate(db, await readMigrations());
  });
  await withRuntime(url, BASE_NOW, async (runtime) => {
    const sellers = await transact(runtime, SYSTEM, (ctx) => seedChain(ctx));
    for (let from = 0; from < packages; from += CHUNK) {
      const asked = { from, count: Math.min(CHUNK, packages - from), withTrouble: false };
      await transact(runtime, SYSTEM, (ctx) => seedRenewals(ctx, sellers, asked));
    }
    await sql`delete from pgboss.job`.execute(runtime.db);
  });
  await onDatabase(url, (db) => sql`vacuum analyze`.execute(db));
  return url;
}

const TRIES_MAX = 60;

/**
 * Drops databases with whoever is connected. PostgreSQL's own cleaners are nobody's to end: while
 * one is at work there, it is tried again.
 */
export async function dropDatabases(server: string, ...names: string[]): Promise<void> {
  await onDatabase(server, async (admin) => {
    for (const name of names) {
      for (let tries = 1; ; tries += 1) {
        try {
          await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
          break;
        } catch (error) {
          const { code } = error as { code?: string };
          if (code !== INSUFFICIENT_PRIVILEGE || tries === TRIES_MAX) throw error;
          await pause(500);
        }
      }
    }
  });
}

export async function copyDatabase(server: string, from: string, to: string): Promise<string> {
  await onDatabase(server, async (admin) => {
    await sql`create database ${sql.id(to)} template ${sql.id(from)}`.execute(admin);
  });
  return withDatabase(server, to);
}
