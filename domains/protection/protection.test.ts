import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { subscriptionsRoutes } from '#domains/subscriptions/index.ts';
import { addEntitlement, deleteEntitlement } from '#domains/subscriptions/index.ts';
import { hostingRoutes } from '#domains/hosting/index.ts';
import { startHostingTest } from '#domains/hosting/hosting-test.ts';
import type { HostingTest, TestClient } from '#domains/hosting/hosting-test.ts';
import { saveNode } from '#domains/hosting/index.ts';
import { messagesOf } from '#domains/messages/index.ts';
import { stoikaGuard } from '#extensions/protection-engines/stoika-guard/stoika-guard.ts';
import { branchOf } from '#kit/id.ts';
import { outside } from '#platform/runtime.ts';
import type { Visitor } from '#test/harness/visitor.ts';
import { protectionEngineKind, protectionRoutes, verifyProtection } from './index.ts';
import { findingOf, mendedOf, openScriptedGuard } from './protection-test.ts';
import type { ScriptedGuard } from './protection-test.ts';
import { noteListed, selectListings } from './listing-store.ts';
import { syncNode } from './sync-node.ts';

let test: HostingTest;
let guard: ScriptedGuard;
let client: TestClient;
let other: TestClient;
let staff: Visitor;
let nodeId: string;
let plain: Place;
let paid: Place;

type Place = { subscriptionId: string; accountId: string; accountRef: string };

beforeAll(async () => {
  test = await startHostingTest({
    subscriptions: subscriptionsRoutes,
    hosting: hostingRoutes,
    protection: protectionRoutes,
  });
  test.runtime.extensions.register(protectionEngineKind, stoikaGuard);
  guard = await openScriptedGuard(test.node.running().controlUrl);
  const node = await test.run((ctx) =>
    saveNode(ctx, {
      sellerId: test.operatorId,
      name: 'node-1',
      moduleId: 'embedded-node',
      state: 'open',
      capacity: 100,
      settings: { controlUrl: guard.url, controlToken: test.node.controlToken, timeoutMs: 5000 },
    }),
  );
  nodeId = node.id;
  client = await test.client();
  other = await test.client();
  staff = await test.staff('owner');
  plain = await place('plain.example', []);
  paid = await place('paid.example', [{ componentId: 'website-protection', quantity: 1 }]);
});
afterAll(async () => {
  await test.stop();
  await guard.close();
});
beforeEach(() => {
  guard.fault = 'none';
});

async function place(
  domainName: string,
  bought: { componentId: string; quantity: number }[],
): Promise<Place> {
  const subscription = await test.buy(client, { domainName, bought });
  await test.settle();
  const { body } = await client.visitor.call(
    'GET',
    `/v1/subscriptions/${subscription.id}/hosting-accounts`,
  );
  const { id, packageId } = body.items[0];
  return { subscriptionId: subscription.id, accountId: id, accountRef: packageId };
}

const visit = () => syncNode(outside(test.runtime, { kind: 'system', name: 'test' }), nodeId);
const site = async ({ accountId }: Place) =>
  (await client.visitor.call('GET', `/v1/hosting-accounts/${accountId}/protection`)).body.account;
const findings = async ({ accountId }: Place) =>
  (await client.visitor.call('GET', `/v1/hosting-accounts/${accountId}/findings`)).body.items;
const mails = async () =>
  (
    await test.run((ctx) =>
      messagesOf(ctx, { brandIds: [test.brand.id], clientId: client.clientId, limit: 200 }),
    )
  ).filter(({ template }) => template === 'protection.finding');
const problems = async () => (await test.run(verifyProtection)).flatMap((check) => check.problems);

describe('protection as an add-on', () => {
  it('turns the package’s sites to protect on their node, and no others', async () => {
    await visit();
    expect(guard.policy).toMatchObject({
      server: 'detect',
      accounts: [{ accountRef: paid.accountRef, mode: 'protect' }],
    });
    expect(await site(paid)).toMatchObject({
      mode: 'protect',
      appliedMode: 'protect',
      bought: true,
    });
    expect(await site(plain)).toMatchObject({ mode: 'detect', appliedMode: 'detect' });
    expect(await problems()).toEqual([]);
  });

  it('is delivered, so that its order can be done', async () => {
    const kinds = (await test.deliveries(paid.subscriptionId)).map(({ kind, state }) => [
      kind,
      state,
    ]);
    expect(kinds).toContainEqual(['protection', 'done']);
  });

  it('bought later it is told at once, and ended it is taken back', async () => {
    const late = await place('late.example', []);
    const entitlement = await test.run((ctx) =>
      addEntitlement(ctx, late.subscriptionId, {
        componentId: 'website-protection',
        quantity: 1,
        orderId: ctx.newId('ord', branchOf(late.subscriptionId)),
      }),
    );
    await test.settle();
    expect(await site(late)).toMatchObject({ appliedMode: 'protect' });
    await test.run((ctx) => deleteEntitlement(ctx, entitlement.id));
    await test.settle();
    expect(await site(late)).toMatchObject({ appliedMode: 'detect', bought: false });
    expect(guard.policy?.accounts.map(({ accountRef }) => accountRef)).not.toContain(
      late.accountRef,
    );
  });

  it('is what verify looks for when a node was told something else', async () => {
    await test.run((ctx) =>
      ctx.tx
        .withTables<{ guarded_account: { account_id: string; applied_mode: string } }>()
        .updateTable('guarded_account')
        .set({ applied_mode: 'detect' })
        .where('account_id', '=', paid.accountId)
        .execute(),
    );
    expect((await problems()).join()).toContain('paid.example');
    await staff.call('POST', `/v1/admin/protection/nodes/${nodeId}/pull`, {});
    expect(await problems()).toEqual([]);
  });
});

describe('what a guard finds', () => {
  it('is kept once, however often it is told, and says what became of it', async () => {
    const found = findingOf(paid.accountRef);
    guard.say(found);
    guard.say(mendedOf(found.findingId, paid.accountRef));
    await visit();
    guard.fault = 'twice';
    await Promise.all([visit(), visit()]);
    const items = await findings(paid);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ state: 'mended', act: 'quarantined', class: 'malicious' });
    expect(await site(paid)).toMatchObject({ standing: 'mended', mended: 1 });
    expect(await problems()).toEqual([]);
  });

  it('waits for a person where nothing may be changed', async () => {
    guard.say(findingOf(plain.accountRef));
    guard.say(findingOf(plain.accountRef, { class: 'suspicious', certain: false, confidence: 60 }));
    await visit();
    expect((await findings(plain)).map(({ state }: { state: string }) => state)).toEqual([
      'needs-decision',
      'needs-decision',
    ]);
    expect(await site(plain)).toMatchObject({
      standing: 'attention',
      summary: { records: 2, malicious: 1, compromised: 0 },
    });
  });

  it('is written to the client once for a wave of files, in their language', async () => {
    const before = (await mails()).length;
    for (let index = 0; index < 5; index += 1) guard.say(findingOf(plain.accountRef));
    await visit();
    expect((await mails()).length).toBe(before);
    await test.moveTo(test.clock.now().add({ hours: 7 }).toString());
    guard.say(findingOf(plain.accountRef));
    await visit();
    const after = await mails();
    expect(after.length).toBe(before + 1);
    expect(after[0]?.subject).toContain('plain.example');
  });

  it('survives a node that is away, and comes in order when it is back', async () => {
    const before = (await findings(paid)).length;
    guard.fault = 'silent';
    guard.say(findingOf(paid.accountRef));
    await visit();
    guard.fault = 'broken';
    await visit();
    const { body } = await staff.call('GET', '/v1/admin/protection/nodes');
    expect(body.items[0]).toMatchObject({ attempts: 2 });
    expect(body.items[0].lastError).toMatch(/500/);
    guard.fault = 'none';
    const pulled = await staff.call('POST', `/v1/admin/protection/nodes/${nodeId}/pull`, {});
    expect(pulled.body).toMatchObject({ attempts: 0, lastError: null });
    expect((await findings(paid)).length).toBe(before + 1);
  });

  it('in an account that we do not know is kept for the operator', async () => {
    guard.say(findingOf('pkg_of-nobody'));
    await visit();
    const { body } = await staff.call('GET', '/v1/admin/protection/findings?search=pkg_of-nobody');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ accountId: null, state: 'needs-decision' });
  });

  it('that the node could not keep until we asked is said to be lost', async () => {
    const seq = guard.say(findingOf(paid.accountRef));
    guard.forget(seq);
    guard.say(findingOf(paid.accountRef));
    await visit();
    expect((await problems()).join()).toContain('lost 1 events');
  });
});

describe('a finding', () => {
  it('shows its bytes and is put back, by its owner and nobody else', async () => {
    const found = findingOf(paid.accountRef);
    guard.say(found);
    guard.say(mendedOf(found.findingId, paid.accountRef));
    await visit();
    const [{ id }] = await findings(paid);
    const bytes = await client.visitor.call('GET', `/v1/findings/${id}/bytes`);
    expect(Buffer.from(bytes.body.base64, 'base64').toString()).toContain('system(');
    for (const path of ['', '/bytes']) {
      const stranger = await other.visitor.call('GET', `/v1/findings/${id}${path}`);
      expect(stranger.status).toBe(404);
    }
    expect((await other.visitor.call('POST', `/v1/findings/${id}/restore`, {})).status).toBe(404);
    const restored = await client.visitor.call('POST', `/v1/findings/${id}/restore`, {});
    expect(restored.body).toMatchObject({ state: 'restored', can: { restore: false } });
    expect(restored.body.history.map(({ state }: { state: string }) => state)).toEqual([
      'mended',
      'restored',
    ]);
    const again = await client.visitor.call('POST', `/v1/findings/${id}/restore`, {});
    expect(again.status).toBe(200);
  });

  it('that waits for a decision is left alone by it, and cannot be restored', async () => {
    const open = (await findings(plain)).find(
      ({ state }: { state: string }) => state === 'needs-decision',
    );
    const restore = await client.visitor.call('POST', `/v1/findings/${open.id}/restore`, {});
    expect(restore.body.code).toBe('finding-not-restorable');
    const ignored = await client.visitor.call('POST', `/v1/findings/${open.id}/ignore`, {});
    expect(ignored.body.state).toBe('ignored');
    expect(await problems()).toEqual([expect.stringContaining('lost 1')]);
  });

  it('says so when its node does not answer', async () => {
    const [{ id }] = await findings(paid);
    guard.fault = 'broken';
    const { status, body } = await client.visitor.call('GET', `/v1/findings/${id}/bytes`);
    expect([status, body.code]).toEqual([409, 'engine-unreachable']);
  });
});

describe('a scan', () => {
  it('is asked for once while it goes on, tells how far it is, and ends', async () => {
    const path = `/v1/hosting-accounts/${plain.accountId}/scans`;
    const first = await client.visitor.call('POST', path, {});
    const second = await client.visitor.call('POST', path, {});
    expect(second.body.id).toBe(first.body.id);
    await test.settle();
    const now = async () =>
      (await client.visitor.call('GET', `/v1/hosting-accounts/${plain.accountId}/protection`)).body;
    expect((await now()).scan).toMatchObject({ state: 'running', scannedFiles: 7 });
    guard.scan = { state: 'done', scannedFiles: 40 };
    await visit();
    expect((await now()).scan).toMatchObject({ state: 'done', scannedFiles: 40 });
    const { body } = await client.visitor.call(
      'GET',
      `/v1/hosting-accounts/${plain.accountId}/protection/summary`,
    );
    expect(Object.keys(body).toSorted()).toEqual([
      'compromised',
      'malicious',
      'records',
      'scanEndedAt',
      'scanStartedAt',
      'scannedFiles',
    ]);
    expect(body.scannedFiles).toBe(40);
  });
});

describe('staff', () => {
  it('see sites by risk, the worst first, and what each rule did', async () => {
    const { body } = await staff.call('GET', '/v1/admin/protection/accounts');
    const risks = body.items.map(({ risk }: { risk: number }) => risk);
    expect(risks).toEqual(risks.toSorted((a: number, b: number) => b - a));
    expect(body.items[0].domainName).toBe('plain.example');
    guard.say({
      kind: 'alarm',
      alarm: 'known-good-hit',
      accountRef: null,
      findingId: null,
      rule: 'shell-from-request',
      words: 'hit wp-login.php of WordPress 6.1',
    });
    await visit();
    const rules = (await staff.call('GET', '/v1/admin/protection/rules')).body;
    expect(rules.rules[0]).toMatchObject({ rule: 'shell-from-request', knownGoodHits: 1 });
    const [{ seq }] = rules.alarms;
    await staff.call('POST', `/v1/admin/protection/alarms/${nodeId}/${seq}/settle`, {});
    expect((await staff.call('GET', '/v1/admin/protection/rules')).body.alarms).toEqual([]);
  });

  it('set what holds for a site, a folder, a node and all nodes, and the node hears of it', async () => {
    const path = `/v1/admin/protection/accounts/${paid.accountId}/policy`;
    await staff.call('PUT', path, {
      ownMode: 'detect',
      paths: [{ prefix: 'public_html/old', mode: 'off' }],
    });
    await staff.call('PUT', '/v1/admin/protection/default', { mode: 'protect' });
    await visit();
    expect(guard.policy).toMatchObject({
      server: 'protect',
      accounts: [{ accountRef: paid.accountRef, mode: 'detect' }],
      paths: [{ accountRef: paid.accountRef, prefix: 'public_html/old', mode: 'off' }],
    });
    await staff.call('PUT', path, { ownMode: null, paths: [] });
    await staff.call('PUT', '/v1/admin/protection/default', { mode: 'detect' });
    await visit();
    expect(guard.policy).toMatchObject({ server: 'detect', paths: [] });
  });

  it('take the findings away as CSV, in which nothing runs', async () => {
    guard.say(findingOf(plain.accountRef, { path: '=cmd|calc' } as never));
    await visit();
    const text = await csv('/v1/admin/protection/findings/csv?language=en&state=open');
    expect(text).toContain('plain.example');
    expect(text).toContain("'=cmd|calc");
  });

  it('of a reseller see nothing of the operator’s sites', async () => {
    const below = await test.run(async (ctx) => {
      const { sellersWithin } = await import('#domains/sellers/index.ts');
      return (await sellersWithin(ctx, test.operatorId, 10)).find(
        ({ name }) => name === 'Northbyte',
      );
    });
    const stranger = await test.staff('owner', below?.id);
    const lists = ['accounts', 'findings', 'nodes'];
    for (const list of lists) {
      const { body } = await stranger.call('GET', `/v1/admin/protection/${list}`);
      expect(body.items).toEqual([]);
    }
    const pull = await stranger.call('POST', `/v1/admin/protection/nodes/${nodeId}/pull`, {});
    expect(pull.status).toBe(404);
    const policy = await stranger.call(
      'PUT',
      `/v1/admin/protection/accounts/${paid.accountId}/policy`,
      {
        ownMode: 'off',
        paths: [],
      },
    );
    expect(policy.status).toBe(404);
  });

  /** Not JSON, so read beside the visitor. */
  async function csv(path: string): Promise<string> {
    const cookie = [...staff.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const app = test.app as { fetch(request: Request, env: unknown): Promise<Response> };
    const response = await app.fetch(
      new Request(`http://localhost${path}`, { headers: { host: 'localhost', cookie } }),
      { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
    );
    return response.text();
  }
});

describe('verify', () => {
  it.each([
    [
      `update guarded_account set applied_mode = 'detect'`,
      'every account with the add-on is protected on its node, but for those set otherwise',
    ],
    [
      'update guarded_account set bought = true',
      'nobody is protected for nothing: accounts without the add-on have their node’s mode',
    ],
    [
      `delete from finding where state = 'mended'`,
      'no finding is lost: each that was told of has its row, and no node ran over',
    ],
    [`delete from event where name = 'protection.finding'`, 'every finding was told of once'],
    [
      'update guarded_account set open_findings = open_findings + 1',
      'the figures of every account are the sum of its findings',
    ],
  ])('finds it: %s', async (tampering, name) => {
    // The add-on's accounts are judged when their node has nothing left to be told.
    await visit();
    const rollBack = new Error('roll back');
    let wrong: string[] = [];
    const work = test.run(async (ctx) => {
      await sql`update guarded_node set lost_events = 0`.execute(ctx.tx);
      await sql.raw(tampering).execute(ctx.tx);
      const found = await verifyProtection(ctx);
      wrong = found.filter((check) => check.problems.length > 0).map((check) => check.name);
      throw rollBack;
    });
    await expect(work).rejects.toBe(rollBack);
    expect(wrong).toEqual([name]);
  });
});

describe('an address on a blacklist', () => {
  const hoursAgo = (hours: number) => {
    const at = new Date(Date.now() - hours * 3_600_000);
    at.setUTCMinutes(0, 0, 0);
    return at.toISOString();
  };
  const hour = (accountRef: string | null, hours: number, recipients: number, script?: string) => {
    const sent = { messages: recipients, recipients };
    const scripts = script === undefined ? [] : [{ script, ...sent }];
    return { accountRef, hour: hoursAgo(hours), ...sent, bounces: 0, scripts };
  };

  it('is explained by who sent more than usual, by a file that was found, and by what it took', async () => {
    const script = 'public_html/wp-content/uploads/x.php';
    const shell = findingOf(plain.accountRef, {
      path: script,
      detectedAfterMs: 5000,
      origin: null,
    });
    guard.say({
      kind: 'mail',
      counts: [
        hour(plain.accountRef, 60, 12),
        hour(plain.accountRef, 1, 100, script),
        hour(paid.accountRef, 60, 900),
        hour(paid.accountRef, 1, 1000),
        hour(null, 1, 30),
      ],
    });
    // Told again as it went on, and once more by a node that has forgotten: an hour only grows.
    guard.say({ kind: 'mail', counts: [hour(plain.accountRef, 1, 4200, script)] });
    guard.say({ kind: 'mail', counts: [hour(plain.accountRef, 1, 7, script)] });
    guard.say(shell);
    guard.say(mendedOf(shell.findingId, plain.accountRef));
    await visit();
    const listed = await test.run(async (ctx) => {
      const branch = branchOf(plain.accountId);
      const at = { nodeId, branch, address: '192.0.2.25', packageId: null, domainName: null };
      await noteListed(ctx, { at, zone: 'bl.example', codes: ['127.0.0.2'], reason: null });
      return (await selectListings(ctx, 1))[0];
    });
    const path = `/v1/admin/reputation/listings/${listed?.id}`;
    const { body } = await staff.call('GET', path);
    const [first, ...others] = body.suspects;
    expect(first).toMatchObject({
      accountId: plain.accountId,
      recipients: 4200,
      usual: 12,
      script: { script, recipients: 4200 },
    });
    expect(first.reasons).toMatchObject([
      { kind: 'script', script, recipients: 4200, class: 'malicious' },
      { kind: 'burst', recipients: 4200, usual: 12 },
      { kind: 'findings' },
    ]);
    const unusual = others.flatMap(({ domainName, reasons }: typeof first) =>
      reasons.some(({ kind }: { kind: string }) => kind === 'burst') ? [domainName] : [],
    );
    expect(unusual).toEqual([null]);
    expect(others).toContainEqual(expect.objectContaining({ recipients: 1000, usual: 900 }));
    const { chain } = body;
    expect(Date.parse(chain.foundAt) - Date.parse(chain.droppedAt)).toBe(5000);
    expect(Date.parse(chain.mendedAt)).toBeGreaterThanOrEqual(Date.parse(chain.foundAt));
    expect(chain.delistedAt).toBeNull();
    expect(
      (await staff.call('GET', `${path.slice(0, -1)}${path.endsWith('0') ? 1 : 0}`)).status,
    ).toBe(404);
    expect((await client.visitor.call('GET', path)).status).toBe(403);
  });
});

describe('other scanners of a node', () => {
  it('are shown as they stand, and act only where staff say so', async () => {
    const down = { source: 'clamav' as const, state: 'down' as const, words: 'it hung up' };
    guard.sources = [{ ...down, waiting: 3, asked: 0, hits: 0, passedBy: 1 }];
    await visit();
    const node = async () => {
      const { body } = await staff.call('GET', '/v1/admin/protection/nodes');
      return body.items.find((one: { nodeId: string }) => one.nodeId === nodeId);
    };
    expect(await node()).toMatchObject({ sources: guard.sources, outsideActs: false });
    expect(guard.policy?.outsideActs).toBe(false);
    const { engineId, mode } = await node();
    const path = `/v1/admin/protection/nodes/${nodeId}`;
    await staff.call('PUT', path, { engineId, mode, outsideActs: true });
    await visit();
    expect(guard.policy?.outsideActs).toBe(true);
    expect(await node()).toMatchObject({ outsideActs: true });
    await staff.call('PUT', path, { engineId, mode, outsideActs: false });
  });
});
