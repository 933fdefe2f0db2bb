import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { EmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { serverPrograms } from '#platform/database/embedded/server-programs.ts';
import { ensureOwnFolder, sharedFolder } from '#platform/database/embedded/shared-folder.ts';
import { quickFolder } from './quick-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for this run, whose role may create databases. */
    databaseUrl: string;
  }
}

/** More test runs at once than one machine is asked for. */
const CLUSTERS = 32;

let server: EmbeddedPostgres | undefined;

/** One PostgreSQL per run: the one TEST_DATABASE_URL names, else the built-in one. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  server = given ? undefined : await startFreeCluster();
  if (server) await dropLeftovers(server.url);
  project.provide('databaseUrl', given ?? server?.url ?? '');
}

export async function teardown(): Promise<void> {
  await server?.stop();
}

/**
 * Making a cluster takes a second, so clusters are kept between runs; a run takes the first one
 * that no other run is using.
 */
async function startFreeCluster(): Promise<EmbeddedPostgres> {
  const kept = ensureOwnFolder(
    join(quickFolder() ?? sharedFolder(), `tests-${serverPrograms().version}`),
  );
  for (let number = 1; number <= CLUSTERS; number += 1) {
    const dataDir = join(kept, String(number));
    try {
      return await startEmbeddedPostgres({ dataDir, durable: false, whenInUse: 'refuse' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'database-in-use') throw error;
    }
  }
  throw new Error(`${CLUSTERS} test runs are using a database each. Wait for one to end.`);
}

/** Databases that an earlier run was killed before dropping. */
async function dropLeftovers(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(datname) as name from pg_database
     where datdba = current_user::regrole and datname <> current_database()`,
  );
  for (const { name } of rows) {
    await client.query(`alter database ${name} is_template false`);
    await client.query(`drop database ${name}`);
  }
  await client.end();
}
