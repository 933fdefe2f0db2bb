import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messagesOf } from '#domains/messages/index.ts';
import { CHEAP } from '#test/harness/cheap-passwords.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { startIdentityTest } from './identity-test.ts';
import type { IdentityTest } from './identity-test.ts';
import { CAREFUL, setPasswordCost } from './password-hash.ts';

describe('signing in', () => {
  let test: IdentityTest;
  beforeAll(async () => {
    test = await startIdentityTest();
  });
  afterAll(() => test.stop());

  // Tries are counted by address: every test has one of its own.
  let homes = 0;
  let home: string;
  beforeEach(() => {
    homes += 1;
    home = `198.51.100.${homes}`;
  });
  afterEach(() => setPasswordCost(CHEAP));
  const atHome = () => new Visitor(test.app, { address: home });
  const signIn = (visitor: Visitor, email: string, password: string) =>
    visitor.call('POST', '/v1/session', { email, password });
  const who = async (visitor: Visitor) => (await visitor.call('GET', '/v1/session')).body.person;
  const COOKIE = 'stoika.session_token';

  it('opens a session by e-mail and password, in a cookie no script can read', async () => {
    const { email, password, clientId } = await test.person();
    const visitor = atHome();
    const answer = await signIn(visitor, ` ${email.toUpperCase()} `, password);
    expect(answer).toMatchObject({ status: 200, body: { state: 'signed-in' } });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toMatch(/Domain/i);
    expect(await who(visitor)).toMatchObject({ email, acting: { kind: 'client', id: clientId } });
  });

  it('sends its cookie over https alone where the shop is reached by https', async () => {
    const { email, password } = await test.person();
    const visitor = atHome();
    const answer = await visitor.call(
      'POST',
      '/v1/session',
      { email, password },
      {
        'x-forwarded-proto': 'https',
      },
    );
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-stoika\.session_token=.*; Secure/);
  });

  it('says the same of a wrong password and of an e-mail nobody has', async () => {
    const { email } = await test.person();
    const wrong = await signIn(atHome(), email, 'not the password');
    const nobody = await signIn(atHome(), 'nobody@example.test', 'not the password');
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(nobody.body);
    expect(wrong.body.code).toBe('wrong-credentials');
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('takes as long to refuse an e-mail nobody has as a wrong password', async () => {
    setPasswordCost(CAREFUL);
    const { email } = await test.person();
    const time = async (address: string): Promise<number> => {
      const start = performance.now();
      await signIn(new Visitor(test.app, { address: '10.9.9.9' }), address, 'not the password');
      return performance.now() - start;
    };
    // In turns, so that whatever else the machine does slows both.
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < 7; i += 1) {
      known.push(await time(email));
      unknown.push(await time('nobody-at-all@example.test'));
    }
    const middle = (times: number[]) => times.toSorted((a, b) => a - b)[3] ?? 0;
    const ratio = middle(known) / middle(unknown);
    // Without the second hash the one would take ten times as long as the other.
    expect(Math.max(ratio, 1 / ratio)).toBeLessThan(3);
  });

  it('keeps no token, no password and no reset link that a stolen table would give away', async () => {
    setPasswordCost(CAREFUL);
    const { userId, email, password } = await test.person();
    const visitor = atHome();
    await signIn(visitor, email, password);
    const token = decodeURIComponent(visitor.cookies.get(COOKIE) ?? '').split('.')[0] ?? '';
    expect(token).toHaveLength(32);
    const { rows } = await sql<{ token: string }>`select token from user_session`.execute(
      test.runtime.db,
    );
    expect(rows.map((row) => row.token)).not.toContain(token);
    const credentials = await sql<{ hash: string }>`
      select password as hash from user_credential where user_id = ${userId}`.execute(
      test.runtime.db,
    );
    expect(credentials.rows).toHaveLength(1);
    expect(credentials.rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2/);
  });

  it('gives every sign-in a new token, whatever cookie came with it', async () => {
    const { email, password } = await test.person();
    const visitor = atHome();
    await signIn(visitor, email, password);
    const first = visitor.cookies.get(COOKIE);
    await signIn(visitor, email, password);
    expect(visitor.cookies.get(COOKIE)).not.toBe(first);
  });

  it('takes an altered, unsigned or foreign-signed cookie for none', async () => {
    const { email, password } = await test.person();
    const visitor = atHome();
    await signIn(visitor, email, password);
    const whole = visitor.cookies.get(COOKIE) ?? '';
    const [token = '', signature = ''] = decodeURIComponent(whole).split('.');
    const forged = createHmac('sha256', 'a guess').update(token).digest('base64');
    const other = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    for (const value of [
      token,
      `${token}.`,
      `${other}.${signature}`,
      `${token}.${forged}`,
      '%E0%A4%A',
    ]) {
      visitor.cookies.set(COOKIE, value.startsWith('%') ? value : encodeURIComponent(value));
      expect(await who(visitor)).toBeNull();
      visitor.cookies.set(COOKIE, whole);
    }
    expect(await who(visitor)).toMatchObject({ email });
  });

  it('keeps the same e-mail apart at two brands: password, session and people', async () => {
    const email = 'both@example.test';
    const here = await test.person(email);
    const there = await test.person(email, test.otherBrandId);
    const visitor = atHome();
    await signIn(visitor, email, here.password);
    const stranger = new Visitor(test.app, { host: 'other.localhost' });
    for (const [name, value] of visitor.cookies) stranger.cookies.set(name, value);
    expect(await who(stranger)).toBeNull();
    await signIn(stranger, email, there.password);
    expect((await who(stranger)).id).toBe(there.userId);
    expect((await who(visitor)).id).toBe(here.userId);
  });

  it('knows no brand for a host name that nobody has', async () => {
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1',
      'other.localhost.',
    ]) {
      const answer = await new Visitor(test.app, { host }).call('GET', '/v1/session');
      expect([host, answer.status]).toEqual([host, host === 'other.localhost.' ? 200 : 404]);
    }
    const odd = await atHome().call('GET', '/v1/session', undefined, {
      host: 'localhost@evil',
    });
    expect(odd.body.code).toBe('brand-not-found');
  });

  it('counts tries by account, also when they come all at once and from many addresses', async () => {
    const { email, password } = await test.person();
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        signIn(new Visitor(test.app, { address: `10.0.0.${i}` }), email, `wrong ${i}`),
      ),
    );
    const wrong = tries.filter(({ body }) => body.code === 'wrong-credentials').length;
    expect(wrong).toBe(10);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(10);
    const right = await signIn(new Visitor(test.app, { address: '10.0.1.1' }), email, password);
    expect(right.body).toMatchObject({ code: 'too-many-attempts', params: { minutes: 15 } });
  });

  it('counts tries by address, a whole IPv6 network as one', async () => {
    let last = 0;
    for (let i = 0; i < 61; i += 1) {
      const address = `2001:db8:1:2::${i.toString(16)}`;
      last = (
        await signIn(
          new Visitor(test.app, { address }),
          `guess-${i}@example.test`,
          'wrong password',
        )
      ).status;
    }
    expect(last).toBe(429);
    const { email, password } = await test.person();
    const neighbour = new Visitor(test.app, { address: '2001:db8:1:3::1' });
    expect((await signIn(neighbour, email, password)).status).toBe(200);
  });

  it('forgets earlier slips of one who signs in', async () => {
    const { email, password } = await test.person();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 5; i += 1) await signIn(atHome(), email, 'wrong password');
      expect((await signIn(atHome(), email, password)).status).toBe(200);
    }
  });

  it('is refused without the mark of our own page, or when another site is behind it', async () => {
    const { email, password } = await test.person();
    const visitor = atHome();
    const foreign: Record<string, string>[] = [
      { 'x-stoika-request': '' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await visitor.call('POST', '/v1/session', { email, password }, headers);
      expect(answer.body.code).toBe('request-mark-missing');
    }
  });

  it('refuses demo logins in production, and their running sessions', async () => {
    const { email, password, userId } = await test.person();
    await sql`update user_account set demo = true where id = ${userId}`.execute(test.runtime.db);
    const visitor = atHome();
    await signIn(visitor, email, password);
    expect(await who(visitor)).toMatchObject({ demo: true });
    test.mode('production');
    const session = await who(visitor);
    const again = await signIn(atHome(), email, password);
    test.mode('test');
    expect(session).toBeNull();
    expect(again.body.code).toBe('demo-login-refused');
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it('tells a person by mail of a sign-in from a place they never used', async () => {
    const { email, password, clientId } = await test.person();
    const mails = async () => {
      const brandIds = [test.brandId];
      const all = await test.run((ctx) => messagesOf(ctx, { brandIds, clientId, limit: 50 }));
      return all.map(({ template }) => template);
    };
    await signIn(atHome(), email, password);
    await signIn(atHome(), email, password);
    expect(await mails()).toEqual([]);
    await signIn(new Visitor(test.app, { address: '203.0.113.9' }), email, password);
    expect(await mails()).toEqual(['identity.new-sign-in']);
  });

  it('ends with the session: by signing out, by hand, and all others at once', async () => {
    const { email, password } = await test.person();
    const [a, b, c] = [atHome(), atHome(), atHome()];
    for (const visitor of [a, b, c]) await signIn(visitor, email, password);
    const copy = atHome();
    for (const [name, value] of c.cookies) copy.cookies.set(name, value);
    await c.call('DELETE', '/v1/session');
    expect(c.cookies.size).toBe(0);
    expect(await who(copy)).toBeNull();
    const { items } = (await a.call('GET', '/v1/sessions')).body;
    expect(items).toMatchObject([{ address: home }, { address: home }]);
    const own = items.find((session: { current: boolean }) => session.current);
    const stranger = atHome();
    const other = await test.person();
    await signIn(stranger, other.email, other.password);
    expect((await stranger.call('DELETE', `/v1/sessions/${own.id}`)).status).toBe(404);
    expect((await a.call('DELETE', '/v1/sessions')).body).toEqual({ ended: 1 });
    expect(await who(b)).toBeNull();
    expect(await who(a)).toMatchObject({ email });
  });
});
