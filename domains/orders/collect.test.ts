import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { collectionStepsOn, lateFeeMinor, nextCollectionAt } from './collection.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let count = 0;

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(() => shop.stop());
afterEach(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

type Policy = Record<string, unknown> & { collection: Record<string, unknown> };

async function policyOf(): Promise<{ brandId: string; policy: Policy }> {
  const { items } = await staff.ok('GET', '/v1/admin/collection-policies');
  return items.find(({ brandId }: { brandId: string }) => brandId === shop.shops.operatorBrand.id);
}

async function setPolicy(change: Partial<Policy>) {
  const { brandId, policy } = await policyOf();
  const path = `/v1/admin/brands/${brandId}/collection-policy`;
  const answer = await staff.call('PUT', path, { policy: { ...policy, ...change } });
  await shop.settle();
  return answer;
}

/** A package of a month for 790.00, paid, whose renewal nobody will pay. */
async function monthly() {
  const shopper = await shop.shopper();
  await shop.fund(shopper, 790_00n);
  const { subscriptionId } = await shopper.ok('POST', '/v1/orders', {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName: `debtor-${(count += 1)}.example`,
    expectedTotalMinor: 790_00,
    payFromBalance: true,
  });
  await shop.settle();
  const { periodEnd } = await shopper.ok('GET', `/v1/subscriptions/${subscriptionId}`);
  const end = Temporal.PlainDate.from(periodEnd);
  return {
    shopper,
    subscriptionId,
    state: async () => (await shopper.ok('GET', `/v1/subscriptions/${subscriptionId}`)).state,
    /** Noon in Moscow, so many days from the day it is due. */
    day: (days: number) => shop.moveTo(`${end.add({ days }).toString()}T09:00:00Z`),
    debtMail: async () =>
      (await shop.mailTo(shopper)).filter(({ template }) => template === 'orders.debt').length,
    fees: async () => {
      const { items } = await shopper.ok('GET', '/v1/invoices');
      const fees = [];
      for (const { id } of items) {
        const invoice = await shopper.ok('GET', `/v1/invoices/${id}`);
        if (invoice.lines[0].kind === 'late-fee') fees.push(invoice);
      }
      return fees;
    },
  };
}

const NONE = { remindDays: [], tryDays: [], chargeDays: [], lateFee: null };

describe('a brand that has said nothing', () => {
  it('collects as ever: neither reminders of debts nor fees, suspended at the end', async () => {
    const holder = await monthly();
    await holder.day(-1);
    expect(await holder.state()).toBe('active');
    await holder.day(1);
    expect(await holder.state()).toBe('suspended');
    expect(await holder.debtMail()).toBe(0);
    expect(await holder.fees()).toEqual([]);
  });
});

describe('a brand’s policy of collection', () => {
  it('reminds of an unpaid renewal before and after it is due', async () => {
    await setPolicy({ collection: { ...NONE, remindDays: [-3, 2, 5] } });
    const holder = await monthly();
    await holder.day(-4);
    expect(await holder.debtMail()).toBe(0);
    await holder.day(-3);
    expect(await holder.debtMail()).toBe(1);
    await holder.day(4);
    expect(await holder.debtMail()).toBe(2);
    await holder.day(12);
    expect(await holder.debtMail()).toBe(3);
  });

  it('tries the balance with growing pauses, and what is paid works again', async () => {
    await setPolicy({ collection: { ...NONE, remindDays: [4], tryDays: [1, 3, 7] } });
    const holder = await monthly();
    await holder.day(2);
    expect(await holder.state()).toBe('suspended');
    await shop.fund(holder.shopper, 790_00n);
    await holder.day(5);
    expect(await holder.state()).toBe('active');
    expect(await holder.debtMail()).toBe(0);
    const { held } = await holder.shopper.ok('GET', '/v1/balance');
    expect(held.minor).toBe(0);
  });

  it('charges a late fee once, on a document of its own, with its tax', async () => {
    const lateFee = { afterDays: 3, fee: { percentBp: 1000 }, taxed: true };
    await setPolicy({ collection: { ...NONE, lateFee } });
    const holder = await monthly();
    await holder.day(2);
    expect(await holder.fees()).toEqual([]);
    await holder.day(14);
    // 10 % of 790.00, with 20 % VAT inside: 79.00 × 20 / 120 = 13.17.
    expect(await holder.fees()).toMatchObject([
      { total: { minor: 79_00 }, tax: { minor: 13_17 }, due: { minor: 79_00 } },
    ]);
  });

  it('charges a fee that is a penalty and no price without tax', async () => {
    const lateFee = { afterDays: 1, fee: { amountMinor: 150_00 }, taxed: false };
    await setPolicy({ collection: { ...NONE, lateFee } });
    const holder = await monthly();
    await holder.day(2);
    expect(await holder.fees()).toMatchObject([
      { total: { minor: 150_00 }, tax: { minor: 0 }, taxReason: 'not-taxable' },
    ]);
  });

  it('suspends and deletes when it says, also packages that were sold before it', async () => {
    await setPolicy({ collection: NONE });
    const holder = await monthly();
    await holder.day(-2);
    await setPolicy({ suspendAfterDays: 5, deleteAfterDays: 9 });
    await holder.day(4);
    expect(await holder.state()).toBe('active');
    await holder.day(6);
    expect(await holder.state()).toBe('suspended');
    await holder.day(10);
    expect(await holder.state()).toBe('deleted');
    await setPolicy({ suspendAfterDays: 0, deleteAfterDays: 15 });
  });

  it('that changes while a debt is open holds from then on, and makes up for nothing', async () => {
    await setPolicy({ collection: NONE });
    const holder = await monthly();
    await holder.day(6);
    await setPolicy({
      collection: {
        remindDays: [1, 8],
        tryDays: [],
        chargeDays: [],
        lateFee: { afterDays: 2, fee: { amountMinor: 100_00 }, taxed: false },
      },
    });
    await holder.day(7);
    expect(await holder.debtMail()).toBe(0);
    await holder.day(9);
    expect(await holder.debtMail()).toBe(1);
    expect(await holder.fees()).toEqual([]);
  });

  it('reaches invoices made by hand', async () => {
    await setPolicy({ collection: { ...NONE, remindDays: [2], tryDays: [4] } });
    const shopper = await shop.shopper();
    const today = shop.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate();
    const invoice = await staff.ok('POST', `/v1/admin/clients/${shopper.clientId}/invoices`, {
      lines: [{ description: 'Перенос сайта', priceMinor: 500_00 }],
      dueOn: today.toString(),
      reason: 'просил',
    });
    await shop.settle();
    await shop.moveTo(`${today.add({ days: 3 }).toString()}T09:00:00Z`);
    const mails = await shop.mailTo(shopper);
    expect(mails.map(({ template }) => template)).toContain('orders.debt');
    await shop.fund(shopper, 500_00n);
    await shop.moveTo(`${today.add({ days: 5 }).toString()}T09:00:00Z`);
    expect((await shopper.ok('GET', `/v1/invoices/${invoice.id}`)).state).toBe('paid');
  });

  it.each([['that deletes before it suspends', { suspendAfterDays: 9, deleteAfterDays: 3 }]])(
    '%s is refused',
    async (_what, change) => {
      const answer = await setPolicy(change);
      expect([answer.status, answer.body.code]).toEqual([422, 'policy-invalid']);
    },
  );

  it('of another seller’s brand is not to be changed', async () => {
    const stranger = await shop.staff('northbyte.localhost');
    const { brandId, policy } = await policyOf();
    const path = `/v1/admin/brands/${brandId}/collection-policy`;
    const refused = await stranger.call('PUT', path, { policy });
    expect([refused.status, refused.body.code]).toEqual([404, 'brand-not-found']);
  });
});

describe('the steps of a debt', () => {
  const due = {
    dueOn: Temporal.PlainDate.from('2023-06-10'),
    doneOn: Temporal.PlainDate.from('2023-06-10'),
    zone: 'Europe/Moscow',
    feeInvoiceId: null,
  };
  const lateFee = { afterDays: 3, fee: { percentBp: 333 }, taxed: false };
  const policy = { remindDays: [1, 3], tryDays: [3, 30], chargeDays: [], lateFee };

  it('are done once each, however late, the try first', () => {
    const late = Temporal.PlainDate.from('2023-06-20');
    expect(collectionStepsOn(due, policy, late)).toEqual(['try', 'remind', 'fee']);
    const charged = { ...due, feeInvoiceId: 'inv_1' };
    expect(collectionStepsOn(charged, policy, late)).toEqual(['try', 'remind']);
  });

  it('come at nine in the morning of the seller’s day, and end', () => {
    expect(nextCollectionAt(due, policy)?.toString()).toBe('2023-06-11T06:00:00Z');
    const done = { ...due, doneOn: Temporal.PlainDate.from('2023-07-10') };
    expect(nextCollectionAt(done, policy)).toBeNull();
  });

  it('charge a share rounded half up', () => {
    // 3.33 % of 790.00 is 26.307.
    expect(lateFeeMinor(lateFee, 790_00n)).toBe(26_31n);
  });
});
