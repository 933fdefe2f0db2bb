import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { embeddedPostgresRefusal } from './embedded-postgres-refusal.ts';
import { isAlive } from './postmaster.ts';

/** Far longer than any start takes; after a reboot the pid in the file may be somebody else's. */
const STALE_AFTER_MS = 180_000;

/**
 * Lets one process at a time start the server of a data folder: the others wait. A lock whose
 * holder died is taken over. Returns the function that lets go.
 */
export async function takeStartLock(file: string): Promise<() => void> {
  for (const end = Date.now() + STALE_AFTER_MS; Date.now() < end; await pause(25)) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isAbandoned(file)) rmSync(file, { force: true });
    }
  }
  throw embeddedPostgresRefusal(
    'database-in-use',
    `Another process has been starting this database for minutes. If none is, remove ${file}.`,
  );
}

function isAbandoned(file: string): boolean {
  try {
    const { mtimeMs } = statSync(file);
    const holder = Number(readFileSync(file, 'utf8'));
    if (Date.now() - mtimeMs > STALE_AFTER_MS) return true;
    return holder > 0 && !isAlive(holder);
  } catch {
    return false; // let go of between our two looks
  }
}
