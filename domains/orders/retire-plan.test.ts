import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

/** Demo prices for one month: Linux Start 790.00, Grow 1 490.00, Pro 2 890.00; VAT inside. */
let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(() => shop.stop());

type Held = { shopper: Shopper; id: string };
const PRICES: Readonly<Record<string, number>> = { 'linux-start': 790_00, 'linux-grow': 1_490_00 };

async function monthly(domainName: string, planId: string): Promise<Held> {
  const shopper = await shop.shopper();
  await shop.fund(shopper, 100_000_00n);
  const order = await shopper.ok('POST', '/v1/orders', {
    ...{ productId: 'reseller-hosting-linux', planId, termMonths: 1, domainName },
    expectedTotalMinor: PRICES[planId],
    payFromBalance: true,
  });
  await shop.settle();
  return { shopper, id: order.subscriptionId };
}

async function publish(change: object): Promise<string> {
  const draft = { title: 'Новые условия', noticeDays: 10, prices: [], inclusions: [] };
  const { id } = await staff.ok('POST', '/v1/admin/catalogue/editions', { ...draft, ...change });
  await staff.ok('POST', `/v1/admin/catalogue/editions/${id}/publish`, {});
  await shop.settle();
  return id;
}

const read = ({ shopper, id }: Held) => shopper.ok('GET', `/v1/subscriptions/${id}`);

async function mailsOf({ shopper }: Held, template: string) {
  const mails = (await shop.mailTo(shopper)).filter((mail) => mail.template === template);
  return mails.map(({ subject, text }) => `${subject}\n${text}`.replaceAll('\u202f', ' '));
}

async function chargedOf({ id }: Held): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', l.period_start, l.item_id, l.total_minor) as line
    from invoice_line l join invoice i on i.branch_id = l.branch_id and i.id = l.invoice_id
    join order_request o on o.branch_id = i.branch_id and o.id = i.subject
    where l.subscription_id = ${id} and o.kind = 'renewal' and i.state = 'paid'
      and i.buyer_kind = 'client'
    order by l.period_start, l.no`.execute(shop.runtime.db);
  return rows.map(({ line }) => line);
}

describe('a plan that is retired with a successor', () => {
  let held: Held;
  let chooses: Held;

  it('is told to its holders, with what the successor costs', async () => {
    held = await monthly('retired.example', 'linux-start');
    chooses = await monthly('chooses.example', 'linux-start');
    await publish({
      ...{ effectiveOn: '2023-06-01', existingOn: '2023-07-01' },
      retirements: [{ planId: 'linux-start', successorId: 'linux-grow' }],
    });
    const [mail] = await mailsOf(held, 'orders.change-notice');
    // The first boundary of the 10th from 1 July on.
    expect(mail).toContain('с 10 июля 2023 продление стоит 1 490,00 ₽');
    expect(mail).toContain('больше не продаётся');
  });

  it('is not sold from its day on', async () => {
    await shop.moveTo('2023-06-02T09:00:00Z');
    const shopper = await shop.shopper();
    const shown = await shopper.ok('GET', '/v1/shop/catalogue');
    const linux = shown.products.find((one: { id: string }) => one.id === 'reseller-hosting-linux');
    expect(linux.plans.map(({ id }: { id: string }) => id)).toEqual(['linux-grow', 'linux-pro']);
    const { body } = await shopper.call('POST', '/v1/orders', {
      ...{ productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 },
      ...{ domainName: 'late.example', expectedTotalMinor: 790_00, payFromBalance: true },
    });
    expect(body.code).toBe('plan-not-sold');
  });

  it('goes over to the successor when the paid boundary comes, and not before', async () => {
    await shop.moveTo('2023-07-04T09:00:00Z');
    expect(await chargedOf(held)).toEqual([
      '2023-06-10 linux-start 79000',
      // Invoiced and paid on 3 July, for the period from 10 July.
      '2023-07-10 linux-grow 149000',
    ]);
    expect(await read(held)).toMatchObject({ planId: 'linux-start', periodEnd: '2023-08-10' });
    // Who chooses for themselves meanwhile gets both periods back, and goes over to nothing else.
    const path = `/v1/subscriptions/${chooses.id}/plan-change`;
    const choice = { planId: 'linux-pro' };
    const quote = await chooses.shopper.ok('POST', `${path}/quote`, choice);
    // 6 of 30 days at 2 890.00 instead of 790.00, and a month at 2 890.00 instead of 1 490.00.
    expect(quote.netMinor).toBe(578_00 - 158_00 + 2_890_00 - 1_490_00);
    await chooses.shopper.ok('POST', path, {
      ...{ ...choice, expectedNetMinor: quote.netMinor, payFromBalance: true },
    });
    await shop.moveTo('2023-07-09T21:00:00Z');
    await shop.settle();
    expect(await read(chooses)).toMatchObject({ planId: 'linux-pro', periodEnd: '2023-08-10' });
    expect(await read(held)).toMatchObject({ planId: 'linux-grow' });
    const { rows } = await sql<{ limits: { accounts: number } }>`
      select limits from package_account where subscription_id = ${held.id}
      `.execute(shop.runtime.db);
    const { products } = await staff.ok('GET', '/v1/admin/catalogue');
    const plans = products.flatMap(({ plans: own }: { plans: object[] }) => own);
    const grow = plans.find(({ id }: { id: string }) => id === 'linux-grow');
    expect(rows[0]?.limits.accounts).toBe(grow.limits.accounts);
  });

  it('goes on as the successor from then on', async () => {
    await shop.moveTo('2023-09-12T09:00:00Z');
    expect((await chargedOf(held)).slice(2)).toEqual([
      '2023-08-10 linux-grow 149000',
      '2023-09-10 linux-grow 149000',
    ]);
    const { items } = await held.shopper.ok('GET', `/v1/subscriptions/${held.id}/history`);
    expect(items.map(({ name }: { name: string }) => name)).toContain('subscription.plan-changed');
  });

  it('refuses a successor of another product', async () => {
    const { body } = await staff.call('POST', '/v1/admin/catalogue/editions', {
      ...{ title: 'x', effectiveOn: '2024-01-01', existingOn: null, noticeDays: 0 },
      ...{ prices: [], inclusions: [] },
      retirements: [{ planId: 'linux-grow', successorId: 'windows-grow' }],
    });
    expect(body.code).toBe('successor-of-another-product');
  });
});

describe('a component that only stays when its holder wants it', () => {
  let keeps: Held;
  let leaves: Held;

  it('goes with a letter that says what keeping it costs', async () => {
    keeps = await monthly('keeps.example', 'linux-grow');
    leaves = await monthly('leaves.example', 'linux-grow');
    await publish({
      ...{ effectiveOn: '2023-10-01', existingOn: '2023-10-01', carryOver: 'opt-in' },
      prices: [
        {
          ...{ audience: 'clients', item: { kind: 'component', id: 'whmcs' }, currency: 'RUB' },
          ...{ action: 'add', termMonths: 1, monthlyMinor: 800_00 },
        },
      ],
      inclusions: [{ planId: 'linux-grow', componentId: 'whmcs', mode: 'addon' }],
    });
    const [mail] = await mailsOf(leaves, 'orders.change-notice');
    expect(mail).toContain('Чтобы оставить за 800,00 ₽');
  });

  it('shows the price of keeping it before any click', async () => {
    const { quote, stays } = await keeps.shopper.ok('GET', `/v1/subscriptions/${keeps.id}/renewal`);
    expect(quote.totalMinor).toBe(1_490_00);
    expect(stays).toEqual([{ entitlementId: await whmcsId(keeps), totalMinor: 800_00 }]);
    await keeps.shopper.ok(
      'PUT',
      `/v1/subscriptions/${keeps.id}/components/${await whmcsId(keeps)}/renewal`,
      { renews: true },
    );
    expect(await keeps.shopper.ok('GET', `/v1/subscriptions/${keeps.id}/renewal`)).toMatchObject({
      quote: { totalMinor: 2_290_00 },
      stays: [],
    });
  });

  it('is charged to who keeps it, and gone at the boundary for who does not', async () => {
    // Bought on 12 September: 12 October is the first boundary that the change reaches.
    await shop.moveTo('2023-10-05T09:00:00Z');
    expect(await chargedOf(keeps)).toEqual([
      '2023-10-12 linux-grow 149000',
      '2023-10-12 whmcs 80000',
    ]);
    expect(await chargedOf(leaves)).toEqual(['2023-10-12 linux-grow 149000']);
    expect(await whmcsOf(leaves)).toMatchObject({ state: 'grandfathered' });
    await shop.moveTo('2023-10-12T09:00:00Z');
    expect(await whmcsOf(leaves)).toMatchObject({ state: 'deleted' });
    expect(await whmcsOf(keeps)).toMatchObject({ state: 'bought' });
  });
});

describe('a new term and a new add-on in a change', () => {
  const price = (kind: 'plan' | 'component', id: string, termMonths: number, rubles: number) => ({
    ...{ audience: 'clients', item: { kind, id }, currency: 'RUB', action: 'add' },
    ...{ termMonths, monthlyMinor: rubles * 100 },
  });

  it('are sold from their day on, to new packages and to those that were there', async () => {
    const shopper = await shop.shopper();
    await shop.fund(shopper, 100_000_00n);
    const buy = (termMonths: number, domainName: string, totalMinor: number) =>
      shopper.call('POST', '/v1/orders', {
        ...{ productId: 'reseller-hosting-linux', planId: 'linux-pro', termMonths, domainName },
        ...{ expectedTotalMinor: totalMinor, payFromBalance: true },
      });
    await staff.ok('PUT', '/v1/admin/catalogue/components/spare-accounts', {
      ...{ kind: 'capacity', name: { ru: 'Запас', en: 'Spare' }, description: { ru: '', en: '' } },
      ...{ refundable: true, irrevocable: false, quantityMax: 5, provides: { accounts: 1 } },
      ...{ sort: 99, supplier: null },
    });
    // Sold by the year alone.
    await publish({
      ...{ effectiveOn: '2023-10-12', existingOn: null },
      prices: [price('plan', 'linux-pro', 12, 2290)],
    });
    const yearly = await buy(12, 'yearly.example', 27_480_00);
    expect(yearly.status).toBe(200);
    await publish({
      ...{ effectiveOn: '2023-11-01', existingOn: '2023-11-01' },
      prices: [
        price('plan', 'linux-pro', 1, 2890),
        price('plan', 'linux-pro', 12, 2290),
        price('component', 'spare-accounts', 1, 99),
      ],
      inclusions: [{ planId: 'linux-pro', componentId: 'spare-accounts', mode: 'addon' }],
    });
    const addOn = `/v1/subscriptions/${yearly.body.subscriptionId}/add-ons/quote`;
    const accounts = { componentId: 'spare-accounts', quantity: 1 };
    expect((await buy(1, 'monthly.example', 2_890_00)).body.code).toBe('plan-not-sold');
    expect((await shopper.call('POST', addOn, accounts)).status).toBeGreaterThanOrEqual(400);
    await shop.moveTo('2023-11-01T09:00:00Z');
    expect((await buy(1, 'monthly.example', 2_890_00)).status).toBe(200);
    // 12 × 99.00 for 346 of the 366 days to 12 October 2024.
    expect((await shopper.call('POST', addOn, accounts)).body.totalMinor).toBe(1_123_08);
  });
});

const componentsOf = async (held: Held): Promise<{ componentId: string; id: string }[]> =>
  (await read(held)).components;

const whmcsOf = async (held: Held) =>
  (await componentsOf(held)).find(({ componentId }) => componentId === 'whmcs');

const whmcsId = async (held: Held) => (await whmcsOf(held))?.id;
