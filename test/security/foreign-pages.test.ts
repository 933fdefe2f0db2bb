import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer } from '#app/http-server.ts';
import type { HttpServer } from '#app/http-server.ts';
import { HttpVisitor } from '#test/harness/http-visitor.ts';
import { startLivelyShop } from '#test/harness/lively-shop.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import { allOperations } from './operations.ts';
import { PASSWORD } from './people.ts';

/** A browser asks these of a page of another origin by itself, or sends them without being asked. */
const FOREIGN: Readonly<Record<string, Record<string, string>>> = {
  'a plain form of any page': { 'x-stoika-request': '' },
  'a page of another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'a hosted site beside the shop': {
    origin: 'http://customer.localhost:8090',
    'sec-fetch-site': 'same-site',
  },
  'a page without an origin': { origin: 'null' },
};

let shop: LivelyShop;
let http: HttpServer;
let visitor: HttpVisitor;

beforeAll(async () => {
  shop = await startLivelyShop();
  http = await startHttpServer(shop.runtime, { port: 0, distDir: null, databaseUrl: '' });
  visitor = new HttpVisitor({ url: `http://localhost:${http.port}`, address: '127.0.7.1' });
  const answer = await visitor.call('POST', '/v1/account', {
    email: 'clicker@example.test',
    password: PASSWORD,
    name: 'Clicker',
    country: 'RU',
    language: 'ru',
  });
  expect(answer.status).toBe(200);
}, 120_000);
afterAll(async () => {
  visitor.close();
  await http.close();
  await shop.stop();
});

const changing = allOperations().filter(
  ({ method, access }) => method !== 'GET' && access.who !== 'staff',
);
/** A quote, a search: a POST that changes nothing may be asked by whoever has the cookie. */
const COMPUTES = /quote/i;

describe('a signed-in browser', () => {
  it.each(Object.entries(FOREIGN))('changes nothing for %s', async (_who, headers) => {
    for (const { name, method, address } of changing) {
      if (COMPUTES.test(name)) continue;
      const path = address.replaceAll(/\{\w+\}/g, 'xxx');
      const answer = await visitor.call(method, path, {}, { ...headers, 'idempotency-key': 'k' });
      expect({ name, status: answer.status, code: answer.body.code }).toEqual({
        name,
        status: 403,
        code: 'request-mark-missing',
      });
    }
  });

  it('uploads nothing for a foreign page either', async () => {
    const path = '/v1/hosting-accounts/acc_01h455vb4pex5vsknk08';
    for (const end of ['file?path=index.php', 'archive?path=']) {
      const answer = await visitor.call('PUT', `${path}/${end}`, {}, { 'x-stoika-request': '' });
      expect(answer.body.code).toBe('request-mark-missing');
    }
  });

  it('is answered by no page of another origin that could read it', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const answer = await visitor.call('GET', '/v1/account/profile', undefined, headers);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const asked = await visitor.call('OPTIONS', '/v1/orders', undefined, {
      ...headers,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-stoika-request',
    });
    expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    expect(asked.headers['access-control-allow-headers']).toBeUndefined();
  });
});

describe('a body that is none', () => {
  const order = '/v1/orders';
  const key = { 'idempotency-key': 'malformed' };

  it.each([
    ['cut off', '{"productId":"reseller'],
    ['no object', '"just a text"'],
    ['nothing', ''],
    ['nested without end', '['.repeat(20_000)],
    ['with a prototype', '{"__proto__":{"expectedTotalMinor":1},"constructor":{"prototype":{}}}'],
  ])('is refused: %s', async (_what, text) => {
    const answer = await visitor.send('POST', order, text, key);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it('is refused when it is too long', async () => {
    const text = JSON.stringify({ domainName: 'x'.repeat(27 * 1024 * 1024) });
    const answer = await visitor.send('POST', order, text, key);
    expect(answer.status).toBe(413);
  });
});

describe('whoever asks too often', () => {
  it('is told to wait, alone', async () => {
    const statuses = [];
    for (let times = 0; times < 31; times += 1) {
      const body = { gatewayId: 'bank-transfer', amount: { minor: 0, currency: 'RUB' } };
      const headers = { 'idempotency-key': `often-${times}` };
      statuses.push(await visitor.call('POST', '/v1/payments', body, headers));
    }
    expect(statuses.slice(0, 30).map(({ body }) => body.code)).not.toContain('too-many-requests');
    expect(statuses[30]).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    const other = await shop.shopper();
    const answer = await other.call('POST', '/v1/payments', { gatewayId: 'bank-transfer' });
    expect(answer.status).not.toBe(429);
  });
});
