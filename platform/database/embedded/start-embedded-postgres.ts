import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { changePassword, clusterExists, createCluster } from './create-cluster.ts';
import { embeddedPostgresRefusal } from './embedded-postgres-refusal.ts';
import { launchServer } from './launch-server.ts';
import { findPostmaster, isAlive, stopPostmaster } from './postmaster.ts';
import { canEnter, runningAsRoot, serverAccount } from './server-account.ts';
import { serverPrograms } from './server-programs.ts';
import { takeStartLock } from './start-lock.ts';

export type EmbeddedPostgresOptions = {
  /** Holds everything of this server: cluster, password, port, log. Made when missing. */
  dataDir: string;
  /** `false` gives up safety against power loss for speed: for tests only. Default `true`. */
  durable?: boolean;
  /** What to do when another live process runs this server already. Default `share`. */
  whenInUse?: 'share' | 'refuse';
};

export type EmbeddedPostgres = {
  /** `postgres://stoika:…@127.0.0.1:…/stoika`; the role owns the database and may create others. */
  url: string;
  /** Stops the server and waits for it; does nothing when the server is another process's. */
  stop(): Promise<void>;
  /** Settles when the server has ended, asked to or not; never for another process's server. */
  ended: Promise<void>;
};

/**
 * Starts the PostgreSQL that comes with npm, or joins the one another live process started on the
 * same data folder. If this process dies, the server stops by itself; a server that a killed
 * process left running is stopped and started anew, with everything committed still there.
 * Throws an `EmbeddedPostgresRefusal` that says what to do when it cannot be had.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = ensureDataFolder(resolve(options.dataDir));
  const letGo = await takeStartLock(join(dataDir, 'starting'));
  try {
    return (await joinRunning(dataDir, options)) ?? (await startOwn(dataDir, options));
  } finally {
    letGo();
  }
}

/** A server whose starter is dead is no one's: it is stopped here, and the caller starts its own. */
async function joinRunning(
  dataDir: string,
  { whenInUse = 'share' }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const running = findPostmaster(join(dataDir, 'cluster'));
  if (!running) return undefined;
  const starter = Number(readIfAny(join(dataDir, 'started-by')));
  const password = readIfAny(join(dataDir, 'password'));
  if (!starter || !isAlive(starter) || !password || !running.ready) {
    await stopPostmaster(running.pid);
    return undefined;
  }
  if (whenInUse === 'refuse') {
    throw embeddedPostgresRefusal(
      'database-in-use',
      `Process ${starter} is using the database in ${dataDir}.`,
    );
  }
  return {
    url: connectionUrl(running.port, password),
    stop: async () => {},
    ended: Promise.withResolvers<void>().promise,
  };
}

async function startOwn(
  dataDir: string,
  { durable = true }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const folder = join(dataDir, 'cluster');
  const account = serverAccount(folder);
  refuseUnreachable(dataDir, account);
  const programs = serverPrograms();
  const cluster = { folder, account, programs };

  const known = readIfAny(join(dataDir, 'password'));
  const password = known || randomBytes(24).toString('base64url');
  if (!known) writeFileSync(join(dataDir, 'password'), password, { mode: 0o600 });
  if (!clusterExists(folder)) await createCluster(cluster, password);
  else if (!known) await changePassword(cluster, password);
  refuseAnotherVersion(folder, programs.version);

  const starter = join(dataDir, 'started-by');
  rmSync(starter, { force: true });
  writeFileSync(starter, String(process.pid), { mode: 0o600 });
  const server = await launchServer({ ...cluster, dataDir, durable });
  const stop = async () => {
    rmSync(starter, { force: true }); // nobody joins a server that is about to stop
    await server.stop();
  };
  let stopping: Promise<void> | undefined;
  return {
    url: connectionUrl(server.port, password),
    stop: () => (stopping ??= stop()),
    ended: server.ended,
  };
}

/** Root's server runs under another account, which must be able to pass through to the cluster. */
function ensureDataFolder(folder: string): string {
  const mode = runningAsRoot() ? 0o711 : 0o700;
  if (mkdirSync(folder, { recursive: true, mode })) chmodSync(folder, mode);
  return folder;
}

function refuseUnreachable(dataDir: string, account: ReturnType<typeof serverAccount>): void {
  if (!account || canEnter(account, dataDir)) return;
  throw embeddedPostgresRefusal(
    'data-folder-unreachable',
    `PostgreSQL does not run as root, and the account it runs under (number ${account.uid}) ` +
      `cannot enter ${dataDir}. Let others pass through the folders above it ` +
      '(chmod o+x), or move that folder to a place they can reach.',
  );
}

function refuseAnotherVersion(folder: string, version: string): void {
  const made = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version.startsWith(`${made}.`)) return;
  throw embeddedPostgresRefusal(
    'data-folder-of-another-version',
    `${folder} was made by PostgreSQL ${made}, and the built-in server is ${version}. Go back to ` +
      'the release of Stoika that made it, dump the database with pg_dump, and restore it here.',
  );
}

function connectionUrl(port: number, password: string): string {
  return `postgres://stoika:${password}@127.0.0.1:${port}/stoika`;
}

function readIfAny(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}
