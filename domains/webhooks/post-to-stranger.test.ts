import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postToStranger } from './post-to-stranger.ts';
import type { Post, Resolve } from './post-to-stranger.ts';
import { isPublicAddress } from './public-address.ts';
import { readWebhookUrl, STRICT_DOOR } from './webhook-door.ts';

const OPEN_DOOR = { ...STRICT_DOOR, allowLoopback: true };

it('knows the addresses of the public internet from all others', () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '172.15.0.1', '2606:4700::1', '2a00::1']) {
    expect(isPublicAddress(address), address).toBe(true);
  }
  for (const address of [
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.1', '198.18.0.1', '224.0.0.1'],
    ...['240.0.0.1', '255.255.255.255', '203.0.113.5'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:8.8.8.8', '::127.0.0.1'],
    ...['64:ff9b::7f00:1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1'],
    ...['2001::1', '2001:db8::1', '2002:7f00:1::', '2606:4700::1%eth0', 'localhost', ''],
  ]) {
    expect(isPublicAddress(address), address).toBe(false);
  }
});

describe('an address to register', () => {
  it('is https, of the internet, and carries no login', () => {
    expect(readWebhookUrl('https://hooks.example.com/a?b=1', STRICT_DOOR)).toBe(
      'https://hooks.example.com/a?b=1',
    );
    for (const url of [
      'http://hooks.example.com/',
      'ftp://hooks.example.com/',
      'javascript:alert(1)',
      'https://user:word@hooks.example.com/',
      'https://hooks.example.com/#part',
      'https://127.0.0.1/',
      // The spellings by which a loopback address hides.
      'https://2130706433/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
      'https://127.1/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://１２７.０.０.１/',
      'https://169.254.169.254/latest/meta-data/',
      'https://localhost/',
      'http://localhost:3000/',
      'not an address',
    ]) {
      expect(readWebhookUrl(url, STRICT_DOOR), url).toBeNull();
    }
  });

  it('may be on this machine in a sandbox that says so', () => {
    for (const url of ['http://127.0.0.1:3000/a', 'http://localhost:3000/a', 'http://[::1]/a']) {
      expect(readWebhookUrl(url, OPEN_DOOR), url).toBe(url);
    }
    expect(readWebhookUrl('http://192.168.0.1/', OPEN_DOOR)).toBeNull();
    expect(readWebhookUrl('http://hooks.example.com/', OPEN_DOOR)).toBeNull();
  });
});

describe('a request to an address that somebody has named', () => {
  let server: Server;
  let port = 0;
  let answer: RequestListener = () => {};
  let requests = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests += 1;
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const post = (more: Partial<Post> = {}) =>
    postToStranger({
      url: `http://127.0.0.1:${port}/hook`,
      headers: { 'content-type': 'application/json' },
      body: '{"type":"приём"}',
      door: OPEN_DOOR,
      timeoutMs: 2000,
      ...more,
    });
  const resolving =
    (...addresses: string[]): Resolve =>
    (_name, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  it('brings the body, and keeps how the answer begins', async () => {
    let body = '';
    answer = (request, response) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.writeHead(202).end('при\u0000нято'));
    };
    expect(await post()).toEqual({ kind: 'answered', status: 202, answer: 'при\uFFFDнято' });
    expect(body).toBe('{"type":"приём"}');
  });

  it('follows no redirect', async () => {
    const before = requests;
    answer = (_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/else` }).end();
    expect(await post()).toMatchObject({ kind: 'answered', status: 302 });
    expect(requests - before).toBe(1);
  });

  it('reads no more of an endless answer than it keeps', async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    };
    const outcome = await post();
    expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
    expect(outcome.kind === 'answered' && outcome.answer.length).toBe(1024);
  });

  it('does not wait for ever', async () => {
    answer = () => {};
    expect(await post({ timeoutMs: 50 })).toEqual({ kind: 'unanswered', error: 'timed-out' });
  });

  it('goes to the address that was checked, and asks for it once', async () => {
    answer = (_request, response) => response.writeHead(204).end();
    // A name that leads to the internet when it is looked at, and inside from then on.
    let asked = 0;
    const rebinding: Resolve = (name, done) => {
      asked += 1;
      resolving(asked === 1 ? '203.0.113.7' : '127.0.0.1')(name, done);
    };
    const url = `http://rebind.example:${port}/`;
    const before = requests;
    expect(await post({ url, door: STRICT_DOOR, resolve: rebinding })).toEqual({
      kind: 'unanswered',
      error: 'address-private',
    });
    expect([asked, requests - before]).toEqual([1, 0]);
    expect(await post({ url, resolve: resolving('127.0.0.1') })).toMatchObject({ status: 204 });
  });

  it('goes nowhere when any address of the name is private', async () => {
    const before = requests;
    for (const addresses of [
      ['127.0.0.1'],
      ['93.184.216.34', '127.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['169.254.169.254'],
    ]) {
      const outcome = await post({
        url: `http://inside.example:${port}/`,
        door: STRICT_DOOR,
        resolve: resolving(...addresses),
      });
      expect(outcome, addresses.join()).toEqual({ kind: 'unanswered', error: 'address-private' });
    }
    expect(await post({ door: STRICT_DOOR })).toMatchObject({ error: 'address-private' });
    expect(requests).toBe(before);
  });

  it('says in a word why there was no answer', async () => {
    const unknown: Resolve = (_name, done) =>
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    expect(await post({ url: 'http://nobody.example/', resolve: unknown })).toMatchObject({
      error: 'name-unknown',
    });
    answer = (request) => request.socket.destroy();
    expect(await post()).toMatchObject({ error: 'connection-broken' });
    // Speaks no TLS.
    expect(await post({ url: `https://127.0.0.1:${port}/` })).toMatchObject({
      kind: 'unanswered',
      error: 'tls-failed',
    });
  });
});
