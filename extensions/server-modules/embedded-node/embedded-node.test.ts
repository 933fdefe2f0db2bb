import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestNode, type TestNode } from '#agent/testing/open-test-node.ts';
import type { Outcome, ServerConnection } from '#domains/hosting/server-module.ts';
import { embeddedNode } from './embedded-node.ts';

let node: TestNode;
let server: ServerConnection;

beforeAll(async () => {
  node = await openTestNode({ addressPool: ['127.0.1.77'] });
  server = connect(node.running().controlUrl);
});

afterAll(() => node.close());

function connect(controlUrl: string, more: object = {}): ServerConnection {
  const settings = { controlUrl, controlToken: node.controlToken, ...more };
  const connection = embeddedNode.connect(settings);
  if (connection.kind !== 'connected') throw new Error(connection.message);
  return connection;
}

function value<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'ok') return outcome.value;
  throw new Error(`${outcome.kind}: ${outcome.message}`);
}

const limits = { accounts: 2, diskMb: 10, trafficMb: null };

function order(name: string) {
  return {
    packageRef: `sub:${name}`,
    username: name,
    domain: `${name}.example`,
    platform: 'linux' as const,
    limits,
  };
}

describe('a package', () => {
  test('ordered twice is one package with a working PHP site', async () => {
    const first = value(await server.createPackage(order('alpha')));
    const second = value(await server.createPackage(order('alpha')));
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      packageRef: 'sub:alpha',
      primaryAccountRef: 'sub:alpha',
      suspended: false,
      standIn: false,
      limits,
      url: `http://alpha.localhost:${node.running().webPort}/`,
    });
    expect((await node.get('alpha.localhost')).text).toContain('<dd>8.3.');
    expect(value(await server.listAccounts('sub:alpha'))).toHaveLength(1);
    expect(value(await server.status())).toMatchObject({ packages: 1, accounts: 1, notes: [] });
  });

  test('ordered twenty times at once is one package', async () => {
    const all = Array.from({ length: 20 }, () => server.createPackage(order('twenty')));
    const packages = (await Promise.all(all)).map(value);
    expect(new Set(packages.map((made) => JSON.stringify(made))).size).toBe(1);
    expect(value(await server.listAccounts('sub:twenty'))).toHaveLength(1);
  });

  test('is refused a name or domain that is taken, and a reference used for another', async () => {
    const taken = { ...order('alpha'), packageRef: 'sub:other' };
    expect(await server.createPackage(taken)).toMatchObject({ code: 'username-taken' });
    const domain = { ...order('fresh'), domain: 'www.alpha.example' };
    expect(await server.createPackage(domain)).toMatchObject({ code: 'domain-taken' });
    const reused = { ...order('alpha'), domain: 'else.example' };
    expect(await server.createPackage(reused)).toMatchObject({ code: 'package-reference-reused' });
  });

  test('of Windows is delivered as a stand-in and says so', async () => {
    const made = value(await server.createPackage({ ...order('win'), platform: 'windows' }));
    expect(made).toMatchObject({ platform: 'windows', standIn: true });
    expect(embeddedNode.capabilities.platforms.windows).toBe('stand-in');
    expect((await node.get('win.localhost')).text).toContain('Windows-пакет');
  });

  test('takes accounts up to its limit, and more when a cPanel block raises it', async () => {
    const account = (name: string) =>
      server.createAccount('sub:alpha', {
        accountRef: `acc:${name}`,
        username: name,
        domain: `${name}.example`,
      });
    const made = value(await account('bravo'));
    expect(value(await account('bravo'))).toEqual(made);
    expect(await account('charlie')).toMatchObject({ code: 'account-limit-reached' });
    const raised = { ...limits, accounts: 7 };
    expect(value(await server.changeLimits('sub:alpha', raised)).limits).toEqual(raised);
    value(await account('charlie'));
    const lowered = value(await server.changeLimits('sub:alpha', limits));
    expect(lowered.limits.accounts).toBe(2);
    expect(value(await server.listAccounts('sub:alpha'))).toHaveLength(3);
    expect(await account('another')).toMatchObject({ code: 'account-limit-reached' });
    expect(value(await server.packageUsage('sub:alpha'))).toMatchObject({ accounts: 3, limits });
  });

  test('and its accounts are suspended, brought back and deleted; each may be repeated', async () => {
    const bravo = { packageRef: 'sub:alpha', accountRef: 'acc:bravo' };
    for (const _ of [1, 2]) value(await server.suspendAccount(bravo, 'abuse'));
    expect((await node.get('bravo.localhost')).status).toBe(503);
    for (const _ of [1, 2]) value(await server.unsuspendAccount(bravo));
    expect((await node.get('bravo.localhost')).status).toBe(200);
    for (const _ of [1, 2]) {
      expect(value(await server.suspendPackage('sub:alpha', 'unpaid')).suspended).toBe(true);
    }
    expect((await node.get('bravo.localhost')).status).toBe(503);
    const late = { accountRef: 'acc:late', username: 'late', domain: 'late.example' };
    expect(await server.createAccount('sub:alpha', late)).toMatchObject({
      code: 'package-suspended',
    });
    for (const _ of [1, 2]) value(await server.unsuspendPackage('sub:alpha'));
    for (const _ of [1, 2]) value(await server.deleteAccount(bravo));
    expect((await node.get('bravo.localhost')).status).toBe(404);
    expect(await server.accountUsage(bravo)).toMatchObject({ code: 'account-not-found' });
    const primary = { packageRef: 'sub:alpha', accountRef: 'sub:alpha' };
    expect(await server.deleteAccount(primary)).toMatchObject({ code: 'primary-account' });
  });

  test('gets a dedicated address while there is one, and gives it back', async () => {
    const given = value(await server.assignAddress('sub:alpha', 'ent:1'));
    expect(value(await server.assignAddress('sub:alpha', 'ent:1'))).toMatchObject(given);
    const none = await server.assignAddress('sub:twenty', 'ent:2');
    expect(none).toMatchObject({ kind: 'refused', code: 'address-pool-empty' });
    const { address } = given;
    expect((await node.get(address, { address })).text).toContain('alpha.example');
    expect(value(await server.findPackage('sub:alpha')).addresses).toEqual([
      { addressRef: 'ent:1', address },
    ]);
    for (const _ of [1, 2]) value(await server.releaseAddress('sub:alpha', 'ent:1'));
    expect(value(await server.assignAddress('sub:twenty', 'ent:2')).address).toBe(address);
  });

  test('that is terminated is gone with everything, for good', async () => {
    for (const _ of [1, 2]) value(await server.terminatePackage('sub:twenty'));
    value(await server.releaseAddress('sub:twenty', 'ent:2'));
    value(await server.terminatePackage('sub:never-there'));
    expect((await node.get('twenty.localhost')).status).toBe(404);
    expect(await server.findPackage('sub:twenty')).toMatchObject({ code: 'package-not-found' });
    const late = await server.createPackage(order('twenty'));
    expect(late).toMatchObject({ kind: 'refused', code: 'reference-terminated' });
    value(await server.createPackage({ ...order('twenty'), packageRef: 'sub:new' }));
  });
});

test('files go up, are listed, come back and are unpacked through the contract', async () => {
  value(await server.createPackage(order('files')));
  const which = { packageRef: 'sub:files', accountRef: 'sub:files' };
  const text = new TextEncoder().encode('<?php echo 6 * 7;');
  value(await server.files.upload(which, 'public_html/é ?#&.php', text));
  const stream = new Blob([text]).stream();
  expect(value(await server.files.upload(which, 'public_html/s.php', stream)).sizeBytes).toBe(17);
  expect((await node.get('files.localhost', { path: '/s.php' })).text).toBe('42');
  const download = value(await server.files.download(which, 'public_html/é ?#&.php'));
  expect(download.sizeBytes).toBe(17);
  expect(await new Response(download.body).text()).toBe('<?php echo 6 * 7;');
  value(await server.files.makeFolder(which, 'public_html/new'));
  value(await server.files.rename(which, 'public_html/s.php', 'public_html/new/t.php'));
  const listing = value(await server.files.list(which, 'public_html/new'));
  expect(listing.entries).toMatchObject([{ name: 't.php', kind: 'file', sizeBytes: 17 }]);
  expect(listing.entries[0]?.changedAt).toBeInstanceOf(Temporal.Instant);
  for (const _ of [1, 2]) value(await server.files.remove(which, 'public_html/new'));
  const junk = await server.files.unpack(which, 'public_html', new Uint8Array(10));
  expect(junk).toMatchObject({ kind: 'refused', code: 'archive-unreadable' });
  expect(value(await server.accountUsage(which)).diskBytes).toBeGreaterThan(17);
});

describe('when the line is bad', () => {
  let line: Server;
  let url: string;
  let fault: 'none' | 'lost-once' | 'lost' | 'silent' | 'nonsense' | 'broken' = 'none';

  /** Passes requests on to the node and spoils the answers, after the work is done. */
  beforeAll(async () => {
    line = createServer((request, response) => {
      const { port } = new URL(node.running().controlUrl);
      const { method, headers, url: path } = request;
      const onward = forward({ host: '127.0.0.1', port, method, headers, path }, (answer) => {
        const now = fault;
        if (fault === 'lost-once') fault = 'none';
        if (now === 'none') {
          response.writeHead(answer.statusCode ?? 500);
          answer.pipe(response);
          return;
        }
        answer.resume().once('end', () => {
          if (now === 'nonsense') response.end('<html>proxy</html>');
          else if (now === 'broken') response.writeHead(502).end();
          else if (now !== 'silent') response.destroy();
        });
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    line.closeAllConnections();
    line.close();
  });

  test('an answer lost once costs nothing: the call is repeated and the work is done once', async () => {
    fault = 'lost-once';
    const made = value(await connect(url).createPackage(order('lost')));
    expect(made.packageRef).toBe('sub:lost');
    expect(value(await server.listAccounts('sub:lost'))).toHaveLength(1);
  });

  test('a call without any usable answer is unreachable, and repeating it later finishes', async () => {
    const shaky = connect(url, { timeoutMs: 400 });
    for (const kind of ['lost', 'silent', 'nonsense', 'broken'] as const) {
      fault = kind;
      const input = order(`shaky${kind.slice(0, 4)}`);
      expect(await shaky.createPackage(input)).toMatchObject({ kind: 'unreachable' });
      expect(value(await server.createPackage(input)).username).toBe(input.username);
      expect(value(await server.listAccounts(input.packageRef))).toHaveLength(1);
    }
  });

  test('a rename is never sent twice', async () => {
    fault = 'lost-once';
    const which = { packageRef: 'sub:files', accountRef: 'sub:files' };
    const files = connect(url).files;
    const renamed = await files.rename(which, 'public_html/index.php', 'public_html/old.php');
    expect(renamed.kind).toBe('unreachable');
    const names = value(await server.files.list(which, 'public_html')).entries;
    expect(names.map((entry) => entry.name)).toContain('old.php');
  });

  test('nobody listening is unreachable, a wrong token is refused by name', async () => {
    expect(await connect('http://127.0.0.1:9').status()).toMatchObject({ kind: 'unreachable' });
    const wrong = connect(node.running().controlUrl, { controlToken: 'x'.repeat(20) });
    expect(await wrong.status()).toMatchObject({
      kind: 'refused',
      code: 'server-credentials-refused',
    });
  });
});

test('settings that would send the token away are refused', () => {
  const controlToken = 'x'.repeat(20);
  for (const controlUrl of ['https://example.com', 'http://10.0.0.1:1', 'file:///etc', '']) {
    const refused = embeddedNode.connect({ controlUrl, controlToken });
    expect(refused).toMatchObject({ kind: 'settings-refused', field: 'controlUrl' });
  }
});
