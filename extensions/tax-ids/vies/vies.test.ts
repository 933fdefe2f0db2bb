import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { taxIdValidatorKind } from '#domains/clients/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { openViesFake } from './fake/open-vies-fake.ts';
import type { ViesFake } from './fake/open-vies-fake.ts';
import { vies } from './vies.ts';

const SOUND = '12345678901';
const UNKNOWN = '99999999999';
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 };

let fake: ViesFake;
let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
beforeAll(async () => {
  fake = await openViesFake();
  shop = await startShop({ now: '2026-02-01T09:00:00Z' });
  shop.runtime.extensions.register(taxIdValidatorKind, vies({ url: fake.url, timeoutMs: 2000 }));
  staff = await shop.staff();
  await sql`update seller set country = 'DE',
    legal = legal || '{"taxId": "DE 111 222 333"}'`.execute(shop.runtime.db);
  const rate = { place: 'FR', rateBp: 2000, effectiveFrom: '2026-02-02' };
  await staff.ok('POST', '/v1/admin/tax-rates', rate);
  await shop.moveTo('2026-02-03T09:00:00Z');
});
afterAll(async () => {
  await shop.stop();
  await fake.close();
});
beforeEach(() => {
  fake.registered = new Map([
    ['DE111222333', 'Stoika GmbH'],
    [`FR${SOUND}`, 'Exemple SARL'],
  ]);
  fake.faults = [];
  fake.asked = [];
});

/** A French company that has entered its number a moment ago. */
async function company(number: string): Promise<Shopper> {
  const client = await shop.shopper();
  const particulars = { kind: 'company', company: 'Exemple SARL', country: 'FR' };
  const change = { ...particulars, taxId: `FR ${number}` };
  await client.ok('PATCH', '/v1/account/profile', change);
  return client;
}

const later = (minutes: number) =>
  shop.moveTo(shop.clock.now().add({ minutes, seconds: 1 }).toString());
const profile = (client: Shopper) => client.ok('GET', '/v1/account/profile');
const stateOf = async (client: Shopper) => (await profile(client)).taxIdState;
const taxOf = async (client: Shopper) => (await client.ok('POST', '/v1/shop/quote', CART)).tax;

describe('a company’s VAT number', () => {
  it('is unchecked at first, then valid, with the evidence that the register gives', async () => {
    const client = await company(SOUND);
    expect(await stateOf(client)).toBe('unchecked');
    await later(0);
    expect(await profile(client)).toMatchObject({
      taxIdState: 'valid',
      taxIdCheck: {
        ...{ state: 'valid', requestId: 'WAPIAAAAY1234567', answeredOn: '2026-02-03' },
        ...{ name: 'Exemple SARL', nextAttemptAt: null, attempts: 1 },
      },
    });
    expect(fake.asked).toEqual([
      `/rest-api/ms/FR/vat/${SOUND}?requesterMemberStateCode=DE&requesterNumber=111222333`,
    ]);
    const seen = await staff.ok('GET', `/v1/admin/clients/${client.clientId}`);
    expect(seen.taxIdCheck.requestId).toBe('WAPIAAAAY1234567');
    expect(await taxOf(client)).toMatchObject({ rateBp: 0, reason: 'reverse-charge' });
  });

  it('that the register does not know is invalid, and no tax is left to its owner', async () => {
    const client = await company(UNKNOWN);
    expect((await taxOf(client)).reason).toBe('reverse-charge');
    await later(0);
    expect(await stateOf(client)).toBe('invalid');
    expect(await taxOf(client)).toMatchObject({ place: 'FR', rateBp: 2000, reason: null });
  });

  it('is unchecked again when it is changed, and what is said of the old one is of the past', async () => {
    const client = await company(UNKNOWN);
    await later(0);
    await client.ok('PATCH', '/v1/account/profile', { taxId: SOUND });
    expect(await profile(client)).toMatchObject({
      ...{ taxIdState: 'unchecked', taxIdCheck: { state: 'unchecked', attempts: 0 } },
    });
    await later(0);
    expect(await stateOf(client)).toBe('valid');
  });

  it('of a person, or of a country without a register, is asked of nobody', async () => {
    const client = await company(SOUND);
    await client.ok('PATCH', '/v1/account/profile', { kind: 'person', country: 'US' });
    await later(0);
    expect(fake.asked).toEqual([]);
    expect(await profile(client)).toMatchObject({ taxIdState: 'unchecked', taxIdCheck: null });
    const path = `/v1/admin/clients/${client.clientId}/tax-id-check`;
    const refused = await staff.call('POST', path, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'tax-id-not-checkable']);
  });
});

describe('a register that is away', () => {
  it.each([
    ['says so with 200', { kind: 'user-error', code: 'MS_UNAVAILABLE' }, 'MS_UNAVAILABLE'],
    ['has too much to do', { kind: 'user-error', code: 'MS_MAX_CONCURRENT_REQ' }, 'MS_MAX'],
    ['answers 500', { kind: 'http', status: 500 }, 'HTTP 500'],
    ['answers something else', { kind: 'garbage' }, 'JSON'],
    ['hangs up', { kind: 'drop' }, 'fetch failed'],
    ['is slow', { kind: 'slow', ms: 600_000 }, 'timeout'],
  ] as const)('%s: nothing is held against the number, it is asked again', async (...row) => {
    const [, fault, reason] = row;
    fake.faults = [fault];
    const client = await company(SOUND);
    await later(0);
    const { taxIdState, taxIdCheck } = await profile(client);
    expect([taxIdState, taxIdCheck.attempts]).toEqual(['unavailable', 1]);
    expect(taxIdCheck.error).toContain(reason);
    expect((await taxOf(client)).reason).toBe('reverse-charge');
    await later(1);
    expect(await stateOf(client)).toBe('valid');
  });

  it('is given up after eight tries, until staff have it asked again', async () => {
    fake.faults = Array.from({ length: 8 }, () => ({ kind: 'http', status: 503 }) as const);
    const client = await company(SOUND);
    await later(4 * 24 * 60);
    expect((await profile(client)).taxIdCheck).toMatchObject({
      ...{ state: 'unavailable', attempts: 8, nextAttemptAt: null, error: 'HTTP 503' },
    });
    await staff.ok('POST', `/v1/admin/clients/${client.clientId}/tax-id-check`, {});
    await later(0);
    expect(await stateOf(client)).toBe('valid');
  });

  it('takes no confirmed number away', async () => {
    const client = await company(SOUND);
    await later(0);
    fake.faults = [{ kind: 'user-error', code: 'SERVICE_UNAVAILABLE' }];
    await staff.ok('POST', `/v1/admin/clients/${client.clientId}/tax-id-check`, {});
    await later(0);
    expect(await profile(client)).toMatchObject({
      ...{ taxIdState: 'valid', taxIdCheck: { state: 'unavailable' } },
    });
  });

  it('that does not know the seller answers without a receipt', async () => {
    fake.registered.delete('DE111222333');
    const client = await company(SOUND);
    await later(0);
    expect((await profile(client)).taxIdCheck).toMatchObject({ state: 'valid', requestId: null });
  });
});

describe('a seller that trusts confirmed numbers alone', () => {
  it('charges tax until the register has answered', async () => {
    await staff.ok('PUT', '/v1/admin/tax-id-rule', { mustBeValid: true });
    expect(await staff.ok('GET', '/v1/admin/tax-id-rule')).toEqual({ mustBeValid: true });
    fake.faults = [{ kind: 'user-error', code: 'MS_UNAVAILABLE' }];
    const client = await company(SOUND);
    expect(await taxOf(client)).toMatchObject({ rateBp: 2000, reason: null });
    await later(0);
    expect(await stateOf(client)).toBe('unavailable');
    expect(await taxOf(client)).toMatchObject({ rateBp: 2000, reason: null });
    await later(1);
    expect(await taxOf(client)).toMatchObject({ rateBp: 0, reason: 'reverse-charge' });
    await staff.ok('PUT', '/v1/admin/tax-id-rule', { mustBeValid: false });
  });

  it('asks about no client of another seller', async () => {
    const client = await company(SOUND);
    const stranger = await shop.staff('northbyte.localhost');
    const path = `/v1/admin/clients/${client.clientId}/tax-id-check`;
    const refused = await stranger.call('POST', path, {});
    expect([refused.status, refused.body.code]).toEqual([404, 'client-not-found']);
  });
});
