import type { Config } from '#platform/config.ts';
import { openDatabase } from '#platform/database/database.ts';
import type { OpenDatabase } from '#platform/database/database.ts';
import { chooseDataFolder } from '#platform/database/embedded/choose-data-folder.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import type { Log } from '#platform/log.ts';

export type ServedDatabase = OpenDatabase & { url: string };

/** The database that `DATABASE_URL` names, else the embedded server, started or joined. */
export async function openDatabaseOf(config: Config, log: Log): Promise<ServedDatabase> {
  if (config.databaseUrl) {
    return { url: config.databaseUrl, ...openDatabase(config.databaseUrl, log) };
  }
  const server = await startEmbeddedPostgres({ dataDir: chooseDataFolder(config.dataDir) });
  const { db, close } = openDatabase(server.url, log);
  return {
    url: server.url,
    db,
    close: async () => {
      await close();
      await server.stop();
    },
  };
}
