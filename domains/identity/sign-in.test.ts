import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '#test/harness/visitor.ts';
import { startIdentityTest } from './identity-test.ts';
import type { IdentityTest } from './identity-test.ts';

describe('signing in', () => {
  let test: IdentityTest;
  beforeAll(async () => {
    test = await startIdentityTest();
  });
  afterAll(() => test.stop());

  it('opens a session by e-mail and password', async () => {
    const { email, password, clientId } = await test.person();
    const visitor = new Visitor(test.app);
    const answer = await visitor.call('POST', '/v1/session', { email, password });
    expect(answer).toMatchObject({ status: 200, body: { state: 'signed-in' } });
    const { body } = await visitor.call('GET', '/v1/session');
    expect(body.person).toMatchObject({ email, acting: { kind: 'client', id: clientId } });
  });
});
