import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startEmbeddedNode } from './start-node.ts';
import { openTestNode, type TestNode } from './testing/open-test-node.ts';

let node: TestNode;

afterEach(() => node.close());

/** One line of /proc/<pid>/status; '' when the process is gone. */
function statusLine(pid: number, name: string): string {
  try {
    const lines = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n');
    return (
      lines
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim() ?? ''
    );
  } catch {
    return '';
  }
}

/** Process ids of the node's children. */
function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => Number(statusLine(pid, 'PPid')) === parent);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs = 5000,
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (await condition()) return true;
    await sleep(25);
  }
  return false;
}

describe('kill -9', () => {
  test('of the node keeps everything, and takes every account’s process with it', async () => {
    node = await openTestNode();
    await node.addPackage('alpha');
    await node.addPackage('beta');
    await node.addPackage('gone');
    await node.control('PUT', '/packages/alpha/accounts/second', {
      username: 'second',
      domain: 'second.example',
    });
    await node.write('alpha', 'public_html/a.php', '<?php echo 1 + 1;');
    await node.write('alpha', 'public_html/loop.php', '<?php while (true) {}');
    await node.control('PUT', '/packages/beta/suspension', { reason: 'unpaid' });
    await node.control('PUT', '/packages/alpha/limits', { accounts: 9, diskMb: 64 });
    const { address } = await node.control('PUT', '/packages/alpha/addresses/ip');
    await node.control('DELETE', '/packages/gone');
    expect((await node.get('second.localhost')).status).toBe(200);
    const busy = node.get('alpha.localhost', { path: '/loop.php' }).catch(() => null);
    expect(await until(() => childrenOf(node.running().pid).length === 2)).toBe(true);
    const children = childrenOf(node.running().pid);
    await sleep(300);

    await node.killAndRestart();
    await busy;

    expect(await until(() => !children.some(isAlive))).toBe(true);
    expect((await node.get('alpha.localhost', { path: '/a.php' })).text).toBe('2');
    expect((await node.get('second.localhost')).status).toBe(200);
    expect((await node.get('beta.localhost')).status).toBe(503);
    expect((await node.get('gone.localhost')).status).toBe(404);
    const onAddress = await node.get('x', { address: String(address) });
    expect(onAddress.text).toContain('alpha.example');
    expect(await node.control('GET', '/packages/alpha')).toMatchObject({
      limits: { accounts: 9, diskMb: 64 },
      addresses: [{ ref: 'ip', address }],
    });
    const again = await node.control('PUT', '/packages/gone', {
      username: 'gone',
      domain: 'gone.example',
      platform: 'linux',
      limits: { accounts: 1, diskMb: 1 },
    });
    expect(again.code).toBe('reference-terminated');
  });

  test('at random moments of creating and deleting leaves nothing half there', async () => {
    node = await openTestNode({ php: 'off' });
    for (let round = 0; round < 5; round += 1) {
      const work = (async () => {
        for (let index = 0; index < 20; index += 1) {
          const name = `r${round}i${index}`;
          await node.addPackage(name, { accounts: 3, diskMb: 5 });
          await node.write(name, 'public_html/a.txt', 'x'.repeat(50_000));
          if (index % 2 === 1) await node.control('DELETE', `/packages/${name}`);
        }
      })().catch(() => undefined);
      await sleep(5 + ((round * 37) % 90));
      await node.killAndRestart();
      await work;
      const homes = await readdir(join(node.dataFolder, 'homes'));
      for (const ref of homes.filter((home) => home.startsWith(`r${round}`))) {
        const known = await node.control('GET', `/packages/${ref}/accounts/${ref}`);
        expect(known.status).toBe(200);
        // Repeating the order completes what the kill cut short.
        expect((await node.addPackage(ref, { accounts: 3, diskMb: 5 })).status).toBe(200);
        expect((await node.get(`${ref}.localhost`, { path: '/index.php' })).status).toBe(503);
      }
      const trash = join(node.dataFolder, 'trash');
      expect(await until(async () => (await readdir(trash)).length === 0)).toBe(true);
    }
  });

  test('of whoever started the node ends the node', async () => {
    node = await openTestNode({ php: 'off' });
    const script = `
      const { startEmbeddedNode } = await import('${join(import.meta.dirname, 'start-node.ts')}');
      const started = await startEmbeddedNode({
        dataFolder: '${node.dataFolder}/second', controlToken: 'x'.repeat(20), php: 'off' });
      console.log(started.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid))).toBe(true);
  });
});

describe('account processes', () => {
  test('start on demand, stop when idle and never exceed their number', async () => {
    node = await openTestNode({ maxProcesses: 2, idleTimeoutMs: 1200 });
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) await node.addPackage(name);
    const count = () => childrenOf(node.running().pid).length;
    expect(count()).toBe(0);
    const answers = await Promise.all(names.map((name) => node.get(`${name}.localhost`)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(count()).toBeGreaterThan(0);
    expect(count()).toBeLessThanOrEqual(2);
    expect(await until(() => count() === 0)).toBe(true);
    expect((await node.get('one.localhost')).status).toBe(200);
  });

  test('that are overrun answer 503 instead of piling up', async () => {
    node = await openTestNode({ maxQueuedPerAccount: 2, requestTimeoutMs: 1200 });
    await node.addPackage('alpha');
    await node.write('alpha', 'public_html/loop.php', '<?php while (true) {}');
    const path = '/loop.php';
    const all = Array.from({ length: 8 }, () => node.get('alpha.localhost', { path }));
    const statuses = (await Promise.all(all)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(5);
    expect(statuses).toContain(504);
    expect((await node.get('alpha.localhost')).status).toBe(200);
  });

  test('run as a user of their own when the node is root', async () => {
    node = await openTestNode();
    await node.addPackage('alpha');
    await node.addPackage('beta');
    await Promise.all([node.get('alpha.localhost'), node.get('beta.localhost')]);
    const children = childrenOf(node.running().pid);
    const distinct = new Set(children.map((pid) => statusLine(pid, 'Uid').split(/\s+/)[0]));
    expect(distinct.size).toBe(process.getuid?.() === 0 ? 2 : 1);
    expect(distinct.has('0')).toBe(false);
  });
});

test('a second node on the same folder is refused in words', async () => {
  node = await openTestNode({ php: 'off' });
  const second = startEmbeddedNode({
    dataFolder: node.dataFolder,
    controlToken: node.controlToken,
    php: 'off',
  });
  await expect(second).rejects.toThrow('data-folder-in-use');
});
