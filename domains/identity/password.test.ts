import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '#test/harness/visitor.ts';
import { startIdentityTest } from './identity-test.ts';
import type { IdentityTest } from './identity-test.ts';

const NEW = 'a new and longer one';

describe('a password', () => {
  let test: IdentityTest;
  beforeAll(async () => {
    test = await startIdentityTest();
  });
  afterAll(() => test.stop());

  const signIn = (visitor: Visitor, email: string, password: string) =>
    visitor.call('POST', '/v1/session', { email, password });
  const signedIn = async ({ email, password }: { email: string; password: string }) => {
    const visitor = new Visitor(test.app);
    await signIn(visitor, email, password);
    return visitor;
  };
  const lastMail = async (address: string) => {
    const { rows } = await sql<{ template: string; letter: string }>`
      select template, letter from message where to_address = ${address}
      order by id desc limit 1`.execute(test.runtime.db);
    return rows[0];
  };
  const tokenMailed = async (address: string, template: string): Promise<string> => {
    const mail = await lastMail(address);
    expect(mail?.template).toBe(template);
    return /token=([\w-]+)/.exec(mail?.letter ?? '')?.[1] ?? '';
  };
  const forgot = async (email: string, address = '127.0.0.1', headers = {}) => {
    const answer = await new Visitor(test.app, { address }).call(
      'POST',
      '/v1/password/forgot',
      { email },
      headers,
    );
    await test.settle();
    return answer;
  };
  const reset = (token: string, options = {}) =>
    new Visitor(test.app, options).call('POST', '/v1/password/reset', { token, newPassword: NEW });

  it('is changed by who knows the old one; every other session ends', async () => {
    const person = await test.person();
    const [visitor, elsewhere] = [await signedIn(person), await signedIn(person)];
    const before = visitor.cookies.get('stoika.session_token');
    const wrong = await visitor.call('PUT', '/v1/password', {
      currentPassword: 'guess',
      newPassword: NEW,
    });
    expect(wrong.body.code).toBe('password-wrong');
    const { password } = person;
    const short = await visitor.call('PUT', '/v1/password', {
      currentPassword: password,
      newPassword: 'short',
    });
    expect(short.body).toMatchObject({ code: 'input-invalid', field: 'newPassword' });
    expect(
      (await visitor.call('PUT', '/v1/password', { currentPassword: password, newPassword: NEW }))
        .status,
    ).toBe(200);
    expect(visitor.cookies.get('stoika.session_token')).not.toBe(before);
    expect((await visitor.call('GET', '/v1/sessions')).body.items).toHaveLength(1);
    expect((await elsewhere.call('GET', '/v1/session')).body.person).toBeNull();
    expect((await signIn(new Visitor(test.app), person.email, password)).status).toBe(401);
    expect((await signIn(new Visitor(test.app), person.email, NEW)).status).toBe(200);
    expect((await lastMail(person.email))?.template).toBe('identity.password-changed');
  });

  it('cannot be guessed by who holds an open session', async () => {
    const visitor = await signedIn(await test.person());
    const codes: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const input = { currentPassword: `guess number ${i}`, newPassword: NEW };
      codes.push((await visitor.call('PUT', '/v1/password', input)).body.code);
    }
    expect(codes.filter((code) => code === 'password-wrong')).toHaveLength(10);
    expect(codes.at(-1)).toBe('too-many-attempts');
  });

  it('is set anew by a mailed link that works once and ends every session', async () => {
    const person = await test.person();
    const visitor = await signedIn(person);
    await forgot(person.email);
    const token = await tokenMailed(person.email, 'identity.reset-password');
    expect((await reset(token)).status).toBe(200);
    expect((await visitor.call('GET', '/v1/session')).body.person).toBeNull();
    expect((await signIn(new Visitor(test.app), person.email, NEW)).status).toBe(200);
    expect((await reset(token)).body.code).toBe('link-expired');
  });

  it('is set by one of two who use the link at the same moment', async () => {
    const person = await test.person();
    await forgot(person.email);
    const token = await tokenMailed(person.email, 'identity.reset-password');
    const answers = await Promise.all([reset(token), reset(token), reset(token)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('has a link that ends after half an hour and means nothing at another brand', async () => {
    const person = await test.person();
    await forgot(person.email);
    const token = await tokenMailed(person.email, 'identity.reset-password');
    expect((await reset(token, { host: 'other.localhost' })).body.code).toBe('link-expired');
    await sql`update user_verification set expires_at = expires_at - interval '31 minutes'`.execute(
      test.runtime.db,
    );
    expect((await reset(token)).body.code).toBe('link-expired');
  });

  it('has a link whose token the database does not know', async () => {
    const person = await test.person();
    await forgot(person.email);
    const token = await tokenMailed(person.email, 'identity.reset-password');
    const { rows } = await sql`select * from user_verification`.execute(test.runtime.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('has a link to the shop that was asked, never to a host a stranger named', async () => {
    const person = await test.person();
    await forgot(person.email, '127.0.0.1', { 'x-forwarded-host': 'evil.example' });
    const mail = await lastMail(person.email);
    expect(mail?.letter).toContain('http://localhost/ru/reset-password?token=');
    expect(mail?.letter).not.toContain('evil.example');
  });

  it('is forgotten in the same words by known and unknown, and floods no mailbox', async () => {
    const person = await test.person();
    const known = await forgot(person.email, '10.1.0.1');
    const unknown = await forgot('nobody@example.test', '10.1.0.1');
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    let last = known;
    for (let i = 0; i < 5; i += 1) last = await forgot(person.email, `10.2.0.${i}`);
    expect(last.status).toBe(429);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from message where to_address = ${person.email}`.execute(
      test.runtime.db,
    );
    expect(rows[0]?.count).toBe(5);
  });

  it('has a page of links that is limited too', async () => {
    let last = 0;
    for (let i = 0; i < 31; i += 1) {
      last = (await reset(`guessed-token-number-${i}`, { address: '10.3.0.1' })).status;
    }
    expect(last).toBe(429);
  });
});

describe('an e-mail address', () => {
  let test: IdentityTest;
  beforeAll(async () => {
    test = await startIdentityTest();
  });
  afterAll(() => test.stop());

  it('is confirmed by a mailed link, once', async () => {
    const { email, password } = await test.person();
    const visitor = new Visitor(test.app);
    await visitor.call('POST', '/v1/session', { email, password });
    expect((await visitor.call('POST', '/v1/email/verification')).status).toBe(200);
    const { rows } = await sql<{ letter: string }>`
      select letter from message where to_address = ${email}`.execute(test.runtime.db);
    const token = /verify-email\?token=([\w-]+)/.exec(rows[0]?.letter ?? '')?.[1];
    const verify = () => new Visitor(test.app).call('POST', '/v1/email/verify', { token });
    const foreign = await new Visitor(test.app, { host: 'other.localhost' }).call(
      'POST',
      '/v1/email/verify',
      { token },
    );
    expect(foreign.body.code).toBe('link-expired');
    expect((await verify()).status).toBe(200);
    expect((await verify()).body.code).toBe('link-expired');
    expect((await visitor.call('GET', '/v1/session')).body.person.emailVerified).toBe(true);
    expect((await visitor.call('POST', '/v1/email/verification')).body.code).toBe(
      'email-already-verified',
    );
  });
});
