import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
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
import { disownSurplus } from './disown-surplus.ts';
import { cancelStray, checkSupplier } from './find-strays.ts';
import {
  ensureLicence,
  licencesAgenda,
  licencesJobs,
  saveSupplierAccount,
  supplierKind,
} from './index.ts';
import type { Licence } from './licence.ts';
import { selectLicence } from './store.ts';
import { selectChecks, selectStrays } from './stray-store.ts';

const SUPPLIER = 'whmcs-reseller';
const BRANCH = 7;
const account = { email: 'reseller@example.com', apiKey: 'whmcs-fake-key' };
const folder = mkdtempSync(join(tmpdir(), 'strays-'));
let test: TestRuntime;
let fake: WhmcsFake;
let vendor: ReturnType<typeof driveWhmcsFake>;

beforeAll(async () => {
  const products = ['starter', 'plus'];
  fake = await openWhmcsFake({ port: 0, folder, ...account, products });
  vendor = driveWhmcsFake(fake.url);
  test = await startTestRuntime({
    extensions: new Extensions().register(supplierKind, whmcsReseller),
    parts: { jobs: licencesJobs, agenda: licencesAgenda, subscribers: [] },
  });
  const baseUrl = `${fake.url}/v2/reseller/`;
  const settings = { ...account, baseUrl, timeoutMs: 500, vendorLagMs: 0 };
  await test.run((ctx) => saveSupplierAccount(ctx, SUPPLIER, settings));
});
afterAll(async () => {
  await test.stop();
  await fake.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => vendor.misbehave());

const hoursLater = (hours: number): Promise<void> =>
  test.moveTo(test.clock.now().add({ hours }).toString());
/** A day by the vendor's clock, which is the wall's. */
const vendorDayLater = async (): Promise<void> => {
  await test.run((ctx) =>
    sql`update supplier_account set next_check_at_ms = next_check_at_ms - 86400000`.execute(ctx.tx),
  );
  await hoursLater(24);
};
const system = () => outside(test.runtime, { kind: 'system', name: 'test' });
const strayKeys = async (): Promise<string[]> =>
  (await test.run(selectStrays)).map(({ key }) => key);

async function want(): Promise<Licence> {
  const subscription = {
    id: newId('sub', BRANCH),
    branch: BRANCH,
    brandId: 'brd_x',
    sellerId: 'sel_x',
    clientId: newId('cli', BRANCH),
  } as Subscription;
  const entitlement = { id: newId('ent', BRANCH), componentId: 'whmcs' } as Entitlement;
  const supplier = { id: SUPPLIER, product: 'starter' };
  const licence = await test.run((ctx) =>
    ensureLicence(ctx, { subscription, entitlement, supplier }),
  );
  await test.settle();
  return licence;
}

async function read(id: string): Promise<Licence> {
  const licence = await test.run((ctx) => selectLicence(ctx, id));
  return licence ?? expect.fail('no licence');
}

describe('the daily comparison with the supplier', () => {
  it('finds nothing while every live key is ours', async () => {
    await want();
    await vendorDayLater();
    expect(await strayKeys()).toEqual([]);
    const [check] = await test.run(selectChecks);
    expect(check).toMatchObject({ supplierId: SUPPLIER, error: null });
    expect(check?.checkedAt).not.toBeNull();
  });

  it('shows within a day a key that somebody bought by hand, and keeps its age', async () => {
    const bought = await vendor.buyByHand('plus');
    await vendorDayLater();
    const [found] = await test.run(selectStrays);
    expect(found).toMatchObject({ key: bought.key, product: 'plus', state: 'unbound' });
    await vendorDayLater();
    await vendorDayLater();
    const [later] = await test.run(selectStrays);
    expect(later?.foundAt.toString()).toBe(found?.foundAt.toString());
  });

  it('is made once a day of the vendor, however fast business time goes by', async () => {
    const asked = (await vendor.counts())['listlicenses'];
    expect(asked).toBeGreaterThan(0);
    await hoursLater(24 * 60);
    expect((await vendor.counts())['listlicenses']).toBe(asked);
  });

  it('keeps what it knew when the supplier does not answer, and says so', async () => {
    const before = await strayKeys();
    await vendor.misbehave({ kind: 'http-500', times: 20 });
    await checkSupplier(system(), SUPPLIER);
    await vendor.misbehave();
    expect(await strayKeys()).toEqual(before);
    const [check] = await test.run(selectChecks);
    expect(check?.error).not.toBeNull();
  });

  it('does not take the key of an unexplained purchase for a stray', async () => {
    const before = await strayKeys();
    await vendor.misbehave({ kind: 'work-then-drop', action: 'addlicense' });
    const { id } = await want();
    expect((await read(id)).state).toBe('issuing');
    await checkSupplier(system(), SUPPLIER);
    expect(await strayKeys()).toEqual(before);
    await hoursLater(30);
    expect((await read(id)).state).toBe('active');
    expect(await strayKeys()).toEqual(before);
  });
});

describe('a stray key', () => {
  it('is ended at the supplier and gone from the list', async () => {
    const [key = ''] = await strayKeys();
    await cancelStray(system(), { supplierId: SUPPLIER, key });
    expect(await strayKeys()).toEqual([]);
    expect((await vendor.live()).map((live) => live.key)).not.toContain(key);
  });

  it('is never a key of ours', async () => {
    const licence = await read((await want()).id);
    const { key } = licence;
    const ended = cancelStray(system(), { supplierId: SUPPLIER, key: key ?? '' });
    await expect(ended).rejects.toMatchObject({ code: 'stray-not-found' });
    expect((await vendor.live()).map((live) => live.key)).toContain(key);
  });
});

describe('a purchase beside which other keys appeared', () => {
  it('waits for a person, and goes on once they say whose the keys are', async () => {
    await vendor.misbehave({ kind: 'drop', action: 'addlicense' });
    const { id } = await want();
    // Of another product, bought by hand while our answer is missing: nobody can tell but a person.
    const bought = await vendor.buyByHand('plus');
    // How long the vendor may still be at work is wall time; ten seconds of it go by.
    await test.run((ctx) =>
      sql`update licence set last_asked_at_ms = last_asked_at_ms - 10000 where id = ${id}`.execute(
        ctx.tx,
      ),
    );
    await hoursLater(8);
    const waiting = await read(id);
    expect(waiting).toMatchObject({ state: 'issuing', surplusKeys: [bought.key] });
    await test.run((ctx) => disownSurplus(ctx, id));
    await test.settle();
    const issued = await read(id);
    expect(issued).toMatchObject({ state: 'active', surplusKeys: [] });
    expect(issued.key).not.toBe(bought.key);
    await vendorDayLater();
    expect(await strayKeys()).toEqual([bought.key]);
  });
});
