import { sql } from 'kysely';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRoutes } from '#platform/http/api.ts';
import { operation } from '#platform/http/operation.ts';
import { serve } from '#platform/http/serve.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { startIdentityTest } from './identity-test.ts';
import type { IdentityTest } from './identity-test.ts';
import { identify, identityRoutes } from './index.ts';

const probe = {
  read: operation({
    method: 'GET',
    path: '/v1/probe',
    summary: 'Who a client’s key makes me',
    access: { who: 'client', scope: 'orders.read' },
    input: z.object({}),
    output: z.object({ clientId: z.string() }),
  }),
  write: operation({
    method: 'POST',
    path: '/v1/probe',
    summary: 'A change by a client',
    access: { who: 'client', scope: 'orders.write' },
    input: z.object({}),
    output: z.object({}),
  }),
  confirm: operation({
    method: 'POST',
    path: '/v1/admin/probe',
    summary: 'A change by staff',
    access: { who: 'staff', permission: 'payments.confirm' },
    input: z.object({}),
    output: z.object({}),
  }),
};

describe('an API key', () => {
  let test: IdentityTest;
  let app: unknown;
  beforeAll(async () => {
    test = await startIdentityTest();
    const probeRoutes = serve(probe, {
      read: async (ctx) => ({
        clientId: ctx.actor.kind === 'client' ? ctx.actor.clientId : '',
      }),
      write: async () => ({}),
      confirm: async () => ({}),
    });
    app = apiRoutes(
      test.runtime,
      { identity: identityRoutes, probe: probeRoutes },
      identify(test.runtime),
    );
  });
  afterAll(() => test.stop());

  const signedIn = async (person: { email: string; password: string }) => {
    const visitor = new Visitor(app);
    await visitor.call('POST', '/v1/session', { email: person.email, password: person.password });
    return visitor;
  };
  const keyFor = async (visitor: Visitor, scopes: string[], days: number | null = null) => {
    const { status, body } = await visitor.call('POST', '/v1/api-keys', {
      name: 'мой скрипт',
      scopes,
      days,
    });
    expect(status).toBe(200);
    return body as { id: string; key: string; prefix: string };
  };
  const by = (key: string, host = 'localhost') => new Visitor(app, { key, host });

  it('acts for the client it was made for, within its scopes', async () => {
    const person = await test.person();
    const { key } = await keyFor(await signedIn(person), ['orders.read']);
    expect((await by(key).call('GET', '/v1/probe')).body).toEqual({ clientId: person.clientId });
    const denied = await by(key).call('POST', '/v1/probe', {});
    expect(denied).toMatchObject({
      status: 403,
      body: { code: 'scope-missing', params: { scope: 'orders.write' } },
    });
  });

  it('is shown once and stored as a hash', async () => {
    const visitor = await signedIn(await test.person());
    const { key, prefix, id } = await keyFor(visitor, ['orders.read']);
    expect(key).toMatch(/^stk_[\w-]{43}$/);
    const list = (await visitor.call('GET', '/v1/api-keys')).body;
    expect(list.items).toMatchObject([{ id, prefix: key.slice(0, 12), lastUsedAt: null }]);
    expect(prefix).toBe(key.slice(0, 12));
    const { rows } = await sql`select * from api_key`.execute(test.runtime.db);
    expect(JSON.stringify([rows, list])).not.toContain(key);
    await by(key).call('GET', '/v1/probe');
    expect((await visitor.call('GET', '/v1/api-keys')).body.items[0].lastUsedAt).not.toBeNull();
  });

  it('is kept under no idempotency key, and not told again', async () => {
    const visitor = await signedIn(await test.person());
    const wish = { name: 'once', scopes: ['orders.read'], days: null };
    const make = () =>
      visitor.call('POST', '/v1/api-keys', wish, { 'idempotency-key': 'made-once' });
    const { key } = (await make()).body;
    expect(key).toMatch(/^stk_/);
    expect(await make()).toMatchObject({ status: 409, body: { code: 'answer-told-once' } });
    const { rows } = await sql`select * from idempotency_key`.execute(test.runtime.db);
    expect(JSON.stringify(rows)).toContain('made-once');
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  it('is nothing once revoked, ended, altered, or at another brand', async () => {
    const visitor = await signedIn(await test.person());
    const { key, id } = await keyFor(visitor, ['orders.read'], 30);
    const status = async (value: string, host?: string) =>
      (await by(value, host).call('GET', '/v1/probe')).status;
    expect(await status(key)).toBe(200);
    expect(await status(key, 'other.localhost')).toBe(401);
    expect(await status(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBe(401);
    expect(await status('stk_')).toBe(401);
    expect(await status("stk_' or true --")).toBe(401);
    const stranger = await signedIn(await test.person());
    expect((await stranger.call('DELETE', `/v1/api-keys/${id}`)).body.code).toBe(
      'api-key-not-found',
    );
    await sql`update api_key set expires_at = now() - interval '1 second' where id = ${id}`.execute(
      test.runtime.db,
    );
    expect(await status(key)).toBe(401);
    await sql`update api_key set expires_at = null where id = ${id}`.execute(test.runtime.db);
    expect(await status(key)).toBe(200);
    await visitor.call('DELETE', `/v1/api-keys/${id}`);
    expect(await status(key)).toBe(401);
  });

  it('cannot be made with more than its maker may do, nor by another key', async () => {
    const visitor = await signedIn(await test.person());
    const tooMuch = await visitor.call('POST', '/v1/api-keys', {
      name: 'x',
      scopes: ['payments.confirm'],
      days: null,
    });
    expect(tooMuch.body).toMatchObject({ code: 'scope-unknown', field: 'scopes' });
    const { key } = await keyFor(visitor, ['orders.read', 'orders.write']);
    const bred = await by(key).call('POST', '/v1/api-keys', {
      name: 'x',
      scopes: ['orders.read'],
      days: null,
    });
    expect(bred).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    const password = { currentPassword: 'correct horse battery', newPassword: 'stolen by a key' };
    expect((await by(key).call('PUT', '/v1/password', password)).status).toBe(403);
  });

  it('of staff may do what both its scopes and their role allow, while they are staff', async () => {
    const owner = await test.staff('owner');
    const visitor = await signedIn(owner);
    const { key } = await keyFor(visitor, ['payments.confirm']);
    const narrow = await keyFor(visitor, ['clients.read']);
    expect((await by(key).call('POST', '/v1/admin/probe', {})).status).toBe(200);
    expect((await by(narrow.key).call('POST', '/v1/admin/probe', {})).body.code).toBe(
      'scope-missing',
    );
    await sql`update staff_member set role = 'technician' where user_id = ${owner.userId}`.execute(
      test.runtime.db,
    );
    expect((await by(key).call('POST', '/v1/admin/probe', {})).body.code).toBe('not-allowed');
    await sql`delete from staff_member where user_id = ${owner.userId}`.execute(test.runtime.db);
    expect((await by(key).call('POST', '/v1/admin/probe', {})).status).toBe(401);
  });

  it('needs no page mark, but a browser’s cookie does', async () => {
    const visitor = await signedIn(await test.person());
    const { key } = await keyFor(visitor, ['orders.write']);
    expect((await by(key).call('POST', '/v1/probe', {})).status).toBe(200);
    const unmarked = await visitor.call('POST', '/v1/probe', {}, { 'x-stoika-request': '' });
    expect(unmarked.body.code).toBe('request-mark-missing');
  });

  it('is one of fifty at most', async () => {
    const person = await test.person();
    const visitor = await signedIn(person);
    await sql`
      insert into api_key (id, brand_id, user_id, client_id, name, scopes, prefix, hash)
      select 'key_' || n, ${test.brandId}, ${person.userId}, ${person.clientId}, 'x', '{}', 'x', 'hash ' || n
      from generate_series(1, 50) n`.execute(test.runtime.db);
    const { body } = await visitor.call('POST', '/v1/api-keys', {
      name: 'x',
      scopes: ['orders.read'],
      days: null,
    });
    expect(body).toMatchObject({ code: 'too-many-api-keys', params: { max: 50 } });
  });
});
