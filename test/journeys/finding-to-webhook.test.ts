import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings as verifyAll } from '#app/verify.ts';
import { saveNode } from '#domains/hosting/index.ts';
import { findingOf, mendedOf, openScriptedGuard } from '#domains/protection/protection-test.ts';
import type { ScriptedGuard } from '#domains/protection/protection-test.ts';
import { webhookDoorKind } from '#domains/webhooks/index.ts';
import { openReceiver } from '#domains/webhooks/webhooks-test.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

const DOMAIN = 'garden.example';
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 12 };

let shop: TestShop;
let guard: ScriptedGuard;
let owner: Shopper;
let staff: Awaited<ReturnType<TestShop['staff']>>;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
/** As the node names it. */
let accountRef = '';
let nodeId = '';

beforeAll(async () => {
  shop = await startShop({ now: '2023-04-10T09:00:00Z' });
  shop.runtime.extensions.register(webhookDoorKind, { id: 'webhooks', allowLoopback: true });
  guard = await openScriptedGuard(shop.vendors.node.controlUrl);
  const { controlToken } = shop.vendors.node;
  await shop.run((ctx) =>
    saveNode(ctx, {
      sellerId: shop.shops.operator.id,
      name: 'node-1',
      moduleId: 'embedded-node',
      state: 'open',
      capacity: 100,
      settings: { controlUrl: guard.url, controlToken, timeoutMs: 5000 },
    }),
  );
  [owner, staff, receiver] = [await shop.shopper(), await shop.staff(), await openReceiver()];
  await shop.fund(owner, 10_000_000n);
  const quote = await owner.ok('POST', '/v1/shop/quote', CART);
  const order = await owner.ok('POST', '/v1/orders', {
    ...CART,
    domainName: DOMAIN,
    expectedTotalMinor: quote.totalMinor,
    payFromBalance: true,
  });
  await shop.settle();
  const path = `/v1/subscriptions/${order.subscriptionId}/hosting-accounts`;
  const { items } = await owner.ok('GET', path);
  accountRef = items[0].packageId;
  nodeId = (await staff.ok('GET', '/v1/admin/protection/nodes')).items[0].nodeId;
});
afterAll(async () => {
  await receiver.close();
  await shop.stop();
  await guard.close();
});

/** The node is visited, and all that this causes happens. */
async function visit(): Promise<void> {
  await staff.ok('POST', `/v1/admin/protection/nodes/${nodeId}/pull`, {});
  await shop.settle();
}

const find = () => {
  const finding = findingOf(accountRef);
  guard.say(finding);
  return finding;
};
const mend = ({ findingId }: { findingId: string }) => guard.say(mendedOf(findingId, accountRef));
const tickets = async () => (await owner.ok('GET', '/v1/tickets')).items;
const talk = async (id: string) => (await owner.ok('GET', `/v1/tickets/${id}`)).messages;
const respond = (response: string) =>
  staff.ok('PUT', '/v1/admin/protection/response', { response });

describe('a finding on a site', () => {
  it('opens no ticket as long as nobody wants one', async () => {
    const finding = find();
    await visit();
    expect(await tickets()).toEqual([]);
    mend(finding);
    await visit();
  });

  it('opens one ticket for its owner, whose program hears of both', async () => {
    await respond('when-needed');
    await owner.ok('POST', '/v1/webhooks', {
      url: receiver.url,
      events: ['finding.made', 'finding.mended', 'ticket.opened', 'ticket.closed'],
    });
    const [first, second] = [find(), find()];
    await visit();
    const [ticket, ...more] = await tickets();
    expect(more).toEqual([]);
    expect(ticket).toMatchObject({ state: 'waiting', openedBy: 'policy', priority: 'high' });
    expect(ticket.about).toMatchObject({ kind: 'finding' });
    const [opening, ...none] = await talk(ticket.id);
    expect(none).toEqual([]);
    expect(opening.author).toBe('system');
    for (const { path } of [first, second]) expect(opening.text).toContain(path);
    expect(receiver.types().toSorted()).toEqual(['finding.made', 'finding.made', 'ticket.opened']);
    const mails = await shop.mailTo(owner);
    expect(mails.filter(({ template }) => template === 'support.opened')).toHaveLength(1);

    const third = find();
    await visit();
    expect(await tickets()).toHaveLength(1);
    expect((await talk(ticket.id)).at(-1).text).toContain(third.path);

    receiver.received.length = 0;
    for (const one of [first, second]) mend(one);
    await visit();
    expect((await tickets())[0].state).toBe('waiting');
    mend(third);
    await visit();
    expect((await tickets())[0].state).toBe('closed');
    expect((await talk(ticket.id)).at(-1).text).toContain('снова чист');
    expect(receiver.types().toSorted()).toEqual([
      'finding.mended',
      'finding.mended',
      'finding.mended',
      'ticket.closed',
    ]);
  });

  it('leaves a ticket open in which somebody has written', async () => {
    const finding = find();
    await visit();
    const [ticket] = await tickets();
    await owner.ok('POST', `/v1/tickets/${ticket.id}/replies`, { text: 'Что это было?' });
    mend(finding);
    await visit();
    expect((await tickets())[0]).toMatchObject({ id: ticket.id, state: 'open' });
    await owner.ok('POST', `/v1/tickets/${ticket.id}/close`, {});
  });

  it('opens a ticket of what is mended already, where the policy wants to tell of everything', async () => {
    await respond('always');
    mend(find());
    await visit();
    const [ticket] = await tickets();
    expect(ticket.state).toBe('closed');
    const words = (await talk(ticket.id)).map((one: { text: string }) => one.text);
    expect(words).toHaveLength(2);
    expect(words[0]).toContain('обезврежен');
  });

  it('tells the seller’s program of a node that falls silent, and of its return', async () => {
    await staff.ok('POST', '/v1/admin/webhooks', {
      url: receiver.url,
      events: ['node.silent', 'node.answering'],
    });
    receiver.received.length = 0;
    guard.fault = 'silent';
    for (let turn = 0; turn < 4; turn += 1) await visit();
    guard.fault = 'none';
    await visit();
    expect(receiver.types()).toEqual(['node.silent', 'node.answering']);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      data: { nodeId, name: 'node-1' },
    });
  });

  it('leaves nothing that verify would complain of', async () => {
    const problems = (await shop.run(verifyAll)).flatMap((check) => check.problems);
    expect(problems).toEqual([]);
  });
});
