import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../app/main.ts');
const READY = 'Ctrl-C stops everything';
const READY_WITHIN_MS = 120_000;
const OUTPUT_CHARS_MAX = 200_000;

export type StoikaPlace = { dataDir: string; port: number; cardPort: number; sitesPort: number };

/** The program as a newcomer runs it, in a process of its own. */
export type StoikaProcess = {
  /** `http://localhost:…`: the operator's shop. */
  url: string;
  pid: number;
  /** Resolves when it has printed its addresses; rejects when it ends before that. */
  ready: Promise<void>;
  exited: Promise<void>;
  /** `kill -9`; what hangs on it ends by itself. */
  kill(): Promise<void>;
  /** Ctrl-C. */
  stop(): Promise<void>;
  output(): string;
};

/** Ports that nobody uses now, for a place that is started more than once. */
export async function choosePlace(dataDir: string): Promise<StoikaPlace> {
  const port = await freePort([]);
  const cardPort = await freePort([port]);
  const sitesPort = await freePort([port, cardPort]);
  return { dataDir, port, cardPort, sitesPort };
}

/** Below those that outgoing connections take by themselves, which might be gone a moment later. */
async function freePort(taken: readonly number[]): Promise<number> {
  for (;;) {
    const port = randomInt(10_240, 32_768);
    if (taken.includes(port)) continue;
    const server = createServer();
    const isFree = await new Promise<boolean>((answer) => {
      server.once('error', () => answer(false));
      server.listen(port, () => answer(true));
    });
    if (!isFree) continue;
    await once(server.close(), 'close');
    return port;
  }
}

/** Starts `app/main.ts start` on a data folder, which it fills or finds as it was left. */
export function startStoika(
  place: StoikaPlace,
  options: { env?: Record<string, string>; node?: readonly string[] } = {},
): StoikaProcess {
  const child = spawn(process.execPath, [...(options.node ?? []), MAIN, 'start'], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATA_DIR: place.dataDir,
      PORT: String(place.port),
      CARD_PORT: String(place.cardPort),
      SITES_PORT: String(place.sitesPort),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARS_MAX);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exited = once(child, 'exit').then(() => {});
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const ready = becameReady(child, exited, () => output);
  ready.catch(() => {}); // whoever waits for it is told; a process that is killed has nobody
  return {
    url: `http://localhost:${place.port}`,
    pid: child.pid ?? 0,
    ready,
    exited,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    output: () => output,
  };
}

async function becameReady(
  child: ChildProcess,
  exited: Promise<void>,
  output: () => string,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error(`not ready in time:\n${output()}`)),
    READY_WITHIN_MS,
  );
  void exited.then(() => reject(new Error(`ended before it was ready:\n${output()}`)));
  child.stdout?.on('data', () => {
    if (output().includes(READY)) resolve();
  });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}
