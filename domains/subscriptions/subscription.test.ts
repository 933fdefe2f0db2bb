import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '#platform/context.ts';
import { readHistory } from '#platform/events.ts';
import { seedDemoShops } from '#app/sandbox/demo-shops.ts';
import type { DemoShops } from '#app/sandbox/demo-shops.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { activateSubscription } from './activate-subscription.ts';
import { addEntitlement } from './add-entitlement.ts';
import { subscriptionsAgenda } from './agenda.ts';
import { deleteEntitlement } from './delete-entitlement.ts';
import { cancelSubscription, endSubscription } from './end-subscription.ts';
import { selectEntitlements } from './entitlement-store.ts';
import { extendSubscription } from './extend-subscription.ts';
import type { Extension } from './extension.ts';
import { openSubscription } from './open-subscription.ts';
import { setEntitlementRenewal } from './set-renewal.ts';
import { selectSubscription } from './store.ts';
import type { Subscription } from './subscription.ts';
import { resumeSubscription, suspendSubscription } from './suspend-subscription.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const BRANCH = 7;

let test: TestRuntime;
let shops: DemoShops;
beforeAll(async () => {
  const parts = { subscribers: [], jobs: [], agenda: subscriptionsAgenda };
  test = await startTestRuntime({ now: '2023-01-31T09:00:00Z', parts });
  shops = await test.run(seedDemoShops);
});
afterAll(() => test.stop());

let id: string;
/** Linux Start for a month from 31 January, with the WHMCS licence that the plan includes. */
beforeEach(async () => {
  id = await test.run(async (ctx) => {
    const { id: opened } = await openSubscription(ctx, {
      branch: BRANCH,
      brandId: shops.operatorBrand.id,
      sellerId: shops.operator.id,
      clientId: ctx.newId('cli', BRANCH),
      productId: 'reseller-hosting-linux',
      planId: 'linux-start',
      domainName: 'example.ru',
      termMonths: 1,
      zone: 'Europe/Moscow',
      currency: 'RUB',
      autoRenew: true,
    });
    return opened;
  });
});

const activation = { on: day('2023-01-31'), orderId: null, bought: [] };
const activate = () => test.run((ctx) => activateSubscription(ctx, id, activation));
const read = async (): Promise<Subscription> => {
  const found = await test.run((ctx) => selectSubscription(ctx, id));
  if (!found) throw new Error('gone');
  return found;
};
const components = () => test.run((ctx) => selectEntitlements(ctx, [{ branch: BRANCH, id }]));
const namesOfFacts = async () =>
  (await test.run((ctx) => readHistory(ctx, BRANCH, id))).map(({ name }) => name);

const renewal = (over: Partial<Extension> = {}): Extension => ({
  periodStart: day('2023-02-28'),
  termMonths: 1,
  orderId: null,
  kept: [],
  dropped: [],
  ...over,
});
const extend = (extension: Extension) => test.run((ctx) => extendSubscription(ctx, id, extension));

/** The code with which something is refused, or null when it is done. */
async function refusal(work: (ctx: Ctx) => Promise<unknown>): Promise<string | null> {
  try {
    await test.run(work);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe('a subscription', () => {
  it('activated twice starts once, with the components of its plan', async () => {
    await activate();
    await activate();
    expect(await components()).toMatchObject([{ componentId: 'whmcs', state: 'included' }]);
    expect(await namesOfFacts()).toEqual(['subscription.activated', 'entitlement.added']);
  });

  it('paid twice for one boundary is extended once', async () => {
    await activate();
    expect(await extend(renewal())).toBe('extended');
    expect(await extend(renewal())).toBe('already');
    const { period } = await read();
    expect([`${period?.start}`, `${period?.end}`]).toEqual(['2023-02-28', '2023-03-31']);
  });

  it('paid at the same moment by two is extended once', async () => {
    await activate();
    const both = await Promise.all([extend(renewal()), extend(renewal())]);
    expect(both.toSorted()).toEqual(['already', 'extended']);
  });

  it('is not extended at another boundary than its own', async () => {
    await activate();
    const early = renewal({ periodStart: day('2023-03-31') });
    expect(await refusal((ctx) => extendSubscription(ctx, id, early))).toBe('renewal-out-of-turn');
  });

  it('suspended for non-payment runs again with the next payment, by staff it does not', async () => {
    await activate();
    await test.run((ctx) => suspendSubscription(ctx, id, { cause: 'unpaid' }));
    await extend(renewal());
    expect((await read()).state).toBe('active');
    await test.run((ctx) => suspendSubscription(ctx, id, { cause: 'staff', reason: 'abuse' }));
    await extend(renewal({ periodStart: day('2023-03-31') }));
    expect((await read()).state).toBe('suspended');
    await test.run((ctx) => resumeSubscription(ctx, id));
    expect((await read()).state).toBe('active');
  });

  it('deleted is gone with all that is on it, and nothing brings it back', async () => {
    await activate();
    for (let time = 0; time < 2; time += 1) {
      await test.run((ctx) => endSubscription(ctx, id, { cause: 'staff' }));
    }
    expect((await components()).map(({ state }) => state)).toEqual(['deleted']);
    expect((await read()).next).toBeNull();
    expect(await refusal((ctx) => extendSubscription(ctx, id, renewal()))).toBe(
      'subscription-state-forbids',
    );
    expect(await refusal((ctx) => activateSubscription(ctx, id, activation))).toBe(
      'subscription-state-forbids',
    );
  });

  it('that was never paid can be cancelled, one that was cannot', async () => {
    await test.run((ctx) => cancelSubscription(ctx, id));
    await test.run((ctx) => cancelSubscription(ctx, id));
    expect((await read()).state).toBe('cancelled');
    expect(await refusal((ctx) => activateSubscription(ctx, id, activation))).toBe(
      'subscription-state-forbids',
    );
  });
});

describe('a component', () => {
  const held = async () => (await components()).at(-1)?.id ?? '';

  it('deleted twice is deleted once, and no renewal revives it', async () => {
    await activate();
    const entitlementId = await held();
    await test.run((ctx) => deleteEntitlement(ctx, entitlementId));
    await test.run((ctx) => deleteEntitlement(ctx, entitlementId));
    await extend(renewal({ kept: [{ entitlementId, as: 'bought' }] }));
    expect(await components()).toMatchObject([{ state: 'deleted', renews: false }]);
    const deletions = (await namesOfFacts()).filter((name) => name === 'entitlement.deleted');
    expect(deletions).toHaveLength(1);
    expect(await refusal((ctx) => setEntitlementRenewal(ctx, entitlementId, true))).toBe(
      'entitlement-deleted',
    );
  });

  it('bought again is another one; the same order adds it once', async () => {
    await activate();
    await test.run(async (ctx) =>
      deleteEntitlement(
        ctx,
        (await selectEntitlements(ctx, [{ branch: BRANCH, id }]))[0]?.id ?? '',
      ),
    );
    const orderId = 'ord_1';
    for (let time = 0; time < 2; time += 1) {
      await test.run((ctx) =>
        addEntitlement(ctx, id, { componentId: 'whmcs', quantity: 1, orderId }),
      );
    }
    expect((await components()).map(({ state }) => state)).toEqual(['deleted', 'bought']);
  });

  it('that a renewal leaves out stays until the boundary', async () => {
    await activate();
    const dropped = [await held()];
    await extend(renewal({ dropped }));
    expect(await components()).toMatchObject([{ state: 'included', renews: false }]);
    await test.moveTo('2023-02-27T20:59:59Z');
    expect((await components())[0]?.state).toBe('included');
    await test.moveTo('2023-02-27T21:00:00Z');
    expect((await components())[0]?.state).toBe('deleted');
  });
});
