import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildZip } from '#agent/testing/build-zip.ts';
import { addEntitlement, suspendSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { identify } from '#domains/identity/index.ts';
import { Hono } from 'hono';
import type { Visitor } from '#test/harness/visitor.ts';
import { startHostingTest } from './hosting-test.ts';
import type { HostingTest, TestClient } from './hosting-test.ts';
import { hostingFiles, hostingRoutes } from './index.ts';

let test: HostingTest;
let client: TestClient;
let stranger: TestClient;
let bought: Subscription;
let files: Hono;

beforeAll(async () => {
  test = await startHostingTest({ hosting: hostingRoutes }, { maxUploadMb: 1 });
  files = new Hono().route('/', hostingFiles(test.runtime, identify(test.runtime)));
  client = await test.client();
  stranger = await test.client();
  bought = await test.buy(client, { domainName: 'owner.example' });
  await test.settle();
});
afterAll(() => test.stop());

const accountsPath = () => `/v1/subscriptions/${bought.id}/hosting-accounts`;
const create = (
  username: string,
  domainName = `${username}.example`,
  who: Visitor = client.visitor,
) => who.call('POST', accountsPath(), { username, domainName });

/** Sends or reads bytes as a browser does. */
async function bytes(
  who: TestClient,
  method: string,
  path: string,
  body?: string | Buffer<ArrayBuffer>,
  mark = true,
) {
  const cookie = [...who.visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await files.fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: { host: 'localhost', cookie, ...(mark ? { 'x-stoika-request': '1' } : {}) },
      ...(body === undefined ? {} : { body }),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

describe('hosting accounts of a package', () => {
  it('asked for twenty times at once are one, with a PHP site of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('twenty')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const { body } = await client.visitor.call('GET', accountsPath());
    expect(body.items.map((one: { username: string }) => one.username)).toEqual([
      'owner',
      'twenty',
    ]);
    expect((await test.node.get('twenty.localhost')).status).toBe(200);
  });

  it('are made up to the limit, which a cPanel block raises by its size', async () => {
    for (const name of ['three', 'four', 'five']) expect((await create(name)).status).toBe(200);
    const refused = await create('six');
    expect(refused).toMatchObject({ status: 409, body: { code: 'account-limit-reached' } });
    await test.run((ctx) =>
      addEntitlement(ctx, bought.id, {
        componentId: 'cpanel-block',
        quantity: 1,
        orderId: ctx.newId('ord', bought.branch),
      }),
    );
    await test.settle();
    expect((await create('six')).status).toBe(200);
  });

  it('with a name or domain that is taken are refused, and nothing is left of them', async () => {
    expect((await create('twenty', 'other.example')).body.code).toBe('username-taken');
    expect((await create('fresh', 'owner.example')).body.code).toBe('domain-taken');
    expect((await create('admin')).body.code).toBe('username-reserved');
    expect((await create('bad', 'not a domain')).body.code).toBe('domain-name-invalid');
    const { body } = await client.visitor.call('GET', accountsPath());
    expect(body.items).toHaveLength(6);
  });

  it('are suspended, work again, and are deleted by whoever types their domain', async () => {
    const { body: made } = await create('shortlived');
    const call = (what: string, body: object = {}) =>
      client.visitor.call('POST', `/v1/hosting-accounts/${made.id}/${what}`, body);
    expect((await call('suspend')).body.state).toBe('suspended');
    expect((await test.node.get('shortlived.localhost')).status).toBe(503);
    expect((await call('unsuspend')).body.state).toBe('active');
    expect((await test.node.get('shortlived.localhost')).status).toBe(200);
    expect((await call('delete', { domainName: 'wrong.example' })).body.code).toBe(
      'confirmation-invalid',
    );
    expect((await call('delete', { domainName: 'shortlived.example' })).status).toBe(200);
    expect((await test.node.get('shortlived.localhost')).status).toBe(404);
    expect((await call('suspend')).body.code).toBe('hosting-account-not-found');
  });

  it('keep their primary one as long as the package is there', async () => {
    const { body } = await client.visitor.call('GET', accountsPath());
    const answer = await client.visitor.call(
      'POST',
      `/v1/hosting-accounts/${body.items[0].id}/delete`,
      {
        domainName: 'owner.example',
      },
    );
    expect(answer.body.code).toBe('primary-account');
  });

  it('that were asked for while the node was away are made when it is back', async () => {
    await test.connectNode({ timeoutMs: 300 });
    await test.node.kill();
    const { body } = await create('patient');
    expect(body).toMatchObject({ state: 'creating', isPending: true });
    await test.node.restart();
    await test.connectNode();
    await test.moveTo(test.clock.now().add({ hours: 1 }).toString());
    const list = await client.visitor.call('GET', accountsPath());
    const patient = list.body.items.find((one: { id: string }) => one.id === body.id);
    expect(patient).toMatchObject({ state: 'active', isPending: false });
    expect((await test.node.get('patient.localhost')).status).toBe(200);
  });
});

describe('files', () => {
  let file: string;
  let id: string;
  beforeAll(async () => {
    const { body } = await client.visitor.call('GET', accountsPath());
    id = body.items[0].id;
    file = `/v1/hosting-accounts/${id}/file?path=public_html/`;
  });
  const list = async (path: string) => {
    const url = `/v1/hosting-accounts/${id}/files?path=${encodeURIComponent(path)}`;
    const { body } = await client.visitor.call('GET', url);
    return body.entries.map((one: { name: string }) => one.name);
  };

  it('are uploaded, run, renamed, downloaded and deleted', async () => {
    const sent = await bytes(client, 'PUT', `${file}sum.php`, '<?php echo 40 + 2;');
    expect(sent).toMatchObject({ status: 200, text: '{"sizeBytes":18}' });
    expect((await test.node.get('owner.localhost', { path: '/sum.php' })).text).toBe('42');
    const back = await bytes(client, 'GET', `${file}sum.php`);
    expect(back.text).toBe('<?php echo 40 + 2;');
    expect(back.headers.get('content-disposition')).toContain('attachment');
    const at = `/v1/hosting-accounts/${id}`;
    await client.visitor.call('POST', `${at}/folders`, { path: 'public_html/shop' });
    await client.visitor.call('POST', `${at}/files/rename`, {
      from: 'public_html/sum.php',
      to: 'public_html/shop/total.php',
    });
    expect(await list('public_html/shop')).toEqual(['total.php']);
    await client.visitor.call('POST', `${at}/files/delete`, { path: 'public_html/shop' });
    expect(await list('public_html')).toEqual(['index.php']);
  });

  it('come in a zip, whole or not at all', async () => {
    const at = `/v1/hosting-accounts/${id}/archive?path=public_html`;
    const zip = buildZip([
      { name: 'site/index.php', content: '<?php echo "unpacked";' },
      { name: 'site/a.css', content: 'a{}' },
    ]);
    expect((await bytes(client, 'PUT', at, Buffer.from(zip))).status).toBe(200);
    expect((await test.node.get('owner.localhost', { path: '/site/' })).text).toBe('unpacked');
    expect((await bytes(client, 'PUT', at, 'no zip at all')).text).toContain('archive-unreadable');
  });

  it('stay inside the account and under the node’s limit', async () => {
    const outside = await bytes(client, 'PUT', `${file}..%2F..%2Fetc%2Fpasswd`, 'x');
    expect(outside.text).toContain('path-unsafe');
    const large = await bytes(client, 'PUT', `${file}large.bin`, Buffer.alloc(1_500_000));
    expect(large.text).toContain('file-too-large');
    expect(await list('public_html')).not.toContain('large.bin');
  });

  it('are neither read nor written by a stranger, a visitor, or another site’s page', async () => {
    for (const method of ['GET', 'PUT']) {
      const body = method === 'PUT' ? 'x' : undefined;
      expect((await bytes(stranger, method, `${file}index.php`, body)).status).toBe(404);
    }
    const nobody = { visitor: { cookies: new Map() }, clientId: '' } as unknown as TestClient;
    expect((await bytes(nobody, 'GET', `${file}index.php`)).status).toBe(401);
    expect((await bytes(client, 'PUT', `${file}x.php`, 'x', false)).text).toContain(
      'request-mark-missing',
    );
  });
});

describe('a stranger', () => {
  it('finds nothing of another client’s package', async () => {
    const { body } = await client.visitor.call('GET', accountsPath());
    const { id } = body.items[1];
    const asked: [string, string, object?][] = [
      ['GET', `/v1/subscriptions/${bought.id}/package`],
      ['GET', `/v1/subscriptions/${bought.id}/package/usage`],
      ['GET', `/v1/subscriptions/${bought.id}/deliveries`],
      ['GET', accountsPath()],
      ['POST', accountsPath(), { username: 'intruder', domainName: 'intruder.example' }],
      ['POST', `/v1/hosting-accounts/${id}/suspend`, {}],
      ['POST', `/v1/hosting-accounts/${id}/unsuspend`, {}],
      ['POST', `/v1/hosting-accounts/${id}/delete`, { domainName: 'twenty.example' }],
      ['GET', `/v1/hosting-accounts/${id}/files`],
      ['POST', `/v1/hosting-accounts/${id}/folders`, { path: 'x' }],
      ['POST', `/v1/hosting-accounts/${id}/files/rename`, { from: 'x', to: 'y' }],
      ['POST', `/v1/hosting-accounts/${id}/files/delete`, { path: 'public_html/index.php' }],
    ];
    for (const [method, path, input] of asked) {
      expect((await stranger.visitor.call(method, path, input)).status, path).toBe(404);
    }
    expect((await stranger.visitor.call('GET', '/v1/admin/deliveries')).status).toBe(403);
  });
});

describe('the owner', () => {
  it('sees the package, its use and how it came', async () => {
    const at = `/v1/subscriptions/${bought.id}`;
    const { body: there } = await client.visitor.call('GET', `${at}/package`);
    expect(there).toMatchObject({
      state: 'active',
      limits: { accounts: 15 },
      can: { accounts: true, files: true, usage: true },
    });
    const { body: usage } = await client.visitor.call('GET', `${at}/package/usage`);
    expect(usage.accounts).toBe(7);
    expect(usage.diskBytes).toBeGreaterThan(0);
    const { body } = await client.visitor.call('GET', `${at}/deliveries`);
    expect(body.items[0]).toMatchObject({ kind: 'capacity', state: 'done' });
    expect(JSON.stringify(body)).not.toContain('message');
  });

  it('changes nothing in a suspended package, and still gets the files', async () => {
    await test.run((ctx) => suspendSubscription(ctx, bought.id, { cause: 'unpaid' }));
    await test.settle();
    expect((await create('late')).body.code).toBe('package-suspended');
    const { body } = await client.visitor.call('GET', accountsPath());
    const file = `/v1/hosting-accounts/${body.items[0].id}/file?path=public_html/index.php`;
    expect((await bytes(client, 'PUT', file, 'changed')).text).toContain('package-suspended');
    expect((await bytes(client, 'GET', file)).status).toBe(200);
  });
});
