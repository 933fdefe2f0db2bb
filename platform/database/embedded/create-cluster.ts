import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { join } from 'node:path';
import type { ServerAccount } from './server-account.ts';
import type { ServerPrograms } from './server-programs.ts';

type Cluster = { folder: string; account: ServerAccount; programs: ServerPrograms };

/** The server's own programs must not see PGPORT, PGDATA or a foreign locale of our environment. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Clients come over loopback TCP as the one ordinary role, with its password. The superuser cannot
 * sign in at all, so no statement of ours can reach the machine's files or programs.
 */
const CLIENT_RULES = 'host all stoika 127.0.0.1/32 scram-sha-256\n';

/**
 * Makes an empty cluster with a database and a role, both named stoika. All of it happens beside
 * the final place and is moved there at the end: a start that is killed leaves nothing half made.
 */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const unfinished = { ...cluster, folder: `${cluster.folder}.unfinished` };
  rmSync(unfinished.folder, { recursive: true, force: true });
  mkdirSync(unfinished.folder, { mode: 0o700 });
  if (cluster.account) {
    chownSync(unfinished.folder, cluster.account.uid, cluster.account.gid);
  }
  await initialise(unfinished);
  writeFileSync(join(unfinished.folder, 'pg_hba.conf'), CLIENT_RULES);
  await runAlone(unfinished, [
    `create role stoika login createdb password '${password}'`,
    'create database stoika owner stoika',
  ]);
  renameSync(unfinished.folder, cluster.folder);
}

/** Gives the role a new password, for when the old one was lost. The server must not be running. */
export async function changePassword(cluster: Cluster, password: string): Promise<void> {
  await runAlone(cluster, [`alter role stoika password '${password}'`]);
}

export function clusterExists(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

/**
 * The C.UTF-8 locale that PostgreSQL brings with it: knows upper and lower case of every script
 * and, unlike the machine's locales, sorts the same after any upgrade of the machine.
 */
async function initialise({ folder, account, programs }: Cluster): Promise<void> {
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await promisify(execFile)(
    programs.initdb,
    [`--pgdata=${folder}`, '--username=postgres', '--auth=reject', '--encoding=UTF8', ...locale],
    { cwd: '/', env: SERVER_ENVIRONMENT, ...account },
  );
}

/** Runs statements as superuser in single-user mode, which needs no sign-in and no socket. */
async function runAlone(cluster: Cluster, statements: string[]): Promise<void> {
  const { folder, account, programs } = cluster;
  const server = spawn(programs.postgres, ['--single', '-j', '-D', folder, 'postgres'], {
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'pipe'],
    ...account,
  });
  server.stdin.end(statements.map((statement) => `${statement};\n\n`).join(''));
  const messages = await text(server.stderr);
  if (/^.*(ERROR|FATAL|PANIC):/m.test(messages)) throw new Error(messages);
}
