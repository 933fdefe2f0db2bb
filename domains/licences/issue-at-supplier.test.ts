import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { driveWhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/drive-whmcs-fake.ts';
import { openWhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/open-whmcs-fake.ts';
import type { WhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/open-whmcs-fake.ts';
import { whmcsReseller } from '#extensions/suppliers/whmcs-reseller/whmcs-reseller.ts';
import type { Entitlement, Subscription } from '#domains/subscriptions/index.ts';
import { newId } from '#platform/context.ts';
import { Extensions } from '#platform/extensions.ts';
import { outside } from '#platform/runtime.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { endLicence } from './end-licence.ts';
import {
  ensureLicence,
  licencesAgenda,
  licencesJobs,
  saveSupplierAccount,
  supplierKind,
} from './index.ts';
import { issueAtSupplier } from './issue-at-supplier.ts';
import type { Licence } from './licence.ts';
import { selectLicence } from './store.ts';

const BRANCH = 7;
const account = { email: 'reseller@example.com', apiKey: 'whmcs-fake-key' };
const folder = mkdtempSync(join(tmpdir(), 'licences-'));
let test: TestRuntime;
let fake: WhmcsFake;
let vendor: ReturnType<typeof driveWhmcsFake>;

function wanted() {
  const subscription = {
    id: newId('sub', BRANCH),
    branch: BRANCH,
    brandId: 'brd_x',
    sellerId: 'sel_x',
    clientId: newId('cli', BRANCH),
  } as Subscription;
  const entitlement = { id: newId('ent', BRANCH), componentId: 'whmcs' } as Entitlement;
  return { subscription, entitlement, supplier: { id: 'whmcs-reseller', product: 'starter' } };
}

const read = async (id: string): Promise<Licence> => {
  const licence = await test.run((ctx) => selectLicence(ctx, id));
  if (!licence) throw new Error('no licence');
  return licence;
};
const want = (asked = wanted()): Promise<Licence> => test.run((ctx) => ensureLicence(ctx, asked));
const hoursLater = (hours: number): Promise<void> =>
  test.moveTo(test.clock.now().add({ hours }).toString());

beforeAll(async () => {
  fake = await openWhmcsFake({ port: 0, folder, ...account, products: ['starter'] });
  vendor = driveWhmcsFake(fake.url);
  test = await startTestRuntime({
    extensions: new Extensions().register(supplierKind, whmcsReseller),
    parts: { jobs: licencesJobs, agenda: licencesAgenda, subscribers: [] },
  });
  const settings = {
    ...account,
    baseUrl: `${fake.url}/v2/reseller/`,
    timeoutMs: 500,
    vendorLagMs: 0,
  };
  await test.run((ctx) => saveSupplierAccount(ctx, 'whmcs-reseller', settings));
});
afterAll(async () => {
  await test.stop();
  await fake.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => vendor.misbehave());

describe('a licence', () => {
  it('gets its key as soon as the supplier gives one, once for its entitlement', async () => {
    const asked = wanted();
    const before = await vendor.live();
    const [first, second] = await Promise.all([want(asked), want(asked)]);
    expect(second?.id).toBe(first?.id);
    await test.settle();
    const licence = await read(first?.id ?? '');
    expect(licence).toMatchObject({ state: 'active', lastError: null });
    expect((await vendor.live()).length).toBe(before.length + 1);
  });

  it.each(['work-then-500', 'work-then-drop', 'work-then-half'] as const)(
    'that was bought and whose answer was lost (%s) is found again, not bought twice',
    async (kind) => {
      const before = (await vendor.live()).length;
      await vendor.misbehave({ kind, action: 'addlicense' });
      const { id } = await want();
      await test.settle();
      expect((await read(id)).state).toBe('issuing');
      await hoursLater(8);
      expect((await read(id)).state).toBe('active');
      expect((await vendor.live()).length).toBe(before + 1);
    },
  );

  it('asked for with many others comes in its turn, woken by the one before', async () => {
    const before = (await vendor.live()).length;
    const asked = await Promise.all(Array.from({ length: 12 }, () => want()));
    const given = asked[11]?.id ?? '';
    await test.run((ctx) => endLicence(ctx, given));
    const at = test.clock.now();
    await test.settle();
    expect(test.clock.now()).toEqual(at);
    const states = await Promise.all(asked.map(async ({ id }) => (await read(id)).state));
    expect(states).toEqual([...Array<string>(11).fill('active'), 'deleted']);
    expect((await vendor.live()).length).toBe(before + 11);
  });

  it('waits for its turn while another is unexplained, and both come', async () => {
    const before = (await vendor.live()).length;
    await vendor.misbehave({ kind: 'work-then-drop', action: 'addlicense' });
    const first = await want();
    await test.settle();
    const second = await want();
    await test.settle();
    await hoursLater(8);
    const [one, two] = await Promise.all([read(first.id), read(second.id)]);
    expect([one.state, two.state]).toEqual(['active', 'active']);
    expect(one.key).not.toBe(two.key);
    expect((await vendor.live()).length).toBe(before + 2);
  });

  it('that a late worker takes up once more holds up nobody', async () => {
    const asked = await want();
    await test.run((ctx) => endLicence(ctx, asked.id));
    await test.settle();
    expect((await read(asked.id)).state).toBe('deleted');
    const before = (await vendor.live()).length;
    await issueAtSupplier(outside(test.runtime, { kind: 'system', name: 'late' }), asked);
    const next = await want();
    await test.settle();
    expect((await read(next.id)).state).toBe('active');
    expect((await vendor.live()).length).toBe(before + 1);
  });

  it('that the supplier refuses says so and keeps nobody waiting', async () => {
    await vendor.misbehave({
      kind: 'refuse',
      message: 'Insufficient credit',
      action: 'addlicense',
    });
    const refused = await want();
    await test.settle();
    expect(await read(refused.id)).toMatchObject({ state: 'refused', nextAttemptAt: null });
    const next = await want();
    await test.settle();
    expect((await read(next.id)).state).toBe('active');
  });
});

describe('a deleted licence', () => {
  it('is gone for its owner at once, and the supplier is told until it confirms', async () => {
    const { id } = await want();
    await test.settle();
    await vendor.misbehave(
      { kind: 'http-500', action: 'cancel' },
      { kind: 'drop', action: 'cancel' },
    );
    await test.run((ctx) => endLicence(ctx, id));
    const ended = await read(id);
    expect(ended.state).toBe('deleting');
    expect(ended.deletedAt?.toString()).toBe(test.clock.now().toString());
    await test.settle();
    await hoursLater(8);
    const dead = await read(id);
    expect(dead.state).toBe('deleted');
    expect((await vendor.live()).map(({ key }) => key)).not.toContain(dead.key);
  });

  it('that was still being issued leaves no live key behind', async () => {
    const before = (await vendor.live()).length;
    await vendor.misbehave({ kind: 'work-then-drop', action: 'addlicense' });
    const { id } = await want();
    await test.settle();
    await test.run((ctx) => endLicence(ctx, id));
    await hoursLater(12);
    expect((await read(id)).state).toBe('deleted');
    expect((await vendor.live()).length).toBe(before);
  });

  it('that was never asked for is never bought', async () => {
    const before = await vendor.counts();
    const { id } = await want();
    await test.run((ctx) => endLicence(ctx, id));
    await test.settle();
    expect((await read(id)).state).toBe('deleted');
    expect((await vendor.counts())['addlicense']).toBe(before['addlicense']);
  });
});
