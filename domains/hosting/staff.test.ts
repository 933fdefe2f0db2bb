import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInvoice, settleInvoice } from '#domains/billing/index.ts';
import { saveSupplierAccount } from '#domains/licences/index.ts';
import { findOrder, ordersRoutes } from '#domains/orders/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { openWhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/open-whmcs-fake.ts';
import type { WhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/open-whmcs-fake.ts';
import { money } from '#kit/money.ts';
import type { Visitor } from '#test/harness/visitor.ts';
import { startHostingTest } from './hosting-test.ts';
import type { HostingTest } from './hosting-test.ts';
import { hostingRoutes, saveNode } from './index.ts';
import { selectNode } from './node-store.ts';

let test: HostingTest;
let technician: Visitor;
let supplier: WhmcsFake | null = null;
const folder = mkdtempSync(join(tmpdir(), 'hosting-'));

beforeAll(async () => {
  test = await startHostingTest({ hosting: hostingRoutes, orders: ordersRoutes }, { php: 'off' });
  technician = await test.staff('technician');
});
afterAll(async () => {
  await test.stop();
  await supplier?.close();
  rmSync(folder, { recursive: true });
});

describe('staff', () => {
  it('see what failed with the server’s own words, and try it again', async () => {
    const client = await test.client();
    await test.node.addPackage('clash');
    const bought = await test.buy(client, { domainName: 'clash.example' });
    await test.settle();
    const { body } = await technician.call('GET', '/v1/admin/deliveries?state=failed');
    const [failed] = body.items;
    expect(failed).toMatchObject({ subscriptionId: bought.id, reason: 'domain-taken' });
    expect(failed.steps[1]).toMatchObject({
      state: 'failed',
      message: 'This domain is already hosted on the server.',
    });
    await test.node.control('DELETE', '/packages/clash');
    const retry = () => technician.call('POST', `/v1/admin/deliveries/${failed.id}/retry`, {});
    expect((await retry()).status).toBe(200);
    await test.settle();
    const again = await technician.call('GET', `/v1/admin/deliveries/${failed.id}`);
    expect(again.body.state).toBe('done');
    expect((await retry()).body.code).toBe('delivery-nothing-to-do');
    expect((await client.visitor.call('GET', `/v1/admin/deliveries/${failed.id}`)).status).toBe(
      403,
    );
    const support = await test.staff('billing');
    const refused = await support.call('POST', `/v1/admin/deliveries/${failed.id}/retry`, {});
    expect(refused.status).toBe(403);
  });

  it('change a node without ever seeing its secrets, and keep those they left empty', async () => {
    const { body } = await technician.call('GET', '/v1/admin/nodes');
    const [listed] = body.items;
    expect(JSON.stringify(body)).not.toContain(test.node.controlToken);
    const at = `/v1/admin/nodes/${listed.id}`;
    const { body: detail } = await technician.call('GET', at);
    expect(JSON.stringify(detail)).not.toContain(test.node.controlToken);
    const { controlUrl } = test.node.running();
    const changed = await technician.call('PUT', at, {
      name: 'renamed',
      state: 'open',
      capacity: 7,
      values: { controlUrl },
    });
    expect(changed.body).toMatchObject({ name: 'renamed', capacity: 7 });
    const node = await test.run((ctx) => selectNode(ctx, listed.id));
    expect(node?.settings).toMatchObject({ controlToken: test.node.controlToken });
    expect((await technician.call('GET', `${at}/status`)).body.answers).toBe(true);
    const wrong = { name: 'renamed', state: 'open', capacity: 7 };
    const values = { controlUrl: 'http://192.0.2.1/' };
    const refused = await technician.call('PUT', at, { ...wrong, values });
    expect(refused.body).toMatchObject({
      code: 'settings-value-invalid',
      field: 'values.controlUrl',
    });
    const support = await test.staff('support');
    expect((await support.call('PUT', at, { ...wrong, values: {} })).status).toBe(403);
  });

  it('of a reseller see nothing of the operator’s', async () => {
    const before = await technician.call('GET', '/v1/admin/nodes');
    const seller = await test.run((ctx) =>
      createSeller(ctx, {
        parentId: test.operatorId,
        name: 'Below',
        zone: 'Europe/Moscow',
        country: 'RU',
        legal: { name: { ru: 'Б', en: 'B' }, address: { ru: 'М', en: 'M' }, taxId: '7' },
      }),
    );
    const below = await test.staff('owner', seller.id);
    expect((await below.call('GET', '/v1/admin/nodes')).body.items).toEqual([]);
    expect((await below.call('GET', '/v1/admin/deliveries')).body.items).toEqual([]);
    expect((await below.call('GET', '/v1/admin/packages')).body.items).toEqual([]);
    const { id } = before.body.items[0];
    expect((await below.call('GET', `/v1/admin/nodes/${id}`)).status).toBe(404);
  });

  it('cannot save a node whose settings the module does not take', async () => {
    const node = { sellerId: test.operatorId, name: 'x', state: 'open', capacity: 1 } as const;
    const bad = { ...node, moduleId: 'embedded-node', settings: {} };
    await expect(test.run((ctx) => saveNode(ctx, bad))).rejects.toThrow('node-settings-invalid');
    const unknown = { ...node, moduleId: 'no-such', settings: {} };
    await expect(test.run((ctx) => saveNode(ctx, unknown))).rejects.toThrow(
      'server-module-unknown',
    );
  });
});

describe('an order', () => {
  it('is done when all that it brought is there, and not before', async () => {
    const client = await test.client();
    const cart = {
      productId: 'reseller-hosting-linux',
      planId: 'linux-start',
      termMonths: 12,
      domainName: 'ordered.example',
      addOns: [{ componentId: 'cpanel-block', quantity: 1 }],
    };
    const quote = await client.visitor.call('POST', '/v1/shop/quote', cart);
    const placed = await client.visitor.call(
      'POST',
      '/v1/orders',
      { ...cart, expectedTotalMinor: quote.body.totalMinor },
      { 'idempotency-key': 'one' },
    );
    expect(placed.status).toBe(200);
    const order = () => test.run((ctx) => findOrder(ctx, placed.body.id));
    await test.run(async (ctx) => {
      const invoice = await findInvoice(ctx, placed.body.invoiceId);
      const amount = money(invoice?.totalMinor ?? 0n, 'RUB');
      await settleInvoice(ctx, placed.body.invoiceId, {
        amount,
        from: { code: 'cash:test' },
        cause: 'test',
      });
    });
    await test.settle();
    // The licence that comes with the plan is still to come: its supplier is not set up yet.
    expect((await order())?.state).toBe('delivering');
    const subscriptionId = placed.body.subscriptionId;
    const at = `/v1/orders/${placed.body.id}/deliveries`;
    const { body } = await client.visitor.call('GET', at);
    const states = body.items.map((one: { kind: string; state: string }) => [one.kind, one.state]);
    expect(Object.fromEntries(states)).toEqual({
      package: 'done',
      capacity: 'done',
      licence: 'waiting',
    });
    expect((await test.account(subscriptionId)).limits.accounts).toBe(15);
    await setUpSupplier();
    await test.moveTo(test.clock.now().add({ hours: 1 }).toString());
    expect((await order())?.state).toBe('done');
    const after = await client.visitor.call('GET', at);
    expect(after.body.items.map((one: { state: string }) => one.state)).toEqual([
      'done',
      'done',
      'done',
    ]);
  });

  async function setUpSupplier(): Promise<void> {
    const account = { email: 'reseller@example.com', apiKey: 'whmcs-fake-key' };
    supplier = await openWhmcsFake({ port: 0, folder, ...account, products: ['starter'] });
    const settings = { ...account, baseUrl: `${supplier.url}/v2/reseller/`, vendorLagMs: 0 };
    await test.run((ctx) => saveSupplierAccount(ctx, 'whmcs-reseller', settings));
  }
});
