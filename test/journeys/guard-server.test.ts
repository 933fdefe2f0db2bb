import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STANDARD_RULES } from '#agent/guard/rules/standard-rules.ts';
import { signPack } from '#agent/guard/scan/read-rule-pack.ts';
import { startHostingTest } from '#domains/hosting/hosting-test.ts';
import type { HostingTest, TestClient } from '#domains/hosting/hosting-test.ts';
import { hostingRoutes, serverModuleKind } from '#domains/hosting/index.ts';
import { guardServers, protectionEngineKind, protectionRoutes } from '#domains/protection/index.ts';
import { syncNode } from '#domains/protection/sync-node.ts';
import { subscriptionsRoutes } from '#domains/subscriptions/index.ts';
import { remoteGuard } from '#extensions/protection-engines/remote-guard/remote-guard.ts';
import { bareServer } from '#extensions/server-modules/bare-server/bare-server.ts';
import { outside } from '#platform/runtime.ts';
import type { Visitor } from '#test/harness/visitor.ts';

/** The guard of a server, as a process of its own, against a centre on this machine. */
const PROGRAM = join(import.meta.dirname, '../../agent/guard/guard-main.ts');
/** It looks as a shell looks, and returns before anything of it could run. */
const shell = (mark: string) => `<?php return; eval($_POST['${mark}']);`;
const OWNER_UID = 300_701;
/** A real agent takes its time on a busy machine. */
const LONG_MS = 240_000;
const wait = { timeout: LONG_MS, interval: 200 };

const signer = generateKeyPairSync('ed25519');
let test: HostingTest;
let staff: Visitor;
let client: TestClient;
let centre: Server;
let centreUrl = '';
let folder = '';
let nodeId = '';
let account: { id: string; ref: string };
let agent: ChildProcess | null = null;

beforeAll(async () => {
  test = await startHostingTest(
    {
      subscriptions: subscriptionsRoutes,
      hosting: hostingRoutes,
      protection: protectionRoutes,
    },
    { guard: 'off' },
  );
  test.runtime.extensions
    .register(protectionEngineKind, remoteGuard)
    .register(serverModuleKind, bareServer);
  staff = await test.staff('owner');
  client = await test.client();
  const bought = [{ componentId: 'website-protection', quantity: 1 }];
  const { id } = await test.buy(client, { domainName: 'garden.example', bought });
  await test.settle();
  const made = await client.visitor.call('GET', `/v1/subscriptions/${id}/hosting-accounts`);
  account = { id: made.body.items[0].id, ref: made.body.items[0].packageId };
  folder = mkdtempSync(join(tmpdir(), 'stoika-guard-server-'));
  mkdirSync(join(folder, 'homes', account.ref), { recursive: true });
  give(join(folder, 'homes', account.ref));
  writeFileSync(
    join(folder, 'rules.pem'),
    signer.publicKey.export({ type: 'spki', format: 'pem' }),
  );
  await openCentre(0);
}, LONG_MS);
afterAll(async () => {
  agent?.kill('SIGTERM');
  if (agent) await once(agent, 'exit');
  await closeCentre();
  await test.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openCentre(port: number): Promise<void> {
  centre = createAdaptorServer({
    fetch: guardServers(test.runtime).fetch,
    createServer,
  }) as Server;
  centre.listen(port, '127.0.0.1');
  await once(centre, 'listening');
  const address = centre.address();
  centreUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`;
}

async function closeCentre(): Promise<void> {
  centre.close();
  centre.closeAllConnections();
  await once(centre, 'close');
}

function give(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, OWNER_UID, OWNER_UID);
}

function drop(name: string, content: string): string {
  const path = join(folder, 'homes', account.ref, name);
  writeFileSync(path, content);
  give(path);
  return path;
}

const settings = () => join(folder, 'etc/server.json');
const keyNow = (): string => (JSON.parse(readFileSync(settings(), 'utf8')) as { key: string }).key;
const read = (path: string) => readFileSync(path, 'utf8');

function stoikaGuard(...args: string[]): ChildProcess {
  const flags = ['--config', settings(), '--homes', join(folder, 'homes')];
  flags.push('--key', join(folder, 'rules.pem'));
  return spawn(process.execPath, [PROGRAM, ...args, ...flags, '--data', join(folder, 'data')], {
    stdio: ['ignore', 'ignore', process.env.TEST_LOG ? 'inherit' : 'ignore'],
  });
}

function askToJoin(code: string): Promise<Response> {
  const body = JSON.stringify({ code, version: '1', hostName: 'other', homes: '/home' });
  return fetch(`${centreUrl}/hooks/guard/join`, { method: 'POST', body });
}

/** What the agenda does every few seconds. */
const visit = () => syncNode(outside(test.runtime, { kind: 'system', name: 'test' }), nodeId);

async function serverNow() {
  await visit();
  const { body } = await staff.call('GET', '/v1/admin/protection/nodes');
  return body.items.find((one: { nodeId: string }) => one.nodeId === nodeId);
}

async function findings() {
  const { body } = await client.visitor.call('GET', `/v1/hosting-accounts/${account.id}/findings`);
  return body.items as { id: string; path: string; state: string }[];
}

async function findingAt(path: string, state: string): Promise<string> {
  await expect
    .poll(async () => (await findings()).map((one) => [one.path, one.state]), wait)
    .toContainEqual([path, state]);
  return (await findings()).find((one) => one.path === path)?.id ?? '';
}

function callAs(key: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${centreUrl}/hooks/guard/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const CALL = {
  version: '0.1.0',
  spool: '00000000-0000-4000-8000-000000000001',
  watcher: 'tree',
  watcherWhy: null,
  homes: '/home',
  policyDigest: null,
  rules: '1',
  takesRules: false,
  refusedPack: null,
  events: [],
  results: [],
};

describe('the guard of a server', { timeout: LONG_MS }, () => {
  it('joins with a code that opens the door once', async () => {
    const nodes = await staff.call('GET', '/v1/admin/nodes');
    nodeId = nodes.body.items[0].id;
    const added = await staff.call('POST', `/v1/admin/protection/nodes/${nodeId}/server`, {});
    expect(added.status).toBe(200);
    expect((await askToJoin('AAAA-BBBB-CCCC-DDDD')).status).toBe(401);
    const [exit] = await once(
      stoikaGuard('join', centreUrl, added.body.code.toLowerCase()),
      'exit',
    );
    expect(exit).toBe(0);
    expect((await askToJoin(added.body.code)).status).toBe(401);
    expect(statSync(settings()).mode & 0o777).toBe(0o600);
    agent = stoikaGuard('serve');
    await expect
      .poll(async () => (await serverNow()).server, wait)
      .toMatchObject({ state: 'joined', accounts: 1, waitingOrders: 0 });
    const watcher = process.getuid?.() === 0 ? /fanotify|tree/ : /tree/;
    expect((await serverNow()).server.watcher).toMatch(watcher);
  });

  it('takes its policy, finds what is dropped, and mends it', async () => {
    const site = async () =>
      (await client.visitor.call('GET', `/v1/hosting-accounts/${account.id}/protection`)).body;
    await expect
      .poll(async () => {
        await visit();
        return (await site()).account;
      }, wait)
      .toMatchObject({ mode: 'protect', appliedMode: 'protect' });
    const path = drop('shell.php', shell('stoika1'));
    await findingAt('shell.php', 'mended');
    expect(read(path)).toBe('');
  });

  it('shows what it took, and puts it back at its owner’s word', async () => {
    const id = await findingAt('shell.php', 'mended');
    const bytes = await staff.call('GET', `/v1/admin/protection/findings/${id}/bytes`);
    expect(Buffer.from(bytes.body.base64, 'base64').toString()).toContain('eval($_POST');
    const restored = await client.visitor.call('POST', `/v1/findings/${id}/restore`, {});
    expect(restored.body).toMatchObject({ state: 'restored', waitingFor: null });
    expect(read(join(folder, 'homes', account.ref, 'shell.php'))).toBe(shell('stoika1'));
  });

  it('looks at all files when asked, and tells when it is done', async () => {
    const newest = async () => {
      await visit();
      const path = `/v1/hosting-accounts/${account.id}/protection`;
      return (await client.visitor.call('GET', path)).body.scan;
    };
    // The one that it began with: told later, it would be the newest.
    await expect.poll(newest, wait).toMatchObject({ kind: 'delta', state: 'done' });
    const asked = await client.visitor.call('POST', `/v1/hosting-accounts/${account.id}/scans`, {});
    expect(asked.body.state).toBe('wanted');
    const done = { id: asked.body.id, kind: 'on-demand', state: 'done' };
    await expect.poll(newest, wait).toMatchObject(done);
  });

  it('looks at one of its accounts at the word of staff', async () => {
    const server = `/v1/admin/protection/servers/${nodeId}`;
    const unknown = await staff.call('POST', `${server}/scans`, { accountRef: 'nobody' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'server-account-not-found' } });
    const named = await staff.call('GET', `${server}/accounts`);
    expect(named.body.items[0].accountRef).toBe(account.ref);
    const asked = await staff.call('POST', `${server}/scans`, { accountRef: account.ref });
    expect(asked.status).toBe(200);
    await expect.poll(async () => (await serverNow()).server.waitingOrders, wait).toBe(0);
  });

  it('goes on while the centre is away, and tells everything afterwards', async () => {
    const port = Number(new URL(centreUrl).port);
    await closeCentre();
    const paths = ['a', 'b', 'c'].map((name) => drop(`${name}.php`, shell(`stoika-${name}`)));
    await expect.poll(() => paths.map(read), wait).toEqual(['', '', '']);
    const kept = (await findings()).find(({ path }) => path === 'shell.php');
    // Asked for now, done when it calls again.
    const staffScan = `/v1/admin/protection/accounts/${account.id}/scans`;
    await staff.call('POST', staffScan, {});
    await visit();
    expect((await serverNow()).server.waitingOrders).toBe(1);
    await openCentre(port);
    for (const name of ['a', 'b', 'c']) await findingAt(`${name}.php`, 'mended');
    expect(kept?.state).toBe('restored');
    await expect.poll(async () => (await serverNow()).server.waitingOrders, wait).toBe(0);
    expect((await serverNow()).lostEvents).toBe(0);
    expect(await findings()).toHaveLength(4);
  });

  it('takes rules that are signed, and no others', async () => {
    const path = '/v1/admin/protection/servers/rules';
    const packBy = (version: string, key: KeyObject) =>
      JSON.stringify(signPack(version, STANDARD_RULES, key));
    const rules = async () => (await serverNow()).server.rules;
    expect((await staff.call('PUT', path, { pack: 'no pack' })).status).toBe(422);
    const pack = packBy('2099.01', signer.privateKey);
    expect((await staff.call('PUT', path, { pack })).body).toEqual({ version: '2099.01' });
    await expect.poll(rules, wait).toBe('2099.01');
    const forged = packBy('2099.02', generateKeyPairSync('ed25519').privateKey);
    await staff.call('PUT', path, { pack: forged });
    drop('meanwhile.php', shell('stoika-meanwhile'));
    await findingAt('meanwhile.php', 'mended');
    expect(await rules()).toBe('2099.01');
  });

  it('fetches another key, which alone opens from then on', async () => {
    const before = keyNow();
    await staff.call('POST', `/v1/admin/protection/servers/${nodeId}/rotate`, {});
    await expect.poll(keyNow, wait).not.toBe(before);
    await expect.poll(async () => (await callAs(before, 'call', CALL)).status, wait).toBe(401);
    drop('later.php', shell('stoika-later'));
    await findingAt('later.php', 'mended');
  });

  it('tells of its own accounts only, when it is another', async () => {
    const { body } = await staff.call('POST', '/v1/admin/protection/servers', { name: 'other' });
    const joined = await askToJoin(body.code);
    const { key } = (await joined.json()) as { key: string };
    const event = {
      ...{ kind: 'finding', seq: 1, at: new Date().toISOString(), findingId: 'f1' },
      ...{ accountRef: account.ref, path: 'forged.php', class: 'malicious', family: null },
      ...{ rules: [], confidence: 99, certain: true, limit: null, sha256: 'a'.repeat(64) },
      ...{ size: 1, foundAt: new Date().toISOString(), detectedAfterMs: 1, foundBy: 'write' },
      origin: null,
    };
    const told = await callAs(key, 'call', { ...CALL, events: [event] });
    expect(await told.json()).toMatchObject({ acked: 1, orders: [] });
    expect((await findings()).map(({ path }) => path)).not.toContain('forged.php');
    const mine = await staff.call('GET', `/v1/admin/protection/findings?nodeId=${body.id}`);
    expect(mine.body.items).toMatchObject([{ path: 'forged.php', accountId: null }]);
    const nodes = (await staff.call('GET', '/v1/admin/protection/nodes')).body.items;
    const other = nodes.find((one: { name: string }) => one.name === 'other');
    expect(other).toMatchObject({ accounts: 0, openFindings: 1 });
  });

  it('is refused what nobody can read, and strangers learn nothing', async () => {
    expect((await callAs(keyNow(), 'call', { ...CALL, events: 'many' })).status).toBe(422);
    expect((await callAs(`sgk_${nodeId}_${'x'.repeat(43)}`, 'call', CALL)).status).toBe(401);
    expect((await callAs('', 'call', CALL)).status).toBe(401);
  });

  it('is refused at once when it was turned away', async () => {
    const key = keyNow();
    await staff.call('POST', `/v1/admin/protection/servers/${nodeId}/revoke`, {});
    expect((await callAs(key, 'call', CALL)).status).toBe(401);
    expect((await callAs(key, 'key', {})).status).toBe(401);
    expect((await serverNow()).server.state).toBe('revoked');
  });
});
