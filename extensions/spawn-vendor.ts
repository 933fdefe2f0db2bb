import { spawn } from 'node:child_process';

export type VendorProcess = {
  /** Where it listens, without a trailing slash. */
  url: string;
  pid: number;
  /** Asks it to stop and waits until it is gone; after five seconds it is killed. */
  stop(): Promise<void>;
  /** `kill -9`, for tests of what survives. */
  kill(): Promise<void>;
  /** Resolves with the exit code, or null after a signal. */
  exited: Promise<number | null>;
};

const READY_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 5_000;
/** All of our environment a vendor may see: our own secrets are none of its business. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'LD_LIBRARY_PATH'],
  'NODE_COMPILE_CACHE', // no secret: where Node keeps what it has compiled
];

/**
 * Starts a vendor stand-in as a child on the same Node and waits for its `{ ready: url }`.
 * Settings go through the environment, because arguments are visible in the process list. The
 * child ends when the channel closes, so it dies with its parent, even with `kill -9`.
 */
export function spawnVendor(
  main: string,
  settings: Readonly<Record<string, string>>,
): Promise<VendorProcess> {
  const child = spawn(process.execPath, [main], {
    env: { ...pick(process.env, PASSED_ON), ...settings },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  const stop = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(timer);
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${main} did not become ready in ${READY_WITHIN_MS} ms`));
    }, READY_WITHIN_MS);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${main} ended with ${code} before it was ready`));
    });
    child.on('message', (message) => {
      if (!isReady(message)) return;
      clearTimeout(timer);
      resolve({ url: message.ready, pid: child.pid ?? 0, stop, kill, exited });
    });
  });
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

function isReady(message: unknown): message is { ready: string } {
  return typeof message === 'object' && message !== null && 'ready' in message;
}

/** The child's half: reports readiness, closes and ends when the parent lets go or asks. */
export function reportReady(url: string, close: () => Promise<void>): void {
  const end = () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('disconnect', end);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.send?.({ ready: url });
}
