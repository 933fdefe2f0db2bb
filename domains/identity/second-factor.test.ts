import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '#test/harness/visitor.ts';
import { startIdentityTest } from './identity-test.ts';
import type { IdentityTest, TestPerson } from './identity-test.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app shows, some 30-second steps from now (RFC 6238, RFC 4226 §5.3). */
function codeOf(key: string, stepsFromNow = 0): string {
  const bits = Array.from(key)
    .map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsFromNow));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** A code of the step before is good for as long as this step lasts: it must last for a while. */
async function earlyInStep(): Promise<void> {
  const leftMs = 30_000 - (Date.now() % 30_000);
  if (leftMs < 5000) await pause(leftMs);
}

describe('the second factor', () => {
  let test: IdentityTest;
  beforeAll(async () => {
    test = await startIdentityTest();
  });
  afterAll(() => test.stop());

  const signedIn = async (person: TestPerson): Promise<Visitor> => {
    const visitor = new Visitor(test.app);
    const { email, password } = person;
    await visitor.call('POST', '/v1/session', { email, password });
    return visitor;
  };
  const enrolled = async () => {
    const person = await test.person();
    const visitor = await signedIn(person);
    const { password } = person;
    const { body } = await visitor.call('POST', '/v1/second-factor', { password });
    await earlyInStep();
    const confirmed = await visitor.call('POST', '/v1/second-factor/confirm', {
      code: codeOf(body.key, -1),
    });
    expect(confirmed.status).toBe(200);
    return {
      person,
      visitor,
      key: body.key as string,
      recoveryCodes: body.recoveryCodes as string[],
      uri: body.uri,
    };
  };
  const finish = (visitor: Visitor, code: string, method = 'app') =>
    visitor.call('POST', '/v1/session/second-factor', { method, code });
  const who = async (visitor: Visitor) => (await visitor.call('GET', '/v1/session')).body.person;

  it('is asked for only after a code has confirmed it, and ends sessions that never passed it', async () => {
    const person = await test.person();
    const visitor = await signedIn(person);
    const elsewhere = await signedIn(person);
    const { password } = person;
    const wrongPassword = await visitor.call('POST', '/v1/second-factor', { password: 'guess' });
    expect(wrongPassword.body.code).toBe('password-wrong');
    const { body } = await visitor.call('POST', '/v1/second-factor', { password });
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]+/);
    expect(body.recoveryCodes).toHaveLength(10);
    expect(
      (await visitor.call('POST', '/v1/second-factor/confirm', { code: '000000' })).body.code,
    ).toBe('second-factor-wrong');
    expect((await signedIn(person)).cookies.size).toBe(1);
    await visitor.call('POST', '/v1/second-factor/confirm', { code: codeOf(body.key) });
    expect(await who(visitor)).toMatchObject({ secondFactor: true });
    expect(await who(elsewhere)).toBeNull();
  });

  it('stands between the password and the session', async () => {
    const { person, key } = await enrolled();
    const visitor = new Visitor(test.app);
    const { email, password } = person;
    const half = await visitor.call('POST', '/v1/session', { email, password });
    expect(half.body).toEqual({ state: 'second-factor-needed' });
    expect(await who(visitor)).toBeNull();
    expect((await finish(visitor, '123456')).body.code).toBe('second-factor-wrong');
    expect((await finish(visitor, codeOf(key))).body).toEqual({ state: 'signed-in' });
    expect(await who(visitor)).toMatchObject({ email });
  });

  it('takes a code once, although the app still shows it', async () => {
    const { person, key } = await enrolled();
    const code = codeOf(key);
    expect((await finish(await signedIn(person), code)).status).toBe(200);
    const thief = await signedIn(person);
    const again = await finish(thief, code);
    expect(again.body.code).toBe('second-factor-code-used');
    expect(await who(thief)).toBeNull();
    expect((await finish(await signedIn(person), codeOf(key, 1))).status).toBe(200);
  });

  it('lets one of two in who send the same code at the same moment', async () => {
    const { person, key } = await enrolled();
    const [a, b] = [await signedIn(person), await signedIn(person)];
    const code = codeOf(key);
    const answers = await Promise.all([finish(a, code), finish(b, code)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const people = [await who(a), await who(b)].filter((found) => found !== null);
    expect(people).toHaveLength(1);
  });

  it('allows five guesses a sign-in and ten an account', async () => {
    const { person, key } = await enrolled();
    const codes: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const visitor = await signedIn(person);
      codes.push((await finish(visitor, '000000')).body.code);
    }
    expect(codes.slice(0, 10).every((code) => code === 'second-factor-wrong')).toBe(true);
    expect(codes.slice(10)).toEqual(['too-many-attempts', 'too-many-attempts']);
    expect((await finish(await signedIn(person), codeOf(key))).body.code).toBe('too-many-attempts');
    await sql`update user_second_factor set locked_until = null, failed_verification_count = 0`.execute(
      test.runtime.db,
    );
    const visitor = await signedIn(person);
    const one: string[] = [];
    for (let i = 0; i < 6; i += 1) one.push((await finish(visitor, '000000')).body.code);
    expect(one.slice(0, 5).every((code) => code === 'second-factor-wrong')).toBe(true);
    expect(one[5]).toBe('second-factor-expired');
    expect((await finish(visitor, codeOf(key))).body.code).toBe('second-factor-expired');
  });

  it('has recovery codes, each of which works once', async () => {
    const { person, recoveryCodes } = await enrolled();
    const [code = ''] = recoveryCodes;
    expect((await finish(await signedIn(person), code, 'recovery')).status).toBe(200);
    expect((await finish(await signedIn(person), code, 'recovery')).body.code).toBe(
      'second-factor-wrong',
    );
    const visitor = await signedIn(person);
    await finish(visitor, recoveryCodes[1] ?? '', 'recovery');
    const { password } = person;
    const renewed = await visitor.call('POST', '/v1/second-factor/recovery-codes', { password });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await finish(await signedIn(person), recoveryCodes[2] ?? '', 'recovery')).status).toBe(
      401,
    );
  });

  it('is taken off by the password, and the person is told', async () => {
    const { person, visitor } = await enrolled();
    const guess = await visitor.call('POST', '/v1/second-factor/disable', { password: 'guess' });
    expect(guess.body.code).toBe('password-wrong');
    const { password } = person;
    expect((await visitor.call('POST', '/v1/second-factor/disable', { password })).status).toBe(
      200,
    );
    expect((await who(await signedIn(person)))?.secondFactor).toBe(false);
    const { rows } = await sql<{ template: string }>`
      select template from message where client_id = ${person.clientId} order by id`.execute(
      test.runtime.db,
    );
    expect(rows.map((row) => row.template)).toEqual([
      'identity.second-factor-on',
      'identity.second-factor-off',
    ]);
  });

  it('keeps its secret and its recovery codes unreadable in the database', async () => {
    const { key, recoveryCodes, person } = await enrolled();
    const { rows } = await sql<Record<string, string>>`
      select * from user_second_factor where user_id = ${person.userId}`.execute(test.runtime.db);
    const row = JSON.stringify(rows[0]);
    expect(row).not.toContain(key);
    expect(row).not.toContain(recoveryCodes[0]);
  });
});
