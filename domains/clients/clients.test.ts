import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { branchOf } from '#kit/id.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { startClientsTest } from './clients-test.ts';
import type { ClientsTest } from './clients-test.ts';

describe('signing up', () => {
  let test: ClientsTest;
  beforeAll(async () => {
    test = await startClientsTest();
  });
  afterAll(() => test.stop());

  const input = (email: string, more = {}) => ({
    email,
    password: 'correct horse battery',
    name: 'Анна',
    country: 'ru',
    language: 'ru',
    ...more,
  });
  const signUp = (body: unknown, host = 'localhost') =>
    new Visitor(test.app, { host }).call('POST', '/v1/account', body);
  const counts = async () => {
    const { rows } = await sql<{ users: number; clients: number }>`
      select (select count(*) from user_account)::int as users,
        (select count(*) from client)::int as clients`.execute(test.runtime.db);
    return rows[0];
  };

  it('makes a client, signs the person in and mails a link to confirm the address', async () => {
    const visitor = new Visitor(test.app);
    const { status, body } = await visitor.call('POST', '/v1/account', input('anna@example.test'));
    expect(status).toBe(200);
    const profile = await visitor.call('GET', '/v1/account/profile');
    expect(profile.body).toMatchObject({
      id: body.clientId,
      name: 'Анна',
      country: 'RU',
      currency: 'RUB',
      kind: 'person',
    });
    const { rows } = await sql<{ template: string; client_id: string }>`
      select template, client_id from message where to_address = 'anna@example.test'`.execute(
      test.runtime.db,
    );
    expect(rows).toEqual([{ template: 'identity.verify-email', client_id: body.clientId }]);
  });

  it('gives each direct client of the operator a branch, and a reseller’s clients the reseller’s', async () => {
    const [a, b] = [await test.client(), await test.client()];
    const [c, d] = [await test.client('north.localhost'), await test.client('north.localhost')];
    expect(branchOf(a.clientId)).not.toBe(branchOf(b.clientId));
    expect(branchOf(c.clientId)).toBe(branchOf(d.clientId));
    expect(branchOf(c.clientId)).toBe(branchOf(test.resellerId));
  });

  it('refuses an e-mail that is taken here, and not one taken at another brand', async () => {
    await signUp(input('taken@example.test'));
    const again = await signUp(input('Taken@Example.test'));
    expect(again).toMatchObject({ status: 409, body: { code: 'email-taken', field: 'email' } });
    expect((await signUp(input('taken@example.test'), 'north.localhost')).status).toBe(200);
  });

  it('makes one client of twenty sign-ups at once', async () => {
    const before = await counts();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => signUp(input('rush@example.test'))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'email-taken')).toHaveLength(19);
    const after = await counts();
    expect(after?.users).toBe((before?.users ?? 0) + 1);
    expect(after?.clients).toBe((before?.clients ?? 0) + 1);
  });

  it('leaves nothing behind when it is refused half-way', async () => {
    const before = await counts();
    const answer = await signUp(input('half@example.test', { company: '  ' }));
    expect(answer.status).toBe(422);
    expect(await counts()).toEqual(before);
    expect((await signUp(input('half@example.test', { company: 'ООО Ромашка' }))).status).toBe(200);
  });

  it('names the field that does not fit', async () => {
    const wrong: [object, string][] = [
      [{ email: 'no address' }, 'email'],
      [{ password: 'short' }, 'password'],
      [{ name: 'a\u0000b' }, 'name'],
      [{ name: 'x'.repeat(121) }, 'name'],
      [{ country: 'Russia' }, 'country'],
      [{ language: 'de' }, 'language'],
    ];
    for (const [more, field] of wrong) {
      const { body } = await signUp(input('fine@example.test', more));
      expect(body).toMatchObject({ code: 'input-invalid', field });
    }
  });
});

describe('a client’s particulars', () => {
  let test: ClientsTest;
  beforeAll(async () => {
    test = await startClientsTest();
  });
  afterAll(() => test.stop());

  it('are changed field by field, and the change is in the history', async () => {
    const { visitor, clientId } = await test.client();
    const change = {
      kind: 'company',
      company: 'ООО «Ромашка»',
      taxId: '7707083893',
      city: 'Москва',
    };
    const { body } = await visitor.call('PATCH', '/v1/account/profile', change);
    expect(body).toMatchObject({ ...change, id: clientId });
    await visitor.call('PATCH', '/v1/account/profile', { city: 'Тверь' });
    const { rows } = await sql<{ payload: { fields: string[] } }>`
      select payload from event where name = 'client.changed' and subject_id = ${clientId}
      order by id`.execute(test.runtime.db);
    expect(rows.map(({ payload }) => payload.fields)).toEqual([
      ['kind', 'company', 'city', 'taxId'],
      ['city'],
    ]);
  });

  it('hold no tax number whose check digits are wrong', async () => {
    const { visitor } = await test.client();
    const patch = (change: object) => visitor.call('PATCH', '/v1/account/profile', change);
    const company = { kind: 'company', company: 'ООО' };
    expect((await patch({ ...company, taxId: '7707083894' })).body).toMatchObject({
      code: 'tax-id-invalid',
      field: 'taxId',
    });
    expect((await patch({ kind: 'person', taxId: '500100732259' })).status).toBe(200);
    expect((await patch({ kind: 'person', taxId: '500100732250' })).status).toBe(422);
    expect((await patch({ kind: 'person', taxId: '7707083893' })).status).toBe(422);
    expect((await patch({ country: 'DE', taxId: 'DE 123456789' })).status).toBe(200);
    expect((await patch({ kind: 'company', company: null })).body.code).toBe(
      'company-name-missing',
    );
  });

  it('cannot be moved to another client, seller or state by sending more fields', async () => {
    const { visitor, clientId } = await test.client();
    const other = await test.client();
    const { body } = await visitor.call('PATCH', '/v1/account/profile', {
      id: other.clientId,
      sellerId: test.resellerId,
      state: 'closed',
      currency: 'USD',
      name: 'Новое имя',
    });
    expect(body).toMatchObject({
      id: clientId,
      sellerId: test.operatorId,
      state: 'active',
      currency: 'RUB',
    });
    expect((await other.visitor.call('GET', '/v1/account/profile')).body.name).not.toBe(
      'Новое имя',
    );
  });
});

describe('staff', () => {
  let test: ClientsTest;
  beforeAll(async () => {
    test = await startClientsTest();
  });
  afterAll(() => test.stop());

  it('see the clients of their own tree and nobody else’s', async () => {
    const own = await test.client();
    const below = await test.client('north.localhost');
    const operator = await test.staff('support');
    const reseller = await test.staff('owner', 'north.localhost');
    const ids = async (staff: Visitor) =>
      (await staff.call('GET', '/v1/admin/clients')).body.items.map(({ id }: { id: string }) => id);
    expect(await ids(operator)).toEqual(expect.arrayContaining([own.clientId, below.clientId]));
    expect(await ids(reseller)).toEqual([below.clientId]);
    const peek = await reseller.call('GET', `/v1/admin/clients/${own.clientId}`);
    expect(peek).toMatchObject({ status: 404, body: { code: 'client-not-found' } });
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/close'],
      ['POST', '/reopen'],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'Чужое' } : {};
      const answer = await reseller.call(method, `/v1/admin/clients/${own.clientId}${path}`, body);
      expect(answer.status).toBe(404);
    }
    const sellerQuery = `/v1/admin/clients?sellerId=${test.operatorId}`;
    expect((await reseller.call('GET', sellerQuery)).body.code).toBe('seller-not-found');
  });

  it('find clients by name, e-mail and number, page by page', async () => {
    const staff = await test.staff('support');
    const made = [await test.client(), await test.client(), await test.client()];
    const [first] = made;
    const find = async (query: string) =>
      (await staff.call('GET', `/v1/admin/clients?${query}`)).body;
    expect((await find(`search=${first?.email}`)).items).toMatchObject([{ id: first?.clientId }]);
    expect((await find(`search=${first?.clientId}`)).items).toHaveLength(1);
    expect((await find('search=%25')).items).toEqual([]);
    const one = await find('limit=2');
    const two = await find(`limit=2&cursor=${one.next}`);
    const ids = [...one.items, ...two.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].toSorted().toReversed());
  });

  it('close a client: nobody gets in, keys end; and let them in again', async () => {
    const { visitor, clientId, email } = await test.client();
    const made = await visitor.call('POST', '/v1/api-keys', {
      name: 'x',
      scopes: ['profile.read'],
      days: null,
    });
    const program = new Visitor(test.app, { key: made.body.key });
    const staff = await test.staff('support');
    expect((await program.call('GET', '/v1/account/profile')).status).toBe(200);
    await staff.call('POST', `/v1/admin/clients/${clientId}/close`, {});
    expect((await visitor.call('GET', '/v1/account/profile')).status).toBe(401);
    expect((await program.call('GET', '/v1/account/profile')).status).toBe(401);
    const password = 'correct horse battery';
    const again = await new Visitor(test.app).call('POST', '/v1/session', { email, password });
    expect(again.body.code).toBe('account-closed');
    await staff.call('POST', `/v1/admin/clients/${clientId}/reopen`, {});
    expect((await visitor.call('GET', '/v1/account/profile')).body.state).toBe('active');
  });

  it('without the permission change nothing, and leave a trace where they do', async () => {
    const { clientId } = await test.client();
    const technician = await test.staff('technician');
    const denied = await technician.call('PATCH', `/v1/admin/clients/${clientId}`, {
      name: 'Иное',
    });
    expect(denied).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    const support = await test.staff('support');
    await support.call('PATCH', `/v1/admin/clients/${clientId}`, { name: 'Иное имя' });
    const { rows } = await sql<{ operation: string; actor_kind: string }>`
      select operation, actor_kind from audit_entry where subject_id = ${clientId}`.execute(
      test.runtime.db,
    );
    expect(rows).toContainEqual({ operation: 'clients.clients.update', actor_kind: 'staff' });
    const client = await test.client();
    expect((await client.visitor.call('GET', '/v1/admin/clients')).status).toBe(403);
  });
});
