import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { planWhmcsChange } from '#domains/catalog/index.ts';
import { bankTransfer, gatewayKind, saveGatewaySetting } from '#domains/payments/index.ts';
import { topUpWallet, walletBalance } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
beforeAll(async () => {
  shop = await startShop({ now: '2023-01-15T09:00:00Z' });
  shop.runtime.extensions.register(gatewayKind, bankTransfer);
  const { id: brandId } = shop.shops.operatorBrand;
  const setting = { brandId, gatewayId: bankTransfer.id, enabled: true, position: 0, settings: {} };
  await shop.run((ctx) => saveGatewaySetting(ctx, setting));
  const { operator, reseller } = shop.shops;
  await shop.run((ctx) =>
    planWhmcsChange(ctx, { operatorId: operator.id, resellerId: reseller.id }),
  );
  staff = await shop.staff();
});
afterAll(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  await shop.stop();
});

type Held = { shopper: Shopper; path: string };

/** A paid package of Reseller Hosting Linux. */
async function buy(
  cart: { planId: string; termMonths: number; addOns?: object[] },
  { host, fund = 0n }: { host?: string; fund?: bigint } = {},
): Promise<Held> {
  const shopper = await shop.shopper({ host: host ?? 'localhost' });
  const asked = { productId: 'reseller-hosting-linux', ...cart };
  const { totalMinor } = await shopper.ok('POST', '/v1/shop/quote', asked);
  await shop.fund(shopper, BigInt(totalMinor) + fund);
  const order = await shopper.ok('POST', '/v1/orders', {
    ...asked,
    domainName: `${shopper.clientId.slice(-7)}.example`,
    expectedTotalMinor: totalMinor,
    payFromBalance: true,
  });
  await shop.settle();
  return { shopper, path: `/v1/subscriptions/${order.subscriptionId}` };
}

const quoted = ({ shopper, path }: Held, planId: string, drop: string[] = []) =>
  shopper.call('POST', `${path}/plan-change/quote`, { planId, drop });

const change = ({ shopper, path }: Held, planId: string, expectedNetMinor: number, more = {}) =>
  shopper.call('POST', `${path}/plan-change`, {
    ...{ planId, expectedNetMinor, payFromBalance: true },
    ...more,
  });

async function changed(held: Held, planId: string, expectedNetMinor: number, more = {}) {
  const { body } = await change(held, planId, expectedNetMinor, more);
  await shop.settle();
  return held.shopper.ok('GET', `/v1/orders/${body.id}`);
}

const balance = async ({ shopper }: Held) => (await shopper.ok('GET', '/v1/balance')).held.minor;
const read = ({ shopper, path }: Held) => shopper.ok('GET', path);
const planOf = async (held: Held) => (await read(held)).planId;

describe('a package for a year that goes over to a larger plan', () => {
  let held: Held;

  it('is shown before any click what is charged, what goes back and what stays', async () => {
    const addOns = [{ componentId: 'dedicated-ip', quantity: 1 }];
    held = await buy({ planId: 'linux-start', termMonths: 12, addOns });
    await shop.moveTo('2023-04-03T09:00:00Z');
    const { items } = await held.shopper.ok('GET', `${held.path}/plans`);
    expect(items).toMatchObject([
      { planId: 'linux-start', isPresent: true },
      { planId: 'linux-grow', isPresent: false, monthlyMinor: 1_190_00 },
      { planId: 'linux-pro', isPresent: false },
    ]);
    const { body } = await quoted(held, 'linux-grow');
    // 14 280.00 × 287/365 for what is left of the year, and 7 680.00 × 287/365 back.
    expect(body.charge.totalMinor).toBe(11_228_38);
    expect(body.credits).toMatchObject([{ days: { left: 287, of: 365 }, backMinor: 6_038_79 }]);
    expect(body.netMinor).toBe(5_189_59);
    // The address was bought and goes along; the licence of old is free until the boundary.
    expect(body.components).toMatchObject([
      { componentId: 'whmcs', before: 'grandfathered', as: 'grandfathered' },
      { componentId: 'dedicated-ip', before: 'bought', as: 'bought' },
    ]);
  });

  it('at another price than was shown, or with too little money, nothing happens', async () => {
    expect((await change(held, 'linux-grow', 5_189_58)).body.code).toBe('price-changed');
    expect((await change(held, 'linux-grow', 5_189_59)).body.code).toBe('balance-too-low');
    expect(await planOf(held)).toBe('linux-start');
  });

  it('is on it at once, twice asked for is once done, and its documents say why', async () => {
    const { shopper, path } = held;
    await shop.fund(shopper, 5_189_59n);
    const body = { planId: 'linux-grow', expectedNetMinor: 5_189_59, payFromBalance: true };
    const first = await shopper.call('POST', `${path}/plan-change`, body, 'one-click');
    const again = await shopper.call('POST', `${path}/plan-change`, body, 'one-click');
    expect(again.body).toEqual(first.body);
    await shop.settle();
    expect(await balance(held)).toBe(0);
    expect(await shopper.ok('GET', `/v1/orders/${first.body.id}`)).toMatchObject({
      kind: 'plan',
      state: 'done',
    });
    const { items } = await shopper.ok('GET', '/v1/invoices');
    expect(
      items
        .slice(0, 2)
        .map((one: { kind: string }) => one.kind)
        .toSorted(),
    ).toEqual(['credit-note', 'invoice']);
    const history = (await shopper.ok('GET', `${path}/history`)).items;
    const fact = history.find((one: { name: string }) => one.name === 'subscription.plan-changed');
    expect(fact.details).toMatchObject({ invoiceId: first.body.invoiceId });
    expect(fact.details.noteIds).toHaveLength(1);
    const letters = await shop.mailTo(shopper);
    const letter = letters.find(({ template }) => template === 'orders.plan-changed');
    expect(letter?.text.replaceAll(/\s/g, ' ')).toContain('−6 038,79 ₽');
  });

  it('has the new limits on its server, and the same paid end', async () => {
    expect(await read(held)).toMatchObject({
      planId: 'linux-grow',
      periodEnd: '2024-01-15',
      subscribedOn: '2023-04-03',
    });
    const { limits } = await held.shopper.ok('GET', `${held.path}/package`);
    expect(limits).toMatchObject({ accounts: 20, diskMb: 61_440 });
  });

  it('renews by the new plan, with its add-on and the licence at its price', async () => {
    const { quote } = await held.shopper.ok('GET', `${held.path}/renewal`);
    const lines = quote.lines.map((one: { itemId: string; totalMinor: number }) => [
      one.itemId,
      one.totalMinor,
    ]);
    expect(lines).toEqual([
      ['linux-grow', 14_280_00],
      ['whmcs', 9_600_00],
      ['dedicated-ip', 3_000_00],
    ]);
  });

  it('back on the same day it costs nothing, and a third time only the last line goes back', async () => {
    await changed(held, 'linux-start', -5_189_59);
    expect(await balance(held)).toBe(5_189_59);
    expect(await planOf(held)).toBe('linux-start');
    await changed(held, 'linux-grow', 5_189_59);
    await shop.moveTo('2023-07-15T09:00:00Z');
    const { body } = await quoted(held, 'linux-pro');
    // 184 days are left: of 11 228.38 for 287 days, not of what the package cost in January.
    expect(body.credits).toMatchObject([{ days: { left: 184, of: 287 }, backMinor: 7_198_68 }]);
    expect(body.creditMinor).toBe(7_198_68);
  });
});

describe('a change of the plan that is asked for six times at once', () => {
  it('is made and charged once, and given back whole with the package', async () => {
    const held = await buy({ planId: 'linux-start', termMonths: 1 }, { fund: 4_200_00n });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => change(held, 'linux-grow', 700_00)),
    );
    const codes = answers.map(({ status, body }) => (status === 200 ? 'done' : body.code));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'plan-already-held')).toHaveLength(5);
    await shop.settle();
    expect(await balance(held)).toBe(3_500_00);
    const path = held.path.replace('/v1/', '/v1/admin/');
    const { total: expected } = await staff.ok('GET', `${path}/money-back`);
    expect(expected.minor).toBe(1_490_00);
    await staff.ok('POST', `${path}/money-back`, { expected, reason: 'not wanted' });
    await shop.settle();
    expect(await balance(held)).toBe(4_990_00);
  });
});

describe('a smaller plan', () => {
  it('gives the difference back to the balance at once, by a credit note', async () => {
    const held = await buy({ planId: 'linux-pro', termMonths: 1 });
    const { body } = await quoted(held, 'linux-start');
    expect(body.netMinor).toBe(790_00 - 2_890_00);
    expect(await changed(held, 'linux-start', body.netMinor)).toMatchObject({ state: 'done' });
    expect(await balance(held)).toBe(2_100_00);
    const { limits } = await held.shopper.ok('GET', `${held.path}/package`);
    expect(limits.accounts).toBe(5);
  });

  it('that is too small for what is on the package is refused, and it says what to free', async () => {
    const held = await buy({ planId: 'linux-grow', termMonths: 1 });
    for (const n of [1, 2, 3, 4, 5]) {
      const username = `s${n}${held.shopper.clientId.slice(-6)}`.replaceAll(/[^a-z0-9]/g, '');
      await held.shopper.ok('POST', `${held.path}/hosting-accounts`, {
        username,
        domainName: `${username}.example`,
      });
    }
    expect((await quoted(held, 'linux-start')).body).toMatchObject({
      code: 'plan-too-few-accounts',
      params: { used: 6, limit: 5, over: 1 },
    });
    expect((await change(held, 'linux-start', -700_00)).body.code).toBe('plan-too-few-accounts');
    expect((await quoted(held, 'linux-pro')).status).toBe(200);
  });
});

describe('a change of the plan that waits for money', () => {
  it('is carried out as soon as the balance is filled up', async () => {
    const held = await buy({ planId: 'linux-start', termMonths: 1 });
    const order = await changed(held, 'linux-grow', 700_00, { payFromBalance: false });
    expect(order).toMatchObject({ state: 'awaiting-payment', totalMinor: 700_00 });
    const payment = await held.shopper.ok('POST', '/v1/payments', {
      amount: { minor: 700_00, currency: 'RUB' },
      gatewayId: bankTransfer.id,
    });
    await staff.ok('POST', `/v1/admin/payments/${payment.id}/confirm`, {
      received: payment.amount,
    });
    await shop.settle();
    expect(await held.shopper.ok('GET', `/v1/orders/${order.id}`)).toMatchObject({ state: 'done' });
    expect(await balance(held)).toBe(0);
  });

  it('is replaced by another choice, and void once the package is renewed', async () => {
    const held = await buy({ planId: 'linux-start', termMonths: 1 });
    const first = await changed(held, 'linux-grow', 700_00, { payFromBalance: false });
    const second = await changed(held, 'linux-pro', 2_100_00, { payFromBalance: false });
    expect(await held.shopper.ok('GET', `/v1/orders/${first.id}`)).toMatchObject({
      state: 'cancelled',
      cancelledFor: 'replaced',
    });
    await shop.fund(held.shopper, 790_00n);
    await held.shopper.ok('POST', `${held.path}/renewal`, {
      ...{ termMonths: 1, expectedTotalMinor: 790_00, payFromBalance: true },
    });
    await shop.settle();
    expect(await held.shopper.ok('GET', `/v1/orders/${second.id}`)).toMatchObject({
      state: 'cancelled',
    });
    // A month paid ahead is given back and charged anew like the present one.
    const { body } = await quoted(held, 'linux-grow');
    expect(body.credits.map((one: { backMinor: number }) => one.backMinor)).toEqual([
      790_00, 790_00,
    ]);
    expect(body.netMinor).toBe(1_400_00);
  });

  it('makes an unpaid renewal anew, and ends an add-on that was priced before it', async () => {
    const held = await buy({ planId: 'linux-start', termMonths: 1 }, { fund: 700_00n });
    const addOn = await held.shopper.ok('POST', `${held.path}/add-ons`, {
      ...{ componentId: 'dedicated-ip', expectedTotalMinor: 250_00 },
    });
    await held.shopper.ok('POST', `${held.path}/renewal`, {
      ...{ termMonths: 1, expectedTotalMinor: 790_00 },
    });
    await changed(held, 'linux-grow', 700_00);
    const { order } = await held.shopper.ok('GET', `${held.path}/renewal`);
    expect(order).toMatchObject({ state: 'awaiting-payment', totalMinor: 1_490_00 });
    expect(await held.shopper.ok('GET', `/v1/orders/${addOn.id}`)).toMatchObject({
      state: 'cancelled',
      cancelledFor: 'replaced',
    });
  });
});

describe('a package that was paid three days after it was ordered', () => {
  it('gets all of its first day’s price back: its days count from the day it began', async () => {
    const shopper = await shop.shopper();
    const cart = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 };
    const order = await shopper.ok('POST', '/v1/orders', {
      ...{ ...cart, domainName: 'late-payer.example', expectedTotalMinor: 790_00 },
    });
    await shop.moveTo('2023-07-18T09:00:00Z');
    await shop.fund(shopper, 790_00n);
    await shopper.ok('POST', `/v1/invoices/${order.invoiceId}/pay-from-balance`, {});
    await shop.settle();
    const held = { shopper, path: `/v1/subscriptions/${order.subscriptionId}` };
    const { body } = await quoted(held, 'linux-grow');
    expect(body.credits).toMatchObject([{ days: { left: 31, of: 31 }, backMinor: 790_00 }]);
    expect(body.netMinor).toBe(700_00);
  });
});

describe('a change of the plan by staff', () => {
  it('is for their client, from the client’s balance', async () => {
    const held = await buy({ planId: 'linux-start', termMonths: 1 }, { fund: 700_00n });
    const path = held.path.replace('/v1/', '/v1/admin/');
    const quote = await staff.ok('POST', `${path}/plan-change/quote`, { planId: 'linux-grow' });
    const order = await staff.ok('POST', `${path}/plan-change`, {
      ...{ planId: 'linux-grow', expectedNetMinor: quote.netMinor, payFromBalance: true },
    });
    expect(order).toMatchObject({ origin: 'staff', state: 'delivering' });
    await shop.settle();
    expect(await planOf(held)).toBe('linux-grow');
    await staff.ok('POST', `${path}/plan-change`, {
      ...{ planId: 'linux-pro', expectedNetMinor: 1_400_00, payFromBalance: false },
    });
    const letters = await shop.mailTo(held.shopper);
    expect(letters.some(({ template }) => template === 'orders.plan-awaited')).toBe(true);
    const northbyte = await shop.staff('northbyte.localhost');
    const answer = await northbyte.call('POST', `${path}/plan-change/quote`, {
      planId: 'linux-pro',
    });
    expect(answer.body.code).toBe('subscription-not-found');
  });
});

describe('a change of the plan through a reseller', () => {
  const wallet = async () =>
    (await shop.run((ctx) => walletBalance(ctx, shop.shops.reseller.id, 'RUB'))).minor;
  const topUp = (minor: bigint) =>
    shop.run((ctx) =>
      topUpWallet(ctx, {
        seller: shop.shops.reseller,
        amount: money(minor, 'RUB'),
        cause: `test:${minor}`,
        from: 'cash:bank-transfer',
      }),
    );

  it('credits and charges each level by its own lines', async () => {
    const held = await buy(
      { planId: 'linux-start', termMonths: 1 },
      { host: 'northbyte.localhost', fund: 10_000_00n },
    );
    const before = await wallet();
    const { body } = await quoted(held, 'linux-grow');
    await changed(held, 'linux-grow', body.netMinor);
    // The operator asks 75 % of its list, to whole tens: 1 120.00 after 600.00.
    expect(await wallet()).toBe(before - 520_00n);
  });

  it('waits for a wallet that is too low without touching the client’s money', async () => {
    const host = 'northbyte.localhost';
    await buy({ planId: 'linux-pro', termMonths: 24 }, { host });
    const cart = { planId: 'linux-start', termMonths: 36 };
    const held = await buy(cart, { host, fund: 100_000_00n });
    const { body } = await quoted(held, 'linux-pro');
    const left = await balance(held);
    const order = await changed(held, 'linux-pro', body.netMinor);
    expect(order).toMatchObject({ state: 'locked', lockReason: 'wallet-too-low' });
    expect(await balance(held)).toBe(left);
    expect(await planOf(held)).toBe('linux-start');
    await topUp(100_000_00n);
    await shop.settle();
    expect(await held.shopper.ok('GET', `/v1/orders/${order.id}`)).toMatchObject({ state: 'done' });
    expect(await balance(held)).toBe(left - body.netMinor);
  });
});
