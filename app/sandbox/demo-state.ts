import { sql } from 'kysely';
import { migrate, readMigrations } from '#platform/database/migrate.ts';
import type { Db } from '#platform/database/database.ts';

const KEY = 'demo';

/** `none`: this database holds no demo. `making`: one was begun and not finished. */
export type DemoState = 'none' | 'making' | 'whole';

export async function readDemoState(db: Db): Promise<DemoState> {
  const { rows } = await sql<{ value: DemoState }>`
    select value from sandbox_note where key = ${KEY}`.execute(db);
  return rows[0]?.value ?? 'none';
}

export async function writeDemoState(db: Db, state: DemoState): Promise<void> {
  await sql`
    insert into sandbox_note (key, value) values (${KEY}, ${state})
    on conflict (key) do update set value = excluded.value`.execute(db);
}

/**
 * Empties a database in which a demo was begun and not finished: half a demo would be a puzzle.
 * Only ever called where the note says that everything in it is that unfinished demo.
 */
export async function discardUnfinishedDemo(db: Db): Promise<void> {
  if ((await readDemoState(db)) !== 'making') return;
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await sql`drop schema if exists pgboss cascade`.execute(db);
  await migrate(db, await readMigrations());
}
