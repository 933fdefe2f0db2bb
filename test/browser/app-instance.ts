import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const READY = 'Ctrl-C stops everything';
const READY_WITHIN_MS = 120_000;

export const DEMO_PASSWORD = 'stoika-demo-password';

/** A whole Stoika of its own, as `npm start` starts it: the demo, its vendors, its clock. */
export type AppInstance = {
  /** `http://localhost:…`: the operator's shop, the client area and the staff's panel. */
  origin: string;
  port: number;
  stop(): Promise<void>;
};

/** Starts one with a fresh demo; `today` is the day on which its business stands. */
export async function startApp(options: { today?: string } = {}): Promise<AppInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stoika-app-'));
  const [port, card, sites] = await Promise.all([freePort(), freePort(), freePort()]);
  const child = spawn(process.execPath, [join(ROOT, 'app/main.ts'), 'start'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATA_DIR: dataDir,
      PORT: String(port),
      CARD_PORT: String(card),
      SITES_PORT: String(sites),
      ...(options.today ? { SANDBOX_TODAY: options.today } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  let words = '';
  await new Promise<void>((ready, fail) => {
    const timer = setTimeout(() => fail(new Error(`not ready:\n${words}`)), READY_WITHIN_MS);
    const hear = (chunk: Buffer): void => {
      words += chunk.toString();
      if (!words.includes(READY)) return;
      clearTimeout(timer);
      ready();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => fail(new Error(`ended with ${code}:\n${words}`)));
  });
  return {
    origin: `http://localhost:${port}`,
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
