import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBilling } from '#domains/billing/index.ts';
import { planWhmcsChange } from '#domains/catalog/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

/**
 * The announcement of spring 2023, lived through: WHMCS leaves the packages and becomes an add-on
 * at 800.00 RUB a month from 3 April 2023. Prices of the demo shop, with 20 % VAT inside:
 * Linux Start 640.00 a month for a year and 790.00 for one month, Linux Grow 1 190.00 for a year.
 * Every figure below is worked out by hand in the comment beside it.
 */
describe('WHMCS leaves the packages', () => {
  let shop: TestShop;
  /** Uses WHMCS and stays. */
  let anna: Holder;
  /** Never used it; is told and deletes it. */
  let boris: Holder;
  /** Used it and stops, after her renewal was invoiced. */
  let vera: Holder;
  /** Deletes at once, and buys it again on the very day. */
  let dmitry: Holder;
  /** A new client, after the date. */
  let grigory: Holder;

  beforeAll(async () => {
    shop = await startShop({ now: '2022-04-20T07:00:00Z' });
  });
  afterAll(() => shop.stop());

  it('four clients hold packages that include WHMCS', async () => {
    // 12 × 640.00 = 7 680.00
    boris = await buy(shop, { planId: 'linux-start', termMonths: 12, totalMinor: 7_680_00 });
    await shop.moveTo('2022-05-15T07:00:00Z');
    // 12 × 1 190.00 = 14 280.00
    anna = await buy(shop, { planId: 'linux-grow', termMonths: 12, totalMinor: 14_280_00 });
    await shop.moveTo('2023-01-15T07:00:00Z');
    dmitry = await buy(shop, { planId: 'linux-start', termMonths: 12, totalMinor: 7_680_00 });
    await shop.moveTo('2023-01-31T07:00:00Z');
    vera = await buy(shop, { planId: 'linux-start', termMonths: 1, totalMinor: 790_00 });
    for (const holder of [anna, boris, vera, dmitry]) {
      expect(await whmcsOf(holder)).toMatchObject([{ state: 'included' }]);
      expect(await licenceOf(holder)).toMatchObject({ state: 'active', key: expect.any(String) });
    }
    // Enough for two monthly renewals without WHMCS and not for a third.
    await shop.fund(vera.shopper, 2n * 790_00n);
  });

  it('the change is published, and each holder is told what it means for them and when', async () => {
    await shop.moveTo('2023-02-20T09:00:00Z');
    await shop.run((ctx) =>
      planWhmcsChange(ctx, {
        operatorId: shop.shops.operator.id,
        resellerId: shop.shops.reseller.id,
      }),
    );
    await shop.settle();
    // The first boundary of each own calendar that lies on or after 3 April 2023.
    expect(await changeOf(anna)).toEqual(['15 мая 2023', '14 280,00 ₽', '23 880,00 ₽']);
    expect(await changeOf(boris)).toEqual(['20 апреля 2023', '7 680,00 ₽', '17 280,00 ₽']);
    expect(await changeOf(dmitry)).toEqual(['15 января 2024', '7 680,00 ₽', '17 280,00 ₽']);
    // Monthly from 31 January: 28 February, 31 March, 30 April.
    expect(await changeOf(vera)).toEqual(['30 апреля 2023', '790,00 ₽', '1 590,00 ₽']);
    for (const holder of [anna, boris, vera, dmitry]) {
      expect(await whmcsOf(holder)).toMatchObject([{ state: 'grandfathered' }]);
    }
  });

  it('nobody is told twice', async () => {
    await shop.settle();
    const mails = await shop.mailTo(anna.shopper);
    expect(mails.filter(({ template }) => template === 'orders.change-notice')).toHaveLength(1);
  });

  it('who never used it is told before the renewal is invoiced, and deletes it', async () => {
    // 30 days before 20 April is 21 March; the notice goes out 3 days earlier, at nine in Moscow.
    await shop.moveTo('2023-03-18T05:59:00Z');
    expect(await lastMail(boris, 'orders.renewal-notice')).toBeUndefined();
    await shop.moveTo('2023-03-18T06:00:00Z');
    const notice = await lastMail(boris, 'orders.renewal-notice');
    expect(notice?.subject).toBe(`${boris.domain}: 21 марта 2023 продлим пакет, 17 280,00 ₽`);
    // 12 × 800.00
    expect(notice?.text).toContain('Лицензия WHMCS  9 600,00 ₽');
    await shop.moveTo('2023-03-19T10:00:00Z');
    await deleteWhmcs(boris);
    await shop.moveTo('2023-03-21T06:00:00Z');
    expect(await renewalOf(boris)).toMatchObject({
      quote: { totalMinor: 7_680_00 },
      order: { state: 'awaiting-payment', origin: 'auto', totalMinor: 7_680_00 },
    });
    await shop.fund(boris.shopper, 7_680_00n);
    await payRenewal(boris);
    expect(await packageOf(boris)).toMatchObject({ periodEnd: '2024-04-20', state: 'active' });
    expect(await lastInvoiceOf(boris)).toMatchObject([
      ['package', '2023-04-20', '2024-04-20', 7_680_00],
    ]);
  });

  it('who deletes and buys again pays the exact rest of the term', async () => {
    await deleteWhmcs(dmitry);
    await shop.moveTo('2023-04-03T07:00:00Z');
    await shop.fund(dmitry.shopper, 7_548_49n);
    // 9 600.00 × 287/365 = 7 548.493… → 7 548.49 (3 April 2023 to 15 January 2024 is 287 days).
    const quote = await quoteWhmcs(dmitry);
    expect(quote).toMatchObject({
      totalMinor: 7_548_49,
      lines: [
        {
          monthlyMinor: 800_00,
          termMinor: 9_600_00,
          days: { paid: 287, of: 365 },
          periodStart: '2023-04-03',
          periodEnd: '2024-01-15',
          refundable: false,
        },
      ],
    });
    await buyWhmcs(dmitry, 7_548_49);
    expect(await balanceOf(dmitry)).toBe(0);
    expect(await whmcsOf(dmitry)).toMatchObject([
      { state: 'deleted' },
      { state: 'bought', sinceOn: '2023-04-03' },
    ]);
  });

  it('monthly renewals before the date stayed as they were', async () => {
    // 28 February and 31 March lie before 3 April: 790.00 each, WHMCS kept for nothing.
    expect(await packageOf(vera)).toMatchObject({
      periodStart: '2023-03-31',
      periodEnd: '2023-04-30',
    });
    expect(await balanceOf(vera)).toBe(0);
    expect(await whmcsOf(vera)).toMatchObject([{ state: 'grandfathered' }]);
  });

  it('a new client gets the package without WHMCS and buys it in mid-term', async () => {
    await shop.moveTo('2023-04-10T07:00:00Z');
    grigory = await buy(shop, { planId: 'linux-grow', termMonths: 12, totalMinor: 14_280_00 });
    expect(await whmcsOf(grigory)).toEqual([]);
    await shop.moveTo('2023-04-15T05:00:00Z');
  });

  it('who uses it is charged package and licence on one invoice, from the balance', async () => {
    // 14 280.00 + 12 × 800.00 = 23 880.00
    await shop.fund(anna.shopper, 23_880_00n);
    await shop.moveTo('2023-04-15T06:00:00Z');
    expect(await lastInvoiceOf(anna)).toEqual([
      ['package', '2023-05-15', '2024-05-15', 14_280_00],
      ['addon', '2023-05-15', '2024-05-15', 9_600_00],
    ]);
    const invoice = (await invoicesOf(anna))[0];
    // VAT inside: 23 880.00 × 20/120 = 3 980.00
    expect(invoice).toMatchObject({
      state: 'paid',
      total: { minor: 23_880_00 },
      tax: { minor: 3_980_00 },
    });
    expect(await balanceOf(anna)).toBe(0);
    expect(await packageOf(anna)).toMatchObject({
      periodStart: '2023-05-15',
      periodEnd: '2024-05-15',
    });
    expect(await whmcsOf(anna)).toMatchObject([{ state: 'bought' }]);
  });

  it('who deletes after the invoice came is not charged for it either', async () => {
    await shop.moveTo('2023-04-23T06:00:00Z');
    // 790.00 + 800.00 = 1 590.00, and nothing on the balance.
    expect(await lastInvoiceOf(vera)).toEqual([
      ['package', '2023-04-30', '2023-05-31', 790_00],
      ['addon', '2023-04-30', '2023-05-31', 800_00],
    ]);
    await shop.moveTo('2023-04-25T10:00:00Z');
    await deleteWhmcs(vera);
    const [fresh, old] = await invoicesOf(vera);
    expect(old).toMatchObject({ state: 'void', total: { minor: 1_590_00 } });
    expect(fresh).toMatchObject({ state: 'issued', total: { minor: 790_00 } });
    await shop.fund(vera.shopper, 790_00n);
    await payRenewal(vera);
    // Counted from 31 January: after 30 April comes 31 May, not 30 May.
    expect(await packageOf(vera)).toMatchObject({
      periodStart: '2023-04-30',
      periodEnd: '2023-05-31',
    });
  });

  it('buys it in mid-term at the price for the days that are left', async () => {
    await shop.moveTo('2023-06-20T07:00:00Z');
    await shop.fund(grigory.shopper, 7_737_70n);
    // 10 April 2023 to 10 April 2024 has 366 days, 71 are gone: 9 600.00 × 295/366 = 7 737.704…
    await buyWhmcs(grigory, 7_737_70);
    expect(await whmcsOf(grigory)).toMatchObject([{ state: 'bought', endsOn: null }]);
    // Issued for the term of the package.
    expect(await licenceOf(grigory)).toMatchObject({ state: 'active', validUntil: '2024-04-10' });
  });

  it('deleting is final, and buying again is a new key and a new charge', async () => {
    await shop.moveTo('2023-07-01T07:00:00Z');
    const before = await balanceOf(grigory);
    const first = await licenceOf(grigory);
    await deleteWhmcs(grigory);
    await deleteWhmcs(grigory);
    expect(await balanceOf(grigory)).toBe(before);
    expect(await whmcsOf(grigory)).toMatchObject([{ state: 'deleted', renews: false }]);
    await shop.fund(grigory.shopper, 7_449_18n);
    // 82 days are gone: 9 600.00 × 284/366 = 7 449.180…
    await buyWhmcs(grigory, 7_449_18);
    expect(await whmcsOf(grigory)).toMatchObject([{ state: 'deleted' }, { state: 'bought' }]);
    const second = await licenceOf(grigory);
    expect(second).toMatchObject({ state: 'active', key: expect.any(String) });
    expect(second?.id).not.toBe(first?.id);
    expect(second?.key).not.toBe(first?.key);
  });

  it('no refund was given to anybody, and the books agree', async () => {
    for (const holder of [anna, boris, vera, dmitry, grigory]) {
      const documents = await invoicesOf(holder);
      expect(documents.filter(({ kind }) => kind === 'credit-note')).toEqual([]);
      expect(await balanceOf(holder)).toBe(0);
    }
    const findings = [...(await shop.run(verifyLedger)), ...(await shop.run(verifyBilling))];
    expect(findings.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });

  /** Date, before and after from the change notice's own table. */
  async function changeOf(holder: Holder): Promise<string[]> {
    const mail = await lastMail(holder, 'orders.change-notice');
    const [, date = ''] = /с (\d+ \S+ \d{4}) продление/.exec(mail?.subject ?? '') ?? [];
    const [, before = '', after = ''] =
      /Продление целиком {2}(.+?) {2}(.+)/.exec(mail?.text ?? '') ?? [];
    return [date, before, after].map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' '));
  }

  async function lastMail(holder: Holder, template: string) {
    const mails = (await shop.mailTo(holder.shopper)).filter((mail) => mail.template === template);
    const mail = mails.at(-1);
    const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
    return mail && { subject: plain(mail.subject), text: plain(mail.text) };
  }

  /** Deletes the latest licence, live or not, as its owner does: with the domain typed. */
  async function deleteWhmcs(holder: Holder): Promise<void> {
    const licence = await licenceOf(holder);
    const { call, ok } = holder.shopper;
    const path = `/v1/licences/${licence?.id}/delete`;
    const mistyped = await call('POST', path, { domainName: 'other.ru' });
    expect(mistyped.body.code).toBe('confirmation-invalid');
    const deleted = await ok('POST', path, { domainName: holder.domain });
    expect(deleted.state).toBe('deleted');
    await shop.settle();
  }

  async function buyWhmcs(holder: Holder, totalMinor: number): Promise<void> {
    const { shopper, subscriptionId } = holder;
    await shopper.ok('POST', `/v1/subscriptions/${subscriptionId}/add-ons`, {
      componentId: 'whmcs',
      expectedTotalMinor: totalMinor,
      payFromBalance: true,
    });
    await shop.settle();
  }
});

type Holder = { shopper: Shopper; subscriptionId: string; domain: string };

let bought = 0;

/** Orders over the API, funds the balance with exactly the price, pays from it. */
async function buy(
  shop: TestShop,
  { planId, termMonths, totalMinor }: { planId: string; termMonths: number; totalMinor: number },
): Promise<Holder> {
  const shopper = await shop.shopper();
  const domain = `site-${(bought += 1)}.ru`;
  const cart = { productId: 'reseller-hosting-linux', planId, termMonths, domainName: domain };
  const quote = await shopper.ok('POST', '/v1/shop/quote', cart);
  expect(quote.totalMinor).toBe(totalMinor);
  await shop.fund(shopper, BigInt(totalMinor));
  const order = await shopper.ok('POST', '/v1/orders', {
    ...cart,
    expectedTotalMinor: totalMinor,
    payFromBalance: true,
  });
  await shop.settle();
  return { shopper, subscriptionId: order.subscriptionId, domain };
}

async function packageOf({ shopper, subscriptionId }: Holder) {
  return shopper.ok('GET', `/v1/subscriptions/${subscriptionId}`);
}

type ComponentSeen = { id: string; componentId: string; state: string };

async function whmcsOf(holder: Holder): Promise<ComponentSeen[]> {
  const { components } = await packageOf(holder);
  return components.filter((one: ComponentSeen) => one.componentId === 'whmcs');
}

async function renewalOf({ shopper, subscriptionId }: Holder) {
  return shopper.ok('GET', `/v1/subscriptions/${subscriptionId}/renewal`);
}

/** Pays the renewal that came by itself, by asking for the same again. */
async function payRenewal(holder: Holder): Promise<void> {
  const { shopper, subscriptionId } = holder;
  const { order } = await renewalOf(holder);
  const { termMonths } = await packageOf(holder);
  await shopper.ok('POST', `/v1/subscriptions/${subscriptionId}/renewal`, {
    termMonths,
    expectedTotalMinor: order.totalMinor,
    payFromBalance: true,
  });
}

async function quoteWhmcs({ shopper, subscriptionId }: Holder) {
  return shopper.ok('POST', `/v1/subscriptions/${subscriptionId}/add-ons/quote`, {
    componentId: 'whmcs',
  });
}

type LicenceSeen = { id: string; state: string; key: string | null; validUntil: string | null };

/** The latest licence of a package. */
async function licenceOf({ shopper, subscriptionId }: Holder): Promise<LicenceSeen | undefined> {
  const { items } = await shopper.ok('GET', `/v1/subscriptions/${subscriptionId}/licences`);
  return items[0];
}

type InvoiceSeen = {
  id: string;
  kind: string;
  state: string;
  total: { minor: number };
  tax: { minor: number };
};

/** Newest first. */
async function invoicesOf({ shopper }: Holder): Promise<InvoiceSeen[]> {
  const { items } = await shopper.ok('GET', '/v1/invoices');
  return items;
}

type LineSeen = {
  kind: string;
  periodStart: string;
  periodEnd: string;
  total: { minor: number };
};

async function lastInvoiceOf(holder: Holder): Promise<unknown[]> {
  const [latest] = await invoicesOf(holder);
  const { lines } = await holder.shopper.ok('GET', `/v1/invoices/${latest?.id}`);
  return lines.map((line: LineSeen) => [
    line.kind,
    line.periodStart,
    line.periodEnd,
    line.total.minor,
  ]);
}

async function balanceOf({ shopper }: Holder): Promise<number> {
  const balance = await shopper.ok('GET', '/v1/balance');
  return balance.held.minor;
}
