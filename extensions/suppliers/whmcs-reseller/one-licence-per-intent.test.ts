import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  rememberAsking,
  rememberOutcome,
  strayLicences,
  type SupplierConnection,
} from '#domains/licences/supplier.ts';
import { driveWhmcsFake } from './fake/drive-whmcs-fake.ts';
import { openWhmcsFake, type WhmcsFake } from './fake/open-whmcs-fake.ts';
import { whmcsReseller } from './whmcs-reseller.ts';

const TIMEOUT_MS = 150;
const VENDOR_LAG_MS = 60_000;
const FAULTS = [
  ...['refuse', 'http-500', 'drop', 'late'],
  ...['work-then-500', 'work-then-drop', 'work-then-half', 'work-then-answer-twice'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'whmcs-intents-'));
let fake: WhmcsFake;
let vendor: ReturnType<typeof driveWhmcsFake>;
let nowMs = 0;
let supplier: SupplierConnection;

/** What a caller keeps in its database: it survives every death below. */
type Intent = {
  id: string;
  known: ReadonlySet<string> | null;
  lastAskedAtMs: number | null;
  key: string | null;
};

type Step = {
  fault: (typeof FAULTS)[number] | null;
  listFails: boolean;
  dies: 'before the call' | 'after the call' | null;
  longPause: boolean;
};

beforeAll(async () => {
  const account = { email: 'reseller@example.com', apiKey: 'whmcs-fake-key' };
  fake = await openWhmcsFake({ port: 0, folder, ...account, products: ['starter'] });
  vendor = driveWhmcsFake(fake.url);
  const settings = { ...account, timeoutMs: TIMEOUT_MS, vendorLagMs: VENDOR_LAG_MS };
  const baseUrl = `${fake.url}/v2/reseller/`;
  const connected = whmcsReseller.connect({ ...settings, baseUrl }, { nowMs: () => nowMs });
  if (connected.kind !== 'connected') throw new Error(connected.message);
  supplier = connected;
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});

/** One turn of a worker on the one intent in flight; it may die on the way. */
async function work(intent: Intent, dies: Step['dies']): Promise<void> {
  if (!intent.known) {
    const listed = await supplier.list();
    if (listed.kind === 'ok') intent.known = new Set(listed.licences.map(({ key }) => key));
    return;
  }
  const memory = rememberAsking(intent.lastAskedAtMs, intent.known, nowMs);
  intent.lastAskedAtMs = memory.askedAtMs;
  if (dies === 'before the call') return;
  const outcome = await supplier.issue({ intentId: intent.id, product: 'starter' }, memory);
  if (dies === 'after the call') return;
  const next = rememberOutcome(memory, outcome);
  if (next !== 'settled') intent.lastAskedAtMs = next.lastAskedAtMs;
  else if (outcome.kind === 'ok') intent.key = outcome.licence.key;
  else Object.assign(intent, { known: null, lastAskedAtMs: null });
}

const step: fc.Arbitrary<Step> = fc.record({
  fault: fc.option(fc.constantFrom(...FAULTS), { freq: 4 }),
  listFails: fc.boolean(),
  dies: fc.constantFrom(null, null, 'before the call' as const, 'after the call' as const),
  longPause: fc.boolean(),
});

test('whatever fails and dies, each intent ends with exactly one live licence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await vendor.finishLate();
      await vendor.misbehave();
      for (const { key } of await vendor.live()) await supplier.cancel(key);
      const intents: Intent[] = ['a', 'b', 'c'].map((id) => ({
        id,
        known: null,
        lastAskedAtMs: null,
        key: null,
      }));
      const inFlight = () => intents.find(({ key }) => key === null);

      for (const { fault, listFails, dies, longPause } of steps) {
        nowMs += 500;
        if (longPause) {
          await vendor.finishLate();
          nowMs += 2 * VENDOR_LAG_MS;
        }
        await vendor.misbehave(
          ...(fault ? [{ kind: fault, action: 'addlicense' }] : []),
          ...(listFails ? [{ kind: 'http-500', action: 'listlicenses' } as const] : []),
        );
        const intent = inFlight();
        if (intent) await work(intent, dies);
        expect((await vendor.live()).length).toBeLessThanOrEqual(intents.length);
      }

      await vendor.misbehave();
      for (let turn = 0; inFlight() && turn < 20; turn += 1) {
        await vendor.finishLate();
        nowMs += 2 * VENDOR_LAG_MS;
        const intent = inFlight();
        if (intent) await work(intent, null);
      }
      await vendor.finishLate();
      const held = new Set(intents.map(({ key }) => key));
      const live = (await vendor.live()).map(({ key }) => key);
      expect(held).toEqual(new Set(live));
      expect([held.size, live.length]).toEqual([intents.length, intents.length]);
    }),
    { numRuns: 40 },
  );
});

test('a licence the vendor sells later than it may is not lost: it shows up as nobody’s', async () => {
  await vendor.misbehave({ kind: 'late', action: 'addlicense' });
  const intent: Intent = { id: 'd', known: null, lastAskedAtMs: null, key: null };
  await work(intent, null);
  await work(intent, null);
  nowMs += 10 * VENDOR_LAG_MS;
  await work(intent, null);
  const ours = new Set([...(intent.known ?? []), intent.key ?? 'none']);
  expect(intent.key).not.toBeNull();

  await vendor.finishLate();
  const listed = await supplier.list();
  const strays = listed.kind === 'ok' ? strayLicences(listed.licences, ours) : [];
  expect(strays).toHaveLength(1);
  expect(await supplier.cancel(strays[0]?.key ?? '')).toEqual({ kind: 'ok' });
});
