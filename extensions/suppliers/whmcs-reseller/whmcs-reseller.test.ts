import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SupplierConnection } from '#domains/licences/supplier.ts';
import { driveWhmcsFake } from './fake/drive-whmcs-fake.ts';
import { openWhmcsFake, type WhmcsFake } from './fake/open-whmcs-fake.ts';
import { startWhmcsFake } from './fake/start-whmcs-fake.ts';
import { whmcsReseller } from './whmcs-reseller.ts';

const EMAIL = 'reseller@example.com';
const API_KEY = 'a key & more';
const PRODUCTS = ['starter', 'plus'];
const NOTHING_KNOWN: ReadonlySet<string> = new Set();

const folder = mkdtempSync(join(tmpdir(), 'whmcs-fake-'));
let fake: WhmcsFake;
let vendor: ReturnType<typeof driveWhmcsFake>;
let nowMs = 1_000_000;

function connect(url: string, changes: Record<string, unknown> = {}): SupplierConnection {
  const settings = {
    baseUrl: `${url}/v2/reseller/`,
    email: EMAIL,
    apiKey: API_KEY,
    timeoutMs: 3_000,
    vendorLagMs: 60_000,
    ...changes,
  };
  const connection = whmcsReseller.connect(settings, { nowMs: () => nowMs });
  if (connection.kind !== 'connected') throw new Error(connection.message);
  return connection;
}

const firstTime = () => ({ askedAtMs: nowMs, lastAskedAtMs: null, knownKeys: NOTHING_KNOWN });

function afterLoss(lostAtMs: number, knownKeys: ReadonlySet<string> = NOTHING_KNOWN) {
  return { askedAtMs: nowMs, lastAskedAtMs: lostAtMs, knownKeys };
}

async function everyKey(): Promise<ReadonlySet<string>> {
  return new Set((await vendor.licences()).map(({ key }) => key));
}

beforeAll(async () => {
  fake = await openWhmcsFake({
    port: 0,
    folder,
    email: EMAIL,
    apiKey: API_KEY,
    products: PRODUCTS,
  });
  vendor = driveWhmcsFake(fake.url);
});
beforeEach(async () => {
  await vendor.misbehave();
  nowMs += 10_000_000;
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});

describe('an undisturbed life', () => {
  test('a licence is bought, found, listed, moved, upgraded and cancelled for good', async () => {
    const supplier = connect(fake.url);
    const issued = await supplier.issue({ intentId: 'i1', product: 'starter' }, firstTime());
    if (issued.kind !== 'ok') throw new Error(issued.message);
    expect(issued).toMatchObject({ how: 'issued', surplusKeys: [] });
    const { key } = issued.licence;
    await vendor.bind(key, 'billing.example.ru', '192.0.2.7');
    expect(await supplier.find(key)).toEqual({
      kind: 'ok',
      licence: {
        key,
        state: 'active',
        product: 'starter',
        domain: 'billing.example.ru',
        ip: '192.0.2.7',
      },
    });
    expect(await supplier.reissue(key)).toEqual({ kind: 'ok' });
    expect(await supplier.upgrade(key, 'plus')).toEqual({ kind: 'ok' });
    expect(await supplier.list()).toMatchObject({
      kind: 'ok',
      licences: [{ key, state: 'unbound', product: 'plus', domain: null, ip: null }],
    });
    expect(await supplier.cancel(key)).toEqual({ kind: 'ok' });
    expect(await supplier.cancel(key)).toEqual({ kind: 'ok' });
    expect(await supplier.find(key)).toMatchObject({ kind: 'ok', licence: { state: 'dead' } });
    expect(await supplier.reissue(key)).toMatchObject({
      kind: 'refused',
      code: 'supplier-refused',
    });
  });

  test('what WHMCS cannot do is said by flags, and refused if asked all the same', async () => {
    const supplier = connect(fake.url);
    expect(whmcsReseller.capabilities).toMatchObject({ suspend: false, price: false });
    const cannot = { kind: 'refused', code: 'supplier-cannot' };
    expect(await supplier.suspend('Leased-1')).toMatchObject(cannot);
    expect(await supplier.unsuspend('Leased-1')).toMatchObject(cannot);
    expect(await supplier.price('starter')).toMatchObject(cannot);
  });

  test('a key that never existed counts as cancelled', async () => {
    expect(await connect(fake.url).cancel('Leased-never-was')).toEqual({ kind: 'ok' });
  });
});

describe('a refusal', () => {
  test('comes with HTTP 200, buys nothing, and keeps the vendor words without our secret', async () => {
    const before = await everyKey();
    await vendor.misbehave({ kind: 'refuse', message: `Key ${API_KEY} is <over> its\nlimit` });
    const answer = await connect(fake.url).issue({ intentId: 'i', product: 'plus' }, firstTime());
    expect(answer).toEqual({
      kind: 'refused',
      code: 'supplier-refused',
      message: 'Key … is <over> its limit',
    });
    expect(await everyKey()).toEqual(before);
  });

  test('of wrong credentials and unknown products is final', async () => {
    const stranger = connect(fake.url, { apiKey: 'somebody else' });
    const asked = stranger.issue({ intentId: 'i', product: 'plus' }, firstTime());
    expect(await asked).toMatchObject({ kind: 'refused', message: 'Authentication Failed' });
    const odd = connect(fake.url).issue({ intentId: 'i', product: 'no-such' }, firstTime());
    expect(await odd).toMatchObject({ kind: 'refused', message: 'Invalid Product' });
    const junk = connect(fake.url).issue({ intentId: 'i', product: '"><x>' }, firstTime());
    expect(await junk).toMatchObject({ kind: 'refused', code: 'supplier-product-invalid' });
  });

  test('of a cancel is believed only if the key is really dead', async () => {
    const supplier = connect(fake.url);
    const issued = await supplier.issue({ intentId: 'i', product: 'plus' }, firstTime());
    const key = issued.kind === 'ok' ? issued.licence.key : '';
    await vendor.misbehave({ kind: 'refuse', action: 'cancel', message: 'Not today' });
    expect(await supplier.cancel(key)).toMatchObject({ kind: 'refused', message: 'Not today' });
    await vendor.misbehave({ kind: 'work-then-drop', action: 'cancel' });
    expect(await supplier.cancel(key)).toMatchObject({ kind: 'unreachable' });
    expect(await supplier.cancel(key)).toEqual({ kind: 'ok' });
  });

  test('no key with foreign characters reaches the vendor', async () => {
    const before = await vendor.counts();
    const supplier = connect(fake.url);
    for (const key of ['', '../x', 'a b c d', 'x'.repeat(200), 'Leased-1&action=cancel']) {
      expect(await supplier.cancel(key)).toMatchObject({ code: 'supplier-key-invalid' });
      expect(await supplier.find(key)).toMatchObject({ code: 'supplier-key-invalid' });
    }
    expect(await vendor.counts()).toEqual(before);
  });
});

describe('an answer that is lost after the licence was bought', () => {
  test.each([
    'work-then-500',
    'work-then-drop',
    'work-then-half',
    'work-then-garble',
    'work-then-answer-twice',
  ] as const)('%s: the next attempt adopts it and buys nothing', async (kind) => {
    const supplier = connect(fake.url);
    const known = await everyKey();
    await vendor.misbehave({ kind, action: 'addlicense' });
    const lostAtMs = nowMs;
    const lost = await supplier.issue(
      { intentId: 'i', product: 'starter' },
      { askedAtMs: nowMs, lastAskedAtMs: null, knownKeys: known },
    );
    expect(lost.kind).toBe('unknown');

    nowMs += 1_000;
    const bought = (await vendor.licences()).filter(({ key }) => !known.has(key));
    const again = supplier.issue({ intentId: 'i', product: 'starter' }, afterLoss(lostAtMs, known));
    expect(await again).toMatchObject({ kind: 'ok', how: 'adopted', surplusKeys: [] });
    expect(bought).toHaveLength(1);
    expect(await everyKey()).toEqual(new Set([...known, ...bought.map(({ key }) => key)]));
  });

  test('a slow vendor is not asked again before it can have finished', async () => {
    const supplier = connect(fake.url, { timeoutMs: 300 });
    const known = await everyKey();
    await vendor.misbehave({ kind: 'late', action: 'addlicense' });
    const lostAtMs = nowMs;
    const input = { intentId: 'i', product: 'starter' };
    const lost = supplier.issue(input, { ...firstTime(), knownKeys: known });
    expect(await lost).toMatchObject({ kind: 'unknown', message: 'no answer in time' });

    nowMs += 30_000;
    const early = await supplier.issue(input, afterLoss(lostAtMs, known));
    expect(early).toMatchObject({ kind: 'waiting', retryAfterMs: 35_600, unclearKeys: [] });
    expect(await everyKey()).toEqual(known);

    await vendor.finishLate();
    nowMs += 35_600;
    const found = await supplier.issue(input, afterLoss(lostAtMs, known));
    expect(found).toMatchObject({ kind: 'ok', how: 'adopted' });
  });

  test('if nothing was bought within that time, it is bought now', async () => {
    const supplier = connect(fake.url);
    const known = await everyKey();
    await vendor.misbehave({ kind: 'drop', action: 'addlicense' });
    const input = { intentId: 'i', product: 'starter' };
    const lost = await supplier.issue(input, { ...firstTime(), knownKeys: known });
    expect(lost.kind).toBe('unknown');
    const lostAtMs = nowMs;
    nowMs += 71_000;
    const bought = await supplier.issue(input, afterLoss(lostAtMs, known));
    expect(bought).toMatchObject({ kind: 'ok', how: 'issued' });
    expect((await everyKey()).size).toBe(known.size + 1);
  });

  test('while the account cannot be listed, nothing is bought', async () => {
    const supplier = connect(fake.url);
    const known = await everyKey();
    nowMs += 1_000_000;
    for (const kind of ['http-500', 'refuse', 'work-then-half'] as const) {
      await vendor.misbehave({ kind, action: 'listlicenses' });
      const asked = supplier.issue({ intentId: 'i', product: 'starter' }, afterLoss(1, known));
      expect(await asked).toMatchObject({ kind: 'waiting' });
    }
    expect(await everyKey()).toEqual(known);
  });

  test('a key bought by hand is never taken for it once known, in use, or of another product', async () => {
    const supplier = connect(fake.url);
    const input = { intentId: 'i', product: 'starter' };
    await vendor.buyByHand('starter');
    const known = await everyKey();
    const inUse = await vendor.buyByHand('starter');
    await vendor.bind(inUse.key, 'own.example.ru', '192.0.2.9');
    const other = await vendor.buyByHand('plus');
    const asked = await supplier.issue(input, afterLoss(nowMs - 1_000_000, known));
    expect(asked).toMatchObject({ kind: 'waiting', unclearKeys: [other.key] });

    const told = new Set([...known, other.key]);
    const bought = await supplier.issue(input, afterLoss(nowMs - 1_000_000, told));
    expect(bought).toMatchObject({ kind: 'ok', how: 'issued' });
  });

  test('an attempt that slept too long is not sent: another worker may hold the intent', async () => {
    const supplier = connect(fake.url);
    const before = await everyKey();
    const stale = { askedAtMs: nowMs - 9_000, lastAskedAtMs: null, knownKeys: before };
    const asked = await supplier.issue({ intentId: 'i', product: 'starter' }, stale);
    expect(asked).toMatchObject({ kind: 'unreachable' });
    expect(await everyKey()).toEqual(before);
  });
});

describe('the connection', () => {
  test('refused at the door means nothing was asked', async () => {
    const closed = await portThatRefuses();
    const asked = connect(closed).issue({ intentId: 'i', product: 'starter' }, firstTime());
    expect(await asked).toMatchObject({ kind: 'unreachable', message: 'ECONNREFUSED' });
  });

  test('a slow answer within the limit is an answer', async () => {
    await vendor.misbehave({ kind: 'slow', delayMs: 100 });
    const asked = connect(fake.url).issue({ intentId: 'i', product: 'starter' }, firstTime());
    expect(await asked).toMatchObject({ kind: 'ok' });
  });

  test('one purchase is one request, also when the vendor hangs up', async () => {
    const before = (await vendor.counts())['addlicense'] ?? 0;
    await vendor.misbehave({ kind: 'drop', action: 'addlicense' });
    await connect(fake.url).issue({ intentId: 'i', product: 'starter' }, firstTime());
    expect((await vendor.counts())['addlicense']).toBe(before + 1);
  });

  test('no message, whatever fails, shows the key or the address', async () => {
    const secret = encodeURIComponent('a key');
    const closed = connect(await portThatRefuses());
    const open = connect(fake.url);
    await vendor.misbehave({ kind: 'drop' }, { kind: 'http-500' }, { kind: 'work-then-garble' });
    const said = [await closed.list(), await open.list(), await open.list(), await open.list()];
    expect(said.map(({ kind }) => kind)).toEqual(Array(4).fill('unreachable'));
    expect(JSON.stringify(said)).not.toMatch(new RegExp(`apikey|${secret}|a key|http://`));
  });

  test('secrets go over HTTPS, or to this machine itself', () => {
    const surroundings = { nowMs: () => 0 };
    const settings = { email: EMAIL, apiKey: API_KEY };
    const refused = { kind: 'settings-refused', field: 'baseUrl' };
    for (const baseUrl of [
      'http://licenseapi.whmcs.com/',
      'ftp://x/',
      'https://a:b@c/',
      'https://c/?q',
    ]) {
      expect(whmcsReseller.connect({ ...settings, baseUrl }, surroundings)).toMatchObject(refused);
    }
    expect(whmcsReseller.connect(settings, surroundings)).toMatchObject({ kind: 'connected' });
    expect(whmcsReseller.connect({ email: EMAIL }, surroundings)).toMatchObject({
      field: 'apiKey',
    });
  });
});

test('the fake keeps its licences through kill -9', async () => {
  const own = mkdtempSync(join(tmpdir(), 'whmcs-fake-killed-'));
  const options = { port: 0, folder: own, email: EMAIL, apiKey: API_KEY, products: PRODUCTS };
  const first = await startWhmcsFake(options);
  const issued = await connect(first.url).issue({ intentId: 'i', product: 'plus' }, firstTime());
  await first.kill();
  const second = await startWhmcsFake(options);
  const listed = await connect(second.url).list();
  await second.stop();
  rmSync(own, { recursive: true });
  const key = issued.kind === 'ok' ? issued.licence.key : 'none';
  expect(listed).toMatchObject({ kind: 'ok', licences: [{ key, product: 'plus' }] });
});

async function portThatRefuses(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
