import { afterAll, beforeAll, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ now: '2023-02-10T09:00:00Z' });
});
afterAll(() => shop.stop());

it('an order whose package is deleted before it is delivered waits for nothing any more', async () => {
  const [shopper, staff] = [await shop.shopper(), await shop.staff()];
  const { items } = await staff.ok('GET', '/v1/admin/nodes');
  const at = `/v1/admin/nodes/${items[0].id}`;
  const { name, capacity, settings } = await staff.ok('GET', at);
  await staff.ok('PUT', at, { name, capacity, state: 'closed', values: settings.values });
  await shop.fund(shopper, 790_00n);
  const domainName = 'never-there.ru';
  const { id, subscriptionId } = await shopper.ok('POST', '/v1/orders', {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName,
    expectedTotalMinor: 790_00,
    payFromBalance: true,
  });
  await shop.settle();
  expect(await shopper.ok('GET', `/v1/orders/${id}`)).toMatchObject({ state: 'delivering' });

  const reason = 'asked by the client';
  await staff.ok('POST', `/v1/admin/subscriptions/${subscriptionId}/delete`, {
    reason,
    domainName,
  });
  await shop.settle();
  expect(await shopper.ok('GET', `/v1/orders/${id}`)).toMatchObject({ state: 'done' });
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
});
