import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The server process of a cluster as its postmaster.pid describes it. */
export type Postmaster = { pid: number; port: number; ready: boolean };

const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 10_000;

/**
 * Reads postmaster.pid (lines: pid, folder, start, port, socket folder, address, shared memory,
 * status). The file outlives a machine that lost power, and its pid may be anybody's afterwards;
 * PostgreSQL would then refuse to start, so a file that surely names no server is removed.
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid');
  const found = readPostmaster(file);
  const running = found ? whatRuns(cluster, found.pid) : 'other program';
  if (running === 'server') return found;
  if (running === 'other program') rmSync(file, { force: true });
  return undefined;
}

/** The server is started by us as `pid`: true once it accepts connections. */
export function isReady(cluster: string, pid: number): boolean {
  const found = readPostmaster(join(cluster, 'postmaster.pid'));
  return found?.pid === pid && found.ready;
}

/**
 * Stops the server: SIGINT ("fast": sessions are cut, everything is written), then SIGQUIT
 * ("immediate": recovered from the log at the next start). Nothing committed is lost either way.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  if (!signal(pid, 'SIGINT') || (await waitUntilGone(pid, FAST_STOP_MS))) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntilGone(pid, IMMEDIATE_STOP_MS)) return;
  throw new Error(`The PostgreSQL server (process ${pid}) does not stop.`);
}

/** A process that ended but was never waited for (containers without an init) is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return process.platform !== 'linux' || !/\) [ZX] /.test(readIfPresent(`/proc/${pid}/stat`));
}

function readPostmaster(file: string): Postmaster | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port, ready: lines[7]?.trim() === 'ready' };
}

/**
 * A server's working folder is its cluster, where no other program has reason to sit. Containers
 * hide that folder from root when the server has another account; its command line then tells.
 */
function whatRuns(cluster: string, pid: number): 'server' | 'other program' | 'other server' {
  if (!isAlive(pid)) return 'other program';
  try {
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    return folder === realpathSync(cluster) ? 'server' : 'other program';
  } catch {
    const command = commandLine(pid);
    if (command.includes(cluster)) return 'server';
    return command.includes('postgres') ? 'other server' : 'other program';
  }
}

function commandLine(pid: number): string {
  if (process.platform === 'linux') return readIfPresent(`/proc/${pid}/cmdline`);
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // gone meanwhile
  }
}

function readIfPresent(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await pause(10)) {
    if (!isAlive(pid)) return true;
  }
  return false;
}
