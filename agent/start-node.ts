import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { NodeOptionsInput } from './node-options.ts';

export type EmbeddedNode = {
  /** Base URL of the control API, without a trailing slash. */
  controlUrl: string;
  webPort: number;
  php: 'available' | 'missing' | 'off';
  pid: number;
  /** Stops the node cleanly; killed after a few seconds if it does not. Again is accepted. */
  stop: () => Promise<void>;
  /** Resolves when the process is gone, for whatever reason. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

const readyWithinMs = 15_000;
const stopWithinMs = 5_000;

/**
 * Starts the node as a child process and resolves when it listens. It ends with this process, also
 * if this one is killed. Rejects with the node's own words when it cannot start.
 */
export function startEmbeddedNode(options: NodeOptionsInput): Promise<EmbeddedNode> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      // With what Node has compiled before, it starts in half the time.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...toEnvironment(options),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  let listening = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    if (listening) process.stderr.write(chunk);
    else words = (words + chunk).slice(-4000);
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const stop = async () => {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    if (child.connected) child.disconnect();
    await exited;
    clearTimeout(timer);
  };
  return new Promise((resolve, reject) => {
    const giveUp = (reason: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`The embedded node did not start: ${reason}\n${words}`));
    };
    const timer = setTimeout(() => giveUp(`not ready within ${readyWithinMs} ms`), readyWithinMs);
    child.once('error', (error) => giveUp(error.message));
    exited.then(({ code, signal }) => giveUp(`ended with ${signal ?? code}`), giveUp);
    child.on('message', (message: unknown) => {
      if (!isReady(message)) return;
      clearTimeout(timer);
      listening = true;
      const { controlPort, webPort, php } = message.ready;
      const controlUrl = `http://127.0.0.1:${controlPort}`;
      resolve({ controlUrl, webPort, php, pid: child.pid ?? 0, stop, exited });
    });
  });
}

/** Options travel by environment: the token must not stand in the process list. */
function toEnvironment(options: NodeOptionsInput): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const words = key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    environment[`STOIKA_NODE_${words}`] = Array.isArray(value)
      ? value.join(',')
      : `${value as string}`;
  }
  return environment;
}

function isReady(message: unknown): message is { ready: ReadyMessage } {
  return typeof message === 'object' && message !== null && 'ready' in message;
}

type ReadyMessage = { controlPort: number; webPort: number; php: EmbeddedNode['php'] };
