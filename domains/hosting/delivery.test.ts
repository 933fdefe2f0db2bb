import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addEntitlement,
  deleteEntitlement,
  endSubscription,
  resumeSubscription,
  suspendSubscription,
} from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { messagesOf, renderMail } from '#domains/messages/index.ts';
import { runBatch } from '#platform/work.ts';
import { takeNext } from './advance-deliveries.ts';
import type { Delivery } from './index.ts';
import { startHostingTest } from './hosting-test.ts';
import type { HostingTest, TestClient } from './hosting-test.ts';
import { retryDelivery } from './retry-delivery.ts';

let test: HostingTest;
let client: TestClient;

beforeAll(async () => {
  test = await startHostingTest({}, { addressPool: ['127.0.1.81', '127.0.1.82'] });
  client = await test.client();
});
afterAll(() => test.stop());

const hoursLater = (hours: number) => test.moveTo(test.clock.now().add({ hours }).toString());
/** The states of a subscription's deliveries, by kind. */
async function states({ id }: Subscription): Promise<Record<string, string>> {
  const all = await test.deliveries(id);
  return Object.fromEntries(all.map(({ kind, state }) => [kind, state]));
}
async function delivery({ id }: Subscription, kind: string): Promise<Delivery> {
  const found = (await test.deliveries(id)).find((one) => one.kind === kind);
  if (!found) throw new Error(`${id} has no ${kind}`);
  return found;
}

describe('a package that was paid for', () => {
  it('is made on the node with its plan’s limits, and its PHP site answers', async () => {
    const bought = await test.buy(client, { domainName: 'anna-studio.example' });
    await test.settle();
    expect(await states(bought)).toMatchObject({ package: 'done' });
    const account = await test.account(bought.id);
    expect(account).toMatchObject({
      state: 'active',
      username: 'annastudio',
      standIn: false,
      limits: { accounts: 5, diskMb: 20_480, trafficMb: 307_200 },
    });
    expect((await test.node.get('annastudio.localhost')).text).toContain('<dd>8.3.');
    expect(
      (await delivery(bought, 'package')).steps.map(({ name, state }) => [name, state]),
    ).toEqual([
      ['choose-node', 'done'],
      ['create-package', 'done'],
      ['check-package', 'done'],
    ]);
  });

  it('is told of in a mail in the client’s language, once', async () => {
    const mine = await test.client();
    const bought = await test.buy(mine, { domainName: 'told.example' });
    await test.settle();
    const mails = await test.run((ctx) =>
      messagesOf(ctx, { brandIds: [test.brand.id], clientId: mine.clientId, limit: 10 }),
    );
    const ready = mails.filter(({ template }) => template === 'hosting.package-ready');
    expect(ready.map(({ subject }) => subject)).toEqual(['Пакет для told.example готов']);
    const [text] = ready.map((mail) => renderMail(mail).text);
    expect(text).toContain((await test.account(bought.id)).url ?? 'no url');
  });

  it('of Windows is made on the same node and says so', async () => {
    const bought = await test.buy(client, { domainName: 'win.example', planId: 'windows-start' });
    await test.settle();
    expect(await test.account(bought.id)).toMatchObject({ platform: 'windows', standIn: true });
  });

  it('gets another name when the first is taken on the node', async () => {
    await test.node.addPackage('popular');
    const bought = await test.buy(client, { domainName: 'popular.test.ru' });
    await test.settle();
    expect((await test.account(bought.id)).username).toBe('popular2');
    expect((await test.node.get('popular2.localhost')).status).toBe(200);
  });

  it('that the node refuses says why, and is made when staff have mended it', async () => {
    await test.node.addPackage('squatter');
    const bought = await test.buy(client, { domainName: 'squatter.example' });
    await test.settle();
    const refused = await delivery(bought, 'package');
    expect(refused).toMatchObject({ state: 'failed', errorCode: 'domain-taken' });
    await hoursLater(24);
    expect((await delivery(bought, 'package')).state).toBe('failed');
    await test.node.control('DELETE', '/packages/squatter');
    await test.run((ctx) => retryDelivery(ctx, refused));
    await test.settle();
    expect(await states(bought)).toMatchObject({ package: 'done' });
  });

  it('waits for a node with room, and goes on by itself when there is one', async () => {
    await test.connectNode({ capacity: 0 });
    const bought = await test.buy(client, { domainName: 'later.example' });
    await test.settle();
    expect(await delivery(bought, 'package')).toMatchObject({
      state: 'waiting',
      errorCode: 'no-node-free',
    });
    await test.connectNode();
    await hoursLater(1);
    expect(await states(bought)).toMatchObject({ package: 'done' });
  });
});

describe('a node that dies in the middle', () => {
  it('gets its work when it is back, and does it once', async () => {
    const packagesBefore = await countPackages();
    await test.connectNode({ timeoutMs: 400 });
    const bought = await test.buy(client, { domainName: 'survivor.example' });
    await Promise.all([test.settle(), test.node.kill()]);
    expect(await delivery(bought, 'package')).toMatchObject({
      state: 'waiting',
      errorCode: 'server-unreachable',
    });
    await test.node.restart();
    await test.connectNode();
    await hoursLater(1);
    expect(await states(bought)).toMatchObject({ package: 'done' });
    expect(await countPackages()).toBe(packagesBefore + 1);
    expect((await test.node.get('survivor.localhost')).text).toContain('<dd>8.3.');
  });

  async function countPackages(): Promise<number> {
    return Number((await test.node.control('GET', '/status')).packages);
  }
});

describe('a worker that dies in the middle', () => {
  it('leaves its lane to another when its lease is over', async () => {
    const bought = await test.buy(client, { domainName: 'orphan.example' });
    while ((await runBatch(test.runtime, 'work')) > 0);
    const taken = await test.run((ctx) => takeNext(ctx, bought.id, 'a worker that died'));
    if (!taken) throw new Error('there was nothing to take');
    await test.settle();
    expect(await states(bought)).toMatchObject({ [taken.kind]: 'running' });
    await test.moveTo(test.clock.now().add({ minutes: 4 }).toString());
    expect(await states(bought)).toMatchObject({ package: 'done' });
  });
});

describe('a suspended package', () => {
  it('answers with the suspension page at once, and works again at once', async () => {
    const bought = await test.buy(client, { domainName: 'unpaid.example' });
    await test.settle();
    expect((await test.node.get('unpaid.localhost')).status).toBe(200);
    await test.run((ctx) => suspendSubscription(ctx, bought.id, { cause: 'unpaid' }));
    await test.settle();
    expect((await test.node.get('unpaid.localhost')).status).toBe(503);
    expect((await test.account(bought.id)).state).toBe('suspended');
    await test.run((ctx) => resumeSubscription(ctx, bought.id));
    await test.settle();
    expect((await test.node.get('unpaid.localhost')).status).toBe(200);
    expect((await test.account(bought.id)).state).toBe('active');
  });

  it('that was suspended and resumed while the node was away ends as it should be', async () => {
    const bought = await test.buy(client, { domainName: 'flicker.example' });
    await test.settle();
    await test.connectNode({ timeoutMs: 400 });
    await test.node.kill();
    await test.run((ctx) => suspendSubscription(ctx, bought.id, { cause: 'unpaid' }));
    await test.settle();
    await test.run((ctx) => resumeSubscription(ctx, bought.id));
    await test.settle();
    await test.node.restart();
    await test.connectNode();
    await hoursLater(1);
    expect(await states(bought)).toMatchObject({ suspend: 'done', unsuspend: 'done' });
    expect((await test.node.get('flicker.localhost')).status).toBe(200);
  });
});

describe('components', () => {
  it('come after their package: blocks raise the limit, addresses are of its own', async () => {
    const bought = await test.buy(client, {
      domainName: 'extras.example',
      bought: [
        { componentId: 'cpanel-block', quantity: 2 },
        { componentId: 'dedicated-ip', quantity: 1 },
      ],
    });
    await test.settle();
    expect(await states(bought)).toMatchObject({
      package: 'done',
      capacity: 'done',
      address: 'done',
    });
    const account = await test.account(bought.id);
    expect(account.limits.accounts).toBe(25);
    expect(account.addresses).toHaveLength(1);
    const [own] = account.addresses;
    expect((await test.node.get('x', { address: own?.address ?? '' })).text).toContain(
      'extras.example',
    );
  });

  it('are released when they are deleted, and what they gave goes back', async () => {
    const bought = await test.buy(client, { domainName: 'shrinks.example' });
    const add = (componentId: string) =>
      test.run((ctx) =>
        addEntitlement(ctx, bought.id, {
          componentId,
          quantity: 1,
          orderId: ctx.newId('ord', bought.branch),
        }),
      );
    const block = await add('cpanel-block');
    const address = await add('dedicated-ip');
    await test.settle();
    expect(await test.account(bought.id)).toMatchObject({ limits: { accounts: 15 } });
    await test.run((ctx) => deleteEntitlement(ctx, block.id));
    await test.run((ctx) => deleteEntitlement(ctx, address.id));
    await test.settle();
    expect(await test.account(bought.id)).toMatchObject({ limits: { accounts: 5 }, addresses: [] });
    expect((await test.node.control('GET', '/status')).addressesFree).toBe(1);
  });

  it('that were deleted before they came are not delivered', async () => {
    await test.connectNode({ capacity: 0 });
    const bought = await test.buy(client, {
      domainName: 'regret.example',
      bought: [{ componentId: 'cpanel-block', quantity: 1 }],
    });
    await test.settle();
    const block = await delivery(bought, 'capacity');
    expect(block).toMatchObject({ state: 'waiting', waitsFor: 'package' });
    await test.run((ctx) => deleteEntitlement(ctx, block.entitlementId ?? ''));
    await test.connectNode();
    await hoursLater(1);
    expect(await states(bought)).toMatchObject({ package: 'done', capacity: 'cancelled' });
    expect((await test.account(bought.id)).limits.accounts).toBe(5);
  });
});

describe('a deleted subscription', () => {
  it('takes its package, its sites and its addresses with it', async () => {
    const bought = await test.buy(client, { domainName: 'farewell.example' });
    await test.settle();
    await test.run((ctx) => endSubscription(ctx, bought.id, { cause: 'staff' }));
    await test.settle();
    expect(await states(bought)).toMatchObject({ terminate: 'done' });
    expect((await test.account(bought.id)).state).toBe('terminated');
    expect((await test.node.get('farewell.localhost')).status).toBe(404);
  });

  it('that was never delivered leaves nothing to deliver', async () => {
    await test.node.addPackage('blocked');
    const bought = await test.buy(client, { domainName: 'blocked.example' });
    await test.settle();
    await test.run((ctx) => endSubscription(ctx, bought.id, { cause: 'staff' }));
    await test.settle();
    expect(await states(bought)).toMatchObject({ package: 'cancelled', terminate: 'done' });
  });
});
