import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVER_ENVIRONMENT } from './create-cluster.ts';
import { embeddedPostgresRefusal } from './embedded-postgres-refusal.ts';
import { isReady, stopPostmaster } from './postmaster.ts';
import type { ServerAccount } from './server-account.ts';
import type { ServerPrograms } from './server-programs.ts';

type Launch = {
  dataDir: string;
  folder: string;
  account: ServerAccount;
  programs: ServerPrograms;
  durable: boolean;
};

export type LaunchedServer = { port: number; ended: Promise<void>; stop(): Promise<void> };

const ATTEMPTS = 6;
const LOG_LIMIT_BYTES = 10_000_000;

/**
 * Becomes the server, after leaving a watcher behind that holds the other end of a pipe to us:
 * when the pipe closes without a word, we are dead, and the server is told to stop.
 */
const LAUNCHER = `
server=$$
( { read -r _ <&3 || kill -INT "$server"; } >/dev/null 2>&1 & )
exec "$@" 3<&-`;

const SAFE = {
  fsync: 'on',
  max_connections: 100,
  // Room for the pages that a renewal run of a large base turns over, and for its log between
  // two checkpoints. Statements are short and many: compiling them costs more than running them.
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  wal_buffers: '16MB',
  jit: 'off',
  // After a crash: one call for the whole file system, not one for each of a thousand files.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_connections: 200,
};

/**
 * Starts the server on its remembered port, or on another one when that is taken, and waits until
 * it accepts connections. A crashed server's last processes may still hold its memory for a moment:
 * hence the attempts.
 */
export async function launchServer(launch: Launch): Promise<LaunchedServer> {
  const log = join(launch.dataDir, 'server.log');
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  const logged = existsSync(log) ? statSync(log).size : 0;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = await choosePort(join(launch.dataDir, 'port'));
    const server = spawnServer(launch, port, log);
    const ended = endOf(server);
    if (await becameReady(launch.folder, server, ended)) {
      return { port, ended, stop: () => stopServer(server, ended) };
    }
    await pause(attempt * 300);
  }
  throw embeddedPostgresRefusal(
    'server-did-not-start',
    `PostgreSQL did not start. It wrote to ${log}:\n${readFileSync(log).subarray(logged)}`,
  );
}

function spawnServer(launch: Launch, port: number, log: string): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    ...(launch.durable ? SAFE : FAST),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(log, 'a', 0o600);
  const server = spawn(
    '/bin/sh',
    ['-c', LAUNCHER, 'sh', launch.programs.postgres, '-D', launch.folder, ...options],
    {
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', output, output, 'pipe'],
      detached: true, // Ctrl-C in a terminal reaches us, not the server under our open requests
      ...launch.account,
    },
  );
  closeSync(output);
  server.unref();
  return server;
}

async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  server.ref(); // a server alone does not keep our process going, its orderly end does
  if (server.pid) await stopPostmaster(server.pid);
  await ended;
}

/** Settles when the process is gone; the watcher is told first, as the pid is free from then on. */
async function endOf(server: ChildProcess): Promise<void> {
  const watcher = server.stdio[3] as Writable & { unref(): void };
  watcher.unref();
  watcher.on('error', () => {}); // the watcher may be gone already: killed with the server
  await Promise.race([once(server, 'exit'), once(server, 'error')]);
  watcher.end('stopped\n');
}

async function becameReady(
  folder: string,
  server: ChildProcess,
  ended: Promise<void>,
): Promise<boolean> {
  let running = server.pid !== undefined;
  void ended.then(() => (running = false));
  while (running) {
    if (isReady(folder, server.pid ?? 0)) return true;
    await pause(10);
  }
  return false;
}

/**
 * The port of the last start, so that the URL stays the same, else a free one below the range from
 * which systems take outgoing connections' ports: those could sit on ours when we come back.
 */
async function choosePort(memory: string): Promise<number> {
  const remembered = existsSync(memory) ? Number(readFileSync(memory, 'utf8')) : 0;
  if (remembered && (await isFree(remembered))) return remembered;
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(20_000, 32_000);
    if (!(await isFree(port))) continue;
    writeFileSync(memory, String(port), { mode: 0o600 });
    return port;
  }
  throw new Error('No free TCP port was found on 127.0.0.1.');
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  return promise;
}
