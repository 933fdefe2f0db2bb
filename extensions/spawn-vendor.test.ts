import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startSandboxCard } from './gateways/sandbox-card/start-sandbox-card.ts';

const options = { apiKey: 'sandbox-api-key', webhookSecrets: ['webhook-secret'] };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a vendor process dies with its parent, even when that is killed with -9', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'orphan-'));
  const start = join(import.meta.dirname, 'gateways/sandbox-card/start-sandbox-card.ts');
  const settings = JSON.stringify({ ...options, port: 0, folder });
  const script = `
    import { startSandboxCard } from ${JSON.stringify(start)};
    const { pid } = await startSandboxCard(${settings});
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  for (let turn = 0; turn < 500 && isAlive(pid); turn += 1) await delay(10);
  expect(isAlive(pid)).toBe(false);
  rmSync(folder, { recursive: true });
});

test('a vendor that cannot start is an error at once, not a wait', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'busy-'));
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const address = busy.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(startSandboxCard({ ...options, port, folder })).rejects.toThrow(
    'before it was ready',
  );
  busy.close();
  rmSync(folder, { recursive: true });
});
