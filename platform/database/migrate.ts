import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from './database.ts';

export type Migration = { name: string; checksum: string; body: string };

const ROOT = join(import.meta.dirname, '../..');
const NAME = /^\d{4}-\d{2}-\d{2}-\d{4}-[a-z0-9-]+\.sql$/;
/** Any constant will do: it only has to be the same in every process that may migrate. */
const LOCK = 727_001;

/** Every migration of the platform and of the domains, in the order of their names. */
export async function readMigrations(): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for await (const path of glob('{platform,domains}/**/migrations/*.sql', { cwd: ROOT })) {
    const name = basename(path);
    if (!NAME.test(name)) throw new Error(`a migration is named YYYY-MM-DD-HHMM-what.sql: ${path}`);
    const body = await readFile(join(ROOT, path), 'utf8');
    const checksum = createHash('sha256').update(body).digest('hex');
    migrations.push({ name, checksum, body });
  }
  return migrations.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Applies what is missing, in one transaction under an advisory lock, so that two processes
 * starting together migrate once and a failure leaves the schema as it was. A migration that has
 * been applied must not change afterwards.
 */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    await sql`set local lock_timeout = '5s'`.execute(tx);
    await sql`
      create table if not exists applied_migration (
        name text primary key, checksum text not null, applied_at timestamptz not null default now()
      )`.execute(tx);
    const { rows } = await sql<{ name: string; checksum: string }>`
      select name, checksum from applied_migration`.execute(tx);
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    const fresh: string[] = [];
    for (const migration of migrations) {
      const before = applied.get(migration.name);
      if (before === migration.checksum) continue;
      if (before !== undefined) throw new Error(`${migration.name} changed after it was applied`);
      await sql.raw(migration.body).execute(tx);
      await sql`insert into applied_migration (name, checksum)
        values (${migration.name}, ${migration.checksum})`.execute(tx);
      fresh.push(migration.name);
    }
    return fresh;
  });
}
