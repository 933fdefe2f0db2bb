import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
});
afterAll(() => shop.stop());

let domains = 0;
/** A paid package on the operator's list: Linux Start at 790.00 for one month. */
async function monthly(over: object = {}): Promise<{ shopper: Shopper; id: string }> {
  const shopper = await shop.shopper();
  await shop.fund(shopper, 790_00n);
  const order = await shopper.ok('POST', '/v1/orders', {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName: `renewal-${(domains += 1)}.ru`,
    expectedTotalMinor: 790_00,
    payFromBalance: true,
    ...over,
  });
  return { shopper, id: order.subscriptionId };
}

const read = ({ shopper, id }: { shopper: Shopper; id: string }) =>
  shopper.ok('GET', `/v1/subscriptions/${id}`);

describe('a package that nobody renews', () => {
  let held: { shopper: Shopper; id: string };

  it('is invoiced seven days before its end and suspended with the day it ends', async () => {
    held = await monthly();
    expect(await read(held)).toMatchObject({ state: 'active', periodEnd: '2023-06-10' });
    await shop.moveTo('2023-06-03T06:00:00Z');
    const invoices = await held.shopper.ok('GET', '/v1/invoices');
    expect(invoices.items[0]).toMatchObject({ state: 'issued', dueOn: '2023-06-10' });
    await shop.moveTo('2023-06-09T20:59:59Z');
    expect(await read(held)).toMatchObject({ state: 'active' });
    await shop.moveTo('2023-06-09T21:00:00Z');
    expect(await read(held)).toMatchObject({ state: 'suspended', suspendedFor: 'unpaid' });
  });

  it('paid within the grace it runs again, from the old boundary', async () => {
    await shop.moveTo('2023-06-20T10:00:00Z');
    await shop.fund(held.shopper, 790_00n);
    await held.shopper.ok('POST', `/v1/subscriptions/${held.id}/renewal`, {
      termMonths: 1,
      expectedTotalMinor: 790_00,
      payFromBalance: true,
    });
    expect(await read(held)).toMatchObject({
      state: 'active',
      suspendedFor: null,
      periodStart: '2023-06-10',
      periodEnd: '2023-07-10',
    });
  });

  it('fifteen days after its end it is deleted with all that is on it, and told so', async () => {
    await shop.moveTo('2023-07-24T20:59:59Z');
    expect(await read(held)).toMatchObject({ state: 'suspended' });
    await shop.moveTo('2023-07-24T21:00:00Z');
    const gone = await read(held);
    expect(gone).toMatchObject({ state: 'deleted' });
    expect(gone.components.every((one: { state: string }) => one.state === 'deleted')).toBe(true);
    await shop.settle();
    const invoices = await held.shopper.ok('GET', '/v1/invoices');
    expect(invoices.items[0]).toMatchObject({ state: 'void' });
    const mails = await shop.mailTo(held.shopper);
    const told = mails.map(({ template }) => template).filter((name) => name.startsWith('orders.'));
    expect(told).toContain('orders.suspended');
    expect(told.at(-1)).toBe('orders.deleted');
    expect(mails.filter(({ template }) => template === 'orders.reminder').length).toBeGreaterThan(
      3,
    );
  });

  it('a deleted one cannot be renewed', async () => {
    const { body } = await held.shopper.call('POST', `/v1/subscriptions/${held.id}/renewal/quote`, {
      termMonths: 1,
    });
    expect(body.code).toBe('subscription-not-live');
  });
});

describe('renewing by hand', () => {
  it('changes the invoice that came by itself, so that one boundary is paid once', async () => {
    const held = await monthly();
    const { periodEnd } = await read(held);
    await shop.moveTo(`${Temporal.PlainDate.from(periodEnd).subtract({ days: 7 })}T06:00:00Z`);
    const before = await held.shopper.ok('GET', `/v1/subscriptions/${held.id}/renewal`);
    expect(before.order).toMatchObject({ origin: 'auto', state: 'awaiting-payment' });
    // A year at 640.00 a month instead.
    const renewed = await held.shopper.ok('POST', `/v1/subscriptions/${held.id}/renewal`, {
      termMonths: 12,
      expectedTotalMinor: 7_680_00,
    });
    expect(renewed.id).toBe(before.order.id);
    const invoices = await held.shopper.ok('GET', '/v1/invoices');
    expect(invoices.items.map((one: { state: string }) => one.state)).toEqual([
      'issued',
      'void',
      'paid',
    ]);
    await shop.fund(held.shopper, 7_680_00n);
    await held.shopper.ok('POST', `/v1/subscriptions/${held.id}/renewal`, {
      termMonths: 12,
      expectedTotalMinor: 7_680_00,
      payFromBalance: true,
    });
    expect(await read(held)).toMatchObject({ termMonths: 12, periodStart: periodEnd });
  });

  it('leaves out what the owner drops: it works to the boundary and is gone after it', async () => {
    const held = await monthly();
    await shop.fund(held.shopper, 10_000_00n);
    const id = held.id;
    const quote = await held.shopper.ok('POST', `/v1/subscriptions/${id}/add-ons/quote`, {
      componentId: 'dedicated-ip',
      quantity: 2,
    });
    await held.shopper.ok('POST', `/v1/subscriptions/${id}/add-ons`, {
      componentId: 'dedicated-ip',
      quantity: 2,
      expectedTotalMinor: quote.totalMinor,
      payFromBalance: true,
    });
    const { components, periodEnd } = await read(held);
    const address = components.find(
      (one: { componentId: string }) => one.componentId === 'dedicated-ip',
    );
    const renewal = { termMonths: 1, drop: [address.id] };
    const preview = await held.shopper.ok('POST', `/v1/subscriptions/${id}/renewal/quote`, renewal);
    expect(preview.totalMinor).toBe(790_00);
    await held.shopper.ok('POST', `/v1/subscriptions/${id}/renewal`, {
      ...renewal,
      expectedTotalMinor: 790_00,
      payFromBalance: true,
    });
    const addressNow = async () =>
      (await read(held)).components.find((one: { id: string }) => one.id === address.id);
    expect(await addressNow()).toMatchObject({ state: 'bought', renews: false, endsOn: periodEnd });
    await shop.moveTo(`${periodEnd}T00:00:00Z`);
    expect(await addressNow()).toMatchObject({ state: 'deleted' });
  });

  it('a component bought after an early renewal is charged for both periods', async () => {
    const held = await monthly();
    await shop.fund(held.shopper, 10_000_00n);
    await held.shopper.ok('POST', `/v1/subscriptions/${held.id}/renewal`, {
      termMonths: 1,
      expectedTotalMinor: 790_00,
      payFromBalance: true,
    });
    const quote = await held.shopper.ok('POST', `/v1/subscriptions/${held.id}/add-ons/quote`, {
      componentId: 'dedicated-ip',
    });
    // A whole month each: it is bought on the day the package was.
    expect(quote.lines.map((line: { totalMinor: number }) => line.totalMinor)).toEqual([
      250_00, 250_00,
    ]);
  });

  it('beyond what one package may hold nothing is sold, nor what is ordered already', async () => {
    const held = await monthly();
    const buy = (quantity: number) =>
      held.shopper.call('POST', `/v1/subscriptions/${held.id}/add-ons`, {
        componentId: 'dedicated-ip',
        quantity,
        expectedTotalMinor: quantity * 250_00,
      });
    expect((await buy(5)).body.code).toBe('quantity-too-large');
    expect((await buy(3)).status).toBe(200);
    expect((await buy(2)).body).toMatchObject({
      code: 'component-ordered-already',
      params: { ordered: 3, quantityMax: 4 },
    });
  });
});
