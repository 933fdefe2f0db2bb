import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '#test/harness/visitor.ts';
import { startClientsTest } from './clients-test.ts';
import type { ClientsTest } from './clients-test.ts';

describe('signing up', () => {
  let test: ClientsTest;
  beforeAll(async () => {
    test = await startClientsTest();
  });
  afterAll(() => test.stop());

  const input = (email: string) => ({
    email,
    password: 'correct horse battery',
    name: 'Анна',
    country: 'ru',
    language: 'ru',
  });

  it('makes a client and signs the person in', async () => {
    const visitor = new Visitor(test.app);
    const { status, body } = await visitor.call('POST', '/v1/account', input('anna@example.test'));
    expect(status).toBe(200);
    const profile = await visitor.call('GET', '/v1/account/profile');
    expect(profile.body).toMatchObject({ id: body.clientId, name: 'Анна', country: 'RU', currency: 'RUB' });
  });
});
