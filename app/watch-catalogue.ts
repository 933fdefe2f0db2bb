import pg from 'pg';
import type { Log } from '#platform/log.ts';

const CHANNEL = 'catalogue';
const RECHECK_MS = 5000;

/**
 * Calls `onChange` as soon as any process publishes a change of the catalogue, and every few
 * seconds besides, for notifications that a broken connection lost.
 */
export async function watchCatalogue(
  databaseUrl: string,
  log: Log,
  onChange: () => Promise<void>,
): Promise<() => Promise<void>> {
  let client: pg.Client | null = null;
  const look = (): void => {
    onChange().catch((error: unknown) => log.warn({ error }, 'the catalogue could not be read'));
  };
  const listen = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'stoika-store' });
    next.on('error', () => {
      client = null;
    });
    next.on('notification', look);
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    client = next;
  };
  await listen();
  const timer = setInterval(() => {
    look();
    if (!client) listen().catch((error: unknown) => log.warn({ error }, 'not listening'));
  }, RECHECK_MS);
  return async () => {
    clearInterval(timer);
    await client?.end();
  };
}
