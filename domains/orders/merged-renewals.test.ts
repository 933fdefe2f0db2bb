import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { post } from '#domains/ledger/index.ts';
import { walletBalance } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { outside } from '#platform/runtime.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { runLifeCycle } from './run-life-cycle.ts';

const RESELLERS = 'northbyte.localhost';
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 };

let shop: TestShop;
let names = 0;

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  await merge('localhost');
  await merge(RESELLERS);
});
afterAll(() => shop.stop());
afterEach(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

async function merge(host: string, collection: object = {}): Promise<void> {
  const staff = await shop.staff(host);
  const { operatorBrand, resellerBrand } = shop.shops;
  const id = host === 'localhost' ? operatorBrand.id : resellerBrand.id;
  const { items } = await staff.ok('GET', '/v1/admin/collection-policies');
  const { policy } = items.find(({ brandId }: { brandId: string }) => brandId === id);
  await staff.ok('PUT', `/v1/admin/brands/${id}/collection-policy`, {
    policy: { ...policy, mergeRenewals: true, collection: { ...policy.collection, ...collection } },
  });
  await shop.settle();
}

type Package = { id: string; domainName: string; price: number };

/** A package of a month, paid for today. */
async function buy(shopper: Shopper, cart: object = {}): Promise<Package> {
  const domainName = `merged-${(names += 1)}.example`;
  const body = { ...CART, ...cart, domainName };
  const { totalMinor } = await shopper.ok('POST', '/v1/shop/quote', body);
  await shop.fund(shopper, BigInt(totalMinor));
  const order = await shopper.ok('POST', '/v1/orders', {
    ...body,
    expectedTotalMinor: totalMinor,
    payFromBalance: true,
  });
  await shop.settle();
  return { id: order.subscriptionId, domainName, price: totalMinor };
}

/** So many days before (or after) what was bought today ends in a month. */
async function untilEnd(days: number): Promise<void> {
  const end = Temporal.PlainDate.from('2023-06-10').add({ days });
  await shop.moveTo(`${end.toString()}T09:00:00Z`);
}

const renewals = async (shopper: Shopper, state: string) => {
  const { items } = await shopper.ok('GET', '/v1/invoices');
  const merged = items.filter(
    (one: { isMerged: boolean; state: string }) => one.isMerged && one.state === state,
  );
  return Promise.all(
    merged.map(({ id }: { id: string }) => shopper.ok('GET', `/v1/invoices/${id}`)),
  );
};
const endOf = async (shopper: Shopper, { id }: Package): Promise<string> =>
  (await shopper.ok('GET', `/v1/subscriptions/${id}`)).periodEnd;
const orderOf = async (shopper: Shopper, { id }: Package) =>
  (await shopper.ok('GET', `/v1/subscriptions/${id}/renewal`)).order;
const packagesOn = (invoice: { lines: { subscriptionId: string }[] }): string[] => [
  ...new Set(invoice.lines.map(({ subscriptionId }) => subscriptionId)),
];
const balance = async (shopper: Shopper) => (await shopper.ok('GET', '/v1/balance')).held.minor;

describe('packages of one client that renew on one day', () => {
  let anna: Shopper;
  let ira: Shopper;
  let bela: Shopper;
  let a: Package;
  let b: Package;
  let licensed: Package;
  let later: Package;
  let bought: Package[];
  let chain: { shopper: Shopper; small: Package; large: Package };
  beforeAll(async () => {
    anna = await shop.shopper({ language: 'en' });
    [a, b] = [await buy(anna), await buy(anna, { planId: 'linux-grow' })];
    ira = await shop.shopper();
    licensed = await buy(ira, { addOns: [{ componentId: 'dedicated-ip' }] });
    bought = [licensed, await buy(ira), await buy(ira)];
    bela = await shop.shopper();
    await Promise.all([buy(bela), buy(bela)]);
    const shopper = await shop.shopper({ host: RESELLERS });
    chain = {
      shopper,
      small: await buy(shopper),
      large: await buy(shopper, { planId: 'linux-pro' }),
    };
    await shop.moveTo('2023-05-11T09:00:00Z');
    later = await buy(anna);
    await merge('localhost', {
      remindDays: [-2],
      lateFee: { afterDays: 2, fee: { percentBp: 1000 }, taxed: false },
    });
    // The moment of renewal, met by three processes at once.
    await shop.moveTo('2023-06-03T05:59:59Z');
    shop.clock.set('2023-06-03T06:00:00Z');
    const process = () => runLifeCycle(outside(shop.runtime, { kind: 'system', name: 'test' }));
    await Promise.all([process(), process(), process()]);
    await shop.settle();
  }, 60_000);

  it('are on one invoice with the lines of all, due with the first of them, in one letter', async () => {
    const [invoice, ...more] = await renewals(anna, 'issued');
    expect(more).toEqual([]);
    expect(invoice).toMatchObject({ dueOn: '2023-06-10', orderId: null });
    expect(packagesOn(invoice).toSorted()).toEqual([a.id, b.id].toSorted());
    expect(invoice.total.minor).toBe(a.price + b.price);
    expect(invoice.lines[0].description.en).toContain(`(${a.domainName})`);
    expect(await orderOf(anna, a)).toMatchObject({ invoiceId: invoice.id, isMerged: true });
    expect(await orderOf(anna, later)).toBe(null);
    const letters = (await shop.mailTo(anna)).filter(({ text }) => text.includes(b.domainName));
    const told = letters.filter(({ template }) => template.startsWith('orders.renewal'));
    expect(told.map(({ template }) => template)).toEqual([
      'orders.renewal-notice',
      'orders.renewal-invoice',
    ]);
    for (const { text } of told) expect(text).toContain(a.domainName);
  });

  it('are issued anew without a component or package that is dropped, the others as they were', async () => {
    const [before] = await renewals(ira, 'issued');
    const held = (await ira.ok('GET', `/v1/subscriptions/${licensed.id}`)).components;
    const address = held.find((one: { componentId: string }) => one.componentId === 'dedicated-ip');
    const path = `/v1/subscriptions/${licensed.id}/components/${address.id}/renewal`;
    await ira.ok('PUT', path, { renews: false });
    await shop.settle();
    const [without] = await renewals(ira, 'issued');
    expect(without.total.minor).toBe(790_00 * 3);
    expect(before.lines).toHaveLength(4);
    const [, second, third] = bought;
    const linesOf = (invoice: { lines: object[] }, { id }: Package) =>
      invoice.lines
        .filter((line) => (line as { subscriptionId: string }).subscriptionId === id)
        .map((line) => ({ ...line, no: 0 }));
    if (!second || !third) throw new Error('nothing was bought');
    expect(linesOf(without, second)).toEqual(linesOf(before, second));
    const { id } = await orderOf(ira, second);
    await ira.ok('POST', `/v1/orders/${id}/cancel`, {});
    await shop.settle();
    const [two] = await renewals(ira, 'issued');
    expect(packagesOn(two).toSorted()).toEqual([licensed.id, third.id].toSorted());
    expect(await renewals(ira, 'void')).toHaveLength(2);
    // Cancelled, and the voided document has been seen by whoever listens: the others stand.
    expect(await orderOf(ira, third)).toMatchObject({ state: 'awaiting-payment' });
  });

  it('renew one by one if one is paid for by itself', async () => {
    await shop.fund(ira, 790_00n);
    const [, , third] = bought;
    if (!third) throw new Error('nothing was bought');
    await ira.ok('POST', `/v1/subscriptions/${third.id}/renewal`, {
      termMonths: 1,
      expectedTotalMinor: 790_00,
      payFromBalance: true,
    });
    expect(await balance(ira)).toBe(0);
    expect(await endOf(ira, third)).toBe('2023-07-10');
    const [left] = await renewals(ira, 'issued');
    expect(packagesOn(left)).toEqual([licensed.id]);
    expect(await endOf(ira, licensed)).toBe('2023-06-10');
  });

  it('are renewed together by one payment', async () => {
    const total = BigInt(a.price + b.price);
    const [invoice] = await renewals(anna, 'issued');
    await shop.fund(anna, total - 1n);
    const refused = await anna.call('POST', `/v1/invoices/${invoice.id}/pay-from-balance`, {});
    expect(refused.body.code).toBe('balance-too-low');
    await shop.fund(anna, 1n);
    await anna.ok('POST', `/v1/invoices/${invoice.id}/pay-from-balance`, {});
    await shop.settle();
    expect(await endOf(anna, a)).toBe('2023-07-10');
    expect(await endOf(anna, b)).toBe('2023-07-10');
    expect(await balance(anna)).toBe(0);
  });

  it('through a reseller wait each for its own wallet, and each is given back by its own lines', async () => {
    const { shopper, small, large } = chain;
    const [invoice] = await renewals(shopper, 'issued');
    const held = await shop.run((ctx) => walletBalance(ctx, shop.shops.reseller.id, 'RUB'));
    // So little is left that the larger of the two cannot be bought.
    await shop.run((ctx) => drain(ctx, held.minor - 700_00n));
    await shop.fund(shopper, BigInt(invoice.total.minor));
    await shopper.ok('POST', `/v1/invoices/${invoice.id}/pay-from-balance`, {});
    await shop.settle();
    expect(await endOf(shopper, small)).toBe('2023-07-10');
    const stuck = await orderOf(shopper, large);
    expect(stuck).toMatchObject({ state: 'locked', lockReason: 'wallet-too-low' });
    await shopper.ok('POST', `/v1/orders/${stuck.id}/cancel`, {});
    expect(await balance(shopper)).toBe(large.price);
    expect(await endOf(shopper, small)).toBe('2023-07-10');
  });

  it('that nobody pays are reminded of once, fined once, and end each by its own life cycle', async () => {
    await untilEnd(3);
    const mails = await shop.mailTo(bela);
    expect(mails.filter(({ template }) => template === 'orders.debt')).toHaveLength(1);
    expect(mails.filter(({ template }) => template === 'orders.suspended')).toHaveLength(2);
    const { items } = await bela.ok('GET', '/v1/invoices');
    const owed = items.filter((one: { state: string }) => one.state === 'issued');
    const sums: number[] = owed.map(({ total }: { total: { minor: number } }) => total.minor);
    expect(sums.toSorted((one, other) => one - other)).toEqual([79_00 * 2, 790_00 * 2]);
    await untilEnd(16);
    expect(await renewals(bela, 'issued')).toEqual([]);
  });
});

/** Takes money out of the reseller’s wallet, as a purchase elsewhere would. */
async function drain(ctx: Ctx, minor: bigint): Promise<void> {
  const { reseller, operator } = shop.shops;
  const amount = money(minor, 'RUB');
  const back = money(-minor, 'RUB');
  await post(ctx, {
    branch: reseller.branch,
    kind: 'wallet-top-up',
    cause: 'test:drain',
    entries: [
      { book: operator.id, code: 'cash:bank-transfer', amount: back },
      { book: operator.id, code: `wallet:${reseller.id}`, amount },
      { book: reseller.id, code: 'wallet-at-parent', amount: back },
      { book: reseller.id, code: 'owner-funds', amount },
    ],
  });
}
