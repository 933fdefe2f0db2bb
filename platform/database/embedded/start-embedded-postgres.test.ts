import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseDataFolder } from './choose-data-folder.ts';
import { clusterExists } from './create-cluster.ts';
import { findPostmaster, isAlive, stopPostmaster } from './postmaster.ts';
import { canEnter, runningAsRoot, unprivilegedAccount } from './server-account.ts';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';

const MODULE = new URL('./start-embedded-postgres.ts', import.meta.url).href;

const KEEP_A_ROW = 'drop table if exists kept; create table kept as select 7 as seven';

let folder: string;
let dataDir: string;

beforeAll(() => {
  folder = mkdtempSync('/var/tmp/stoika embedded ');
  chmodSync(folder, 0o711);
});

beforeEach(() => {
  dataDir = join(folder, 'postgres');
});

afterEach(async () => {
  const running = findPostmaster(join(dataDir, 'cluster'));
  if (running) await stopPostmaster(running.pid);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the built-in PostgreSQL', () => {
  it('keeps its rows, its port and its password over a stop and a second start', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.url, KEEP_A_ROW);
    await first.stop();

    const second = await startEmbeddedPostgres({ dataDir });
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select seven from kept')).toEqual([{ seven: 7 }]);
    await second.stop();
  });

  it('writes to disk before it answers, unless it was started for tests', async () => {
    const safe = await startEmbeddedPostgres({ dataDir });
    expect(await query(safe.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await safe.stop();
    const fast = await startEmbeddedPostgres({ dataDir, durable: false });
    expect(await query(fast.url, 'show fsync')).toEqual([{ fsync: 'off' }]);
    await fast.stop();
  });

  it('lets in only its own role with its password, and that role is no superuser', async () => {
    const { url, stop } = await startEmbeddedPostgres({ dataDir });
    expect(
      await query(
        url,
        `select lower('ЖЁ') as word, rolsuper from pg_roles
      where rolname = current_user`,
      ),
    ).toEqual([{ word: 'жё', rolsuper: false }]);
    await expect(query(withPassword(url, 'guess'), 'select 1')).rejects.toThrow(/password/);
    await expect(query(url.replace('//stoika:', '//postgres:'), 'select 1')).rejects.toThrow(
      /pg_hba/,
    );
    await stop();
  });

  it('takes a new password when the file that keeps it was lost', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await first.stop();
    rmSync(join(dataDir, 'password'));
    const second = await startEmbeddedPostgres({ dataDir });
    expect(second.url).not.toBe(first.url);
    await query(second.url, 'select 1');
    await second.stop();
  });

  it('moves to another port when somebody took the remembered one', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(squatter, 'listening');
    const second = await startEmbeddedPostgres({ dataDir });
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    await query(second.url, 'select 1');
    await second.stop();
    squatter.close();
  });

  it('is shared by a second process unless that one wants it for itself', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    const second = await startEmbeddedPostgres({ dataDir });
    expect(second.url).toBe(first.url);
    await second.stop();
    await query(first.url, 'select 1');
    await expect(startEmbeddedPostgres({ dataDir, whenInUse: 'refuse' })).rejects.toMatchObject({
      code: 'database-in-use',
    });
    await first.stop();
  });

  it('is started once when two ask for it at the same moment', async () => {
    const both = await Promise.all([1, 2].map(() => startEmbeddedPostgres({ dataDir })));
    expect(both[0]?.url).toBe(both[1]?.url);
    await Promise.all(both.map(({ stop }) => stop()));
  });

  it('does not collide with the server of another checkout', async () => {
    const other = { dataDir: join(folder, 'other') };
    const [one, two] = await Promise.all([
      startEmbeddedPostgres({ dataDir, durable: false }),
      startEmbeddedPostgres({ ...other, durable: false }),
    ]);
    expect(one.url).not.toBe(two.url);
    await Promise.all([one.stop(), two.stop()]);
  });
});

describe('after its process was killed with -9', () => {
  it('stops by itself, and the next start has every committed row', async () => {
    const { pid } = await startAndDie();
    await waitFor(() => !isAlive(pid));
    await expectKeptRow();
  });

  it('is replaced by the next start when it was left running', async () => {
    const { pid } = await startAndDie({ killWatcher: true });
    expect(isAlive(pid)).toBe(true);
    await expectKeptRow();
    expect(isAlive(pid)).toBe(false);
  });

  it('recovers when the server itself was killed too', async () => {
    const { pid } = await startAndDie({ killWatcher: true });
    process.kill(pid, 'SIGKILL');
    await expectKeptRow();
  });

  it('is not fooled by a postmaster.pid whose number now belongs to another program', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    const file = join(dataDir, 'cluster', 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    await first.stop();
    writeFileSync(file, [process.pid, ...lines.slice(1)].join('\n'));
    const second = await startEmbeddedPostgres({ dataDir });
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('starts over when it died while making the cluster', async () => {
    dataDir = join(folder, 'killed early');
    mkdirSync(join(dataDir, 'cluster.unfinished', 'base'), { recursive: true });
    chmodSync(dataDir, 0o711);
    const server = await startEmbeddedPostgres({ dataDir });
    await query(server.url, 'select 1');
    expect(existsSync(join(dataDir, 'cluster.unfinished'))).toBe(false);
    await server.stop();
  });
});

describe.runIf(runningAsRoot())('for root', () => {
  it('runs outside a checkout that only root can enter, and finds its data there again', async () => {
    const checkout = join(folder, 'private checkout');
    mkdirSync(checkout, { mode: 0o700 });
    const ourData = join(checkout, '.data');
    dataDir = chooseDataFolder(ourData);
    try {
      expect(dataDir.startsWith(folder)).toBe(false);
      const server = await startEmbeddedPostgres({ dataDir, durable: false });
      await query(server.url, 'select 1');
      await server.stop();
      chmodSync(checkout, 0o755);
      expect(chooseDataFolder(ourData)).toBe(dataDir);
    } finally {
      rmSync(join(dataDir, '..'), { recursive: true });
    }
  });

  it('runs inside a checkout that everyone can enter', () => {
    const ourData = join(folder, '.data');
    expect(chooseDataFolder(ourData)).toBe(join(ourData, 'postgres'));
    expect(canEnter(unprivilegedAccount(), ourData)).toBe(true);
  });

  it('says what to do when an existing database can no longer be reached', async () => {
    const server = await startEmbeddedPostgres({ dataDir, durable: false });
    await server.stop();
    chmodSync(folder, 0o700);
    const refused = startEmbeddedPostgres({ dataDir });
    await expect(refused).rejects.toMatchObject({ code: 'data-folder-unreachable' });
    chmodSync(folder, 0o711);
    expect(clusterExists(join(dataDir, 'cluster'))).toBe(true);
  });
});

describe.runIf(runningAsRoot() && canEnter(unprivilegedAccount(), import.meta.dirname))(
  'for an ordinary user',
  () => {
    it('runs under the own account, and root later runs it under that account too', async () => {
      const account = unprivilegedAccount();
      dataDir = join(folder, "user's", 'postgres');
      mkdirSync(join(dataDir, '..'));
      chownSync(join(dataDir, '..'), account.uid, account.gid);
      await startAndDie({ account });
      expect(statSync(join(dataDir, 'cluster')).uid).toBe(account.uid);
      await expectKeptRow();
      expect(statSync(join(dataDir, 'cluster')).uid).toBe(account.uid);
    });
  },
);

/** Starts a server in a process of its own, commits a row, and kills that process with -9. */
async function startAndDie({
  killWatcher = false,
  account = {},
}: { killWatcher?: boolean; account?: { uid?: number; gid?: number } } = {}): Promise<{
  pid: number;
}> {
  const program = `import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)};
    const { url } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: join(dataDir, '..') },
    ...account,
  });
  const [url] = await once(starter.stdout, 'data');
  await query(String(url).trim(), KEEP_A_ROW);
  const pid = findPostmaster(join(dataDir, 'cluster'))?.pid ?? 0;
  if (killWatcher) killWatcherOf(pid);
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  return { pid };
}

/** The watcher is the shell in the server's session that is not the server. */
function killWatcherOf(server: number): void {
  const watchers = execFileSync('pgrep', ['-s', String(server), '-x', 'sh'], { encoding: 'utf8' });
  for (const pid of watchers.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
}

async function expectKeptRow(): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir });
  expect(await query(server.url, 'select seven from kept')).toEqual([{ seven: 7 }]);
  await server.stop();
}

async function waitFor(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await pause(25);
  expect(condition()).toBe(true);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function withPassword(url: string, password: string): string {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
}
