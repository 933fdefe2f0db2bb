import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHttpServer } from '#app/http-server.ts';
import type { HttpServer } from '#app/http-server.ts';
import { webhookDoorKind } from '#domains/webhooks/index.ts';
import { PUBLIC_EVENTS } from '#domains/webhooks/public-events.ts';
import { newSecret, signedHeaders } from '#domains/webhooks/sign-delivery.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

const ROOT = join(import.meta.dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/guides/webhooks.md'), 'utf8');
const run = promisify(execFile);

let shop: TestShop;
let http: HttpServer;
let shopper: Shopper;
let receiver: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'webhooks-guide-'));

beforeAll(async () => {
  shop = await startShop();
  shop.runtime.extensions.register(webhookDoorKind, { id: 'webhooks', allowLoopback: true });
  http = await startHttpServer(shop.runtime, {
    port: 0,
    distDir: null,
    databaseUrl: shop.databaseUrl,
  });
  shopper = await shop.shopper();
});
afterAll(async () => {
  receiver?.kill();
  await http.close();
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
});

function blocksOf(language: string): string[] {
  const blocks = [...GUIDE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))];
  return blocks.map((block) => block[1] ?? '');
}

// oxlint-disable-next-line typescript/no-explicit-any
async function answerTo(command: string | undefined, env: Record<string, string>): Promise<any> {
  const { stdout } = await run('bash', ['-c', command ?? 'false'], {
    env: { PATH: process.env['PATH'], ...env },
  });
  await shop.settle();
  return JSON.parse(stdout);
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number };
    server.close(() => resolve(port));
  });
  return promise;
}

/** The guide's receiver, and what it says. */
async function startReceiver(secret: string, port: number): Promise<{ said: () => string }> {
  const file = join(folder, 'receiver.mjs');
  writeFileSync(file, blocksOf('js')[0] ?? '');
  const child = spawn(process.execPath, [file], {
    env: { WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (let turn = 0; turn < 100; turn += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (isUp) return { said: () => said };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the receiver of the guide does not listen');
}

it('registers an address and sends a test with the commands of the guide, to its receiver', async () => {
  const scopes = ['webhooks.read', 'webhooks.write', 'invoices.read', 'support.read'];
  const { key } = await shopper.ok('POST', '/v1/api-keys', { name: 'hooks', scopes, days: null });
  const port = await freePort();
  const hook = `http://127.0.0.1:${port}/hook`;
  const env = { SHOP: `http://localhost:${http.port}`, KEY: key, HOOK: hook };
  const [register, test, look, ...more] = blocksOf('sh');
  expect(more).toEqual([]);
  const endpoint = await answerTo(register, env);
  const { said } = await startReceiver(endpoint.secret, port);
  await answerTo(test, { ...env, WEBHOOK: endpoint.id });
  const { items } = await answerTo(look, { ...env, WEBHOOK: endpoint.id });
  expect(items).toMatchObject([{ event: 'webhook.test', state: 'sent', status: 204 }]);
  expect(said()).toBe('webhook.test\n');

  // It takes nothing that was not signed with this secret, now.
  const body = '{"type":"invoice.paid"}';
  const post = async (headers: Record<string, string>) =>
    (await fetch(hook, { method: 'POST', headers, body })).status;
  const signed = (secret: string, atMs: number) =>
    signedHeaders([secret], { messageId: 'evt_1', body, atMs });
  expect(await post(signed(endpoint.secret, Date.now()))).toBe(204);
  expect(await post(signed(newSecret(), Date.now()))).toBe(401);
  expect(await post(signed(endpoint.secret, Date.now() - 400_000))).toBe(401);
  expect(await post({})).toBe(401);
});

it('is received by the guide’s PHP too, which refuses the same', async () => {
  const [php = ''] = blocksOf('php');
  const secret = newSecret();
  const body = '{"type":"ticket.opened"}';
  // What the web server of the reader's site does: its setting, and the headers as PHP names them.
  const script = php.replace('<?php', `<?php putenv('WEBHOOK_SECRET=${secret}');`);
  const ask = async (headers: Record<string, string>) => {
    const server = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        `HTTP_${name.toUpperCase().replaceAll('-', '_')}`,
        value,
      ]),
    );
    const child = run(process.execPath, [join(ROOT, 'test/harness/php-main.ts')], { cwd: ROOT });
    child.child.stdin?.end(JSON.stringify({ script, body, server }));
    return JSON.parse((await child).stdout) as { status: number; output: string };
  };
  const signed = (secrets: string[], atMs: number) =>
    signedHeaders(secrets, { messageId: 'evt_1', body, atMs });
  const [taken, forged, stale] = await Promise.all([
    ask(signed([newSecret(), secret], Date.now())),
    ask(signed([newSecret()], Date.now())),
    ask(signed([secret], Date.now() - 400_000)),
  ]);
  expect(taken).toEqual({ status: 200, output: 'ticket.opened' });
  expect([forged.status, stale.status]).toEqual([401, 401]);
});

it('says of every event what it needs and what it tells', () => {
  const rows = PUBLIC_EVENTS.map(({ name, needs, fields }) => {
    const data = fields.map((field) => `\`${field}\``).join(', ');
    return `| \`${name}\` | \`${needs}\` | ${data} |`;
  });
  const table = GUIDE.split('\n').filter((line) => /^\| `[a-z-]+\.[a-z-]+`/.test(line));
  expect(table).toEqual(rows);
});
