import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(() => shop.stop());

type Held = { shopper: Shopper; id: string };

/** A paid package on the operator's list: Linux Start for one month, at first 790.00. */
async function monthly(
  domainName: string,
  { language = 'ru', totalMinor = 790_00 }: { language?: 'ru' | 'en'; totalMinor?: number } = {},
): Promise<Held> {
  const shopper = await shop.shopper({ language });
  await shop.fund(shopper, BigInt(totalMinor));
  const order = await shopper.ok('POST', '/v1/orders', {
    ...{ productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1, domainName },
    expectedTotalMinor: totalMinor,
    payFromBalance: true,
  });
  return { shopper, id: order.subscriptionId };
}

const price = (id: string, kind: 'plan' | 'component', rubles: number) => ({
  ...{ audience: 'clients', item: { kind, id }, currency: 'RUB', action: 'add' },
  ...{ termMonths: 1, monthlyMinor: rubles * 100 },
});

async function publish(change: object): Promise<string> {
  const draft = { title: 'Новые условия', noticeDays: 0, prices: [], inclusions: [] };
  const { id } = await staff.ok('POST', '/v1/admin/catalogue/editions', { ...draft, ...change });
  await staff.ok('POST', `/v1/admin/catalogue/editions/${id}/publish`, {});
  await shop.settle();
  return id;
}

const withdraw = (id: string) =>
  staff.call('POST', `/v1/admin/catalogue/editions/${id}/withdraw`, {});

const quoteOf = ({ shopper, id }: Held) =>
  shopper.ok('POST', `/v1/subscriptions/${id}/renewal/quote`, { termMonths: 1 });

/** Mails of one template, oldest first, with plain spaces. */
async function mailsOf({ shopper }: Held, template: string) {
  const mails = (await shop.mailTo(shopper)).filter((mail) => mail.template === template);
  return mails.map(({ subject, text }) => ({
    subject: subject.replaceAll('\u202f', ' '),
    text: text.replaceAll('\u202f', ' '),
  }));
}

const whmcsOf = async ({ shopper, id }: Held) => {
  const { components } = await shopper.ok('GET', `/v1/subscriptions/${id}`);
  return components.find((one: { componentId: string }) => one.componentId === 'whmcs')?.state;
};

describe('a change that was announced and is taken back', () => {
  let russian: Held;
  let english: Held;
  let editionId: string;

  it('was told to those whom it reached', async () => {
    russian = await monthly('russian.example');
    english = await monthly('english.example', { language: 'en' });
    editionId = await publish({
      ...{ effectiveOn: '2023-07-01', existingOn: '2023-07-01' },
      prices: [price('whmcs', 'component', 800)],
      inclusions: [{ planId: 'linux-start', componentId: 'whmcs', mode: 'addon' }],
    });
    expect(await whmcsOf(russian)).toBe('grandfathered');
    expect(await mailsOf(russian, 'orders.change-notice')).toHaveLength(1);
  });

  it('is told off in the language of each, with what the renewal costs now', async () => {
    expect((await withdraw(editionId)).status).toBe(200);
    await shop.settle();
    const [ru] = await mailsOf(russian, 'orders.change-withdrawn');
    const [en] = await mailsOf(english, 'orders.change-withdrawn');
    expect(ru?.subject).toBe('russian.example: изменения с 1 июля 2023 не будет');
    expect(ru?.text).toContain('10 июня 2023 стоит 790,00 ₽');
    expect(en?.subject).toBe('english.example: the change announced for 1 July 2023 will not come');
    expect(await whmcsOf(russian)).toBe('included');
    const { items } = await russian.shopper.ok('GET', `/v1/subscriptions/${russian.id}/history`);
    expect(items.map(({ name }: { name: string }) => name)).toContain('change.withdrawn');
  });

  it('is written in the audit trail, and cannot be taken back twice', async () => {
    const { items } = await staff.ok('GET', `/v1/admin/audit?subjectId=${editionId}`);
    expect(items.map(({ operation }: { operation: string }) => operation)).toContain(
      'orders.withdrawChange',
    );
    expect((await withdraw(editionId)).body.code).toBe('edition-not-published');
    await shop.settle();
    expect(await mailsOf(russian, 'orders.change-withdrawn')).toHaveLength(1);
  });

  it('never reaches a renewal', async () => {
    await shop.fund(russian.shopper, 790_00n);
    await shop.moveTo('2023-07-05T09:00:00Z');
    expect(await quoteOf(russian)).toMatchObject({ totalMinor: 790_00 });
    expect(await whmcsOf(russian)).toBe('included');
  });
});

describe('a change that holds for somebody', () => {
  it('stays once a renewal was invoiced by it, though its day has not come', async () => {
    const held = await monthly('early.example');
    // Bought on 5 July: the boundary is 5 August, invoiced on 29 July.
    const id = await publish({
      ...{ effectiveOn: '2023-08-01', existingOn: '2023-08-01' },
      prices: [price('linux-start', 'plan', 890)],
    });
    await shop.moveTo('2023-07-29T09:00:00Z');
    const { rows } = await sql<{ total: string }>`
      select total_minor::text as total from invoice where buyer_id = ${held.shopper.clientId}
      order by id desc limit 1`.execute(shop.runtime.db);
    expect(rows).toEqual([{ total: '89000' }]);
    expect((await withdraw(id)).body.code).toBe('edition-already-charged');
    expect(await staff.ok('GET', `/v1/admin/catalogue/editions/${id}`)).toMatchObject({
      phase: 'planned',
    });
  });

  it('stays from its day on', async () => {
    const id = await publish({
      effectiveOn: '2023-07-30',
      existingOn: null,
      prices: [price('linux-pro', 'plan', 3000)],
    });
    await shop.moveTo('2023-07-30T09:00:00Z');
    expect((await withdraw(id)).body.code).toBe('edition-in-force');
  });
});

describe('a component between included and paid', () => {
  it('is paid from the boundary the change reaches, and free again after the way back', async () => {
    const held = await monthly('both-ways.example');
    await shop.fund(held.shopper, 100_000_00n);
    // Bought on 30 July 2023: boundaries on the 30th. Linux Start costs 890.00 since 1 August.
    await publish({
      ...{ effectiveOn: '2023-09-01', existingOn: '2023-09-15' },
      prices: [price('whmcs', 'component', 800)],
      inclusions: [{ planId: 'linux-start', componentId: 'whmcs', mode: 'addon' }],
    });
    // A letter for each boundary: the dearer plan from 30 August, the licence from 30 September.
    expect((await mailsOf(held, 'orders.change-notice')).map(({ subject }) => subject)).toEqual([
      'both-ways.example: с 30 августа 2023 продление стоит 890,00 ₽',
      'both-ways.example: с 30 сентября 2023 продление стоит 1 690,00 ₽',
    ]);
    await shop.moveTo('2023-08-25T09:00:00Z');
    expect(await whmcsOf(held)).toBe('grandfathered');
    expect((await quoteOf(held)).lines.map(lineOf)).toEqual(['linux-start 89000', 'whmcs 80000']);
    await publish({
      ...{ effectiveOn: '2023-11-01', existingOn: '2023-11-01' },
      title: 'Снова входит',
      inclusions: [{ planId: 'linux-start', componentId: 'whmcs', mode: 'included' }],
    });
    await shop.moveTo('2024-01-01T09:00:00Z');
    expect(await chargedOf(held)).toEqual([
      '2023-08-30 linux-start 89000',
      '2023-09-30 linux-start 89000',
      '2023-09-30 whmcs 80000',
      '2023-10-30 linux-start 89000',
      '2023-10-30 whmcs 80000',
      // From 30 November it comes with the plan again, without a notice: better needs none.
      '2023-11-30 linux-start 89000',
      '2023-12-30 linux-start 89000',
    ]);
    expect(await whmcsOf(held)).toBe('included');
  });

  it('that was bought becomes free with the plan, and is paid again after another change', async () => {
    const held = await monthly('bought.example', { totalMinor: 890_00 });
    await shop.fund(held.shopper, 100_000_00n);
    // Bought on 1 January 2024 with the package, 250.00 a month.
    await held.shopper.ok('POST', `/v1/subscriptions/${held.id}/add-ons`, {
      componentId: 'dedicated-ip',
      quantity: 1,
      expectedTotalMinor: 250_00,
      payFromBalance: true,
    });
    await publish({
      ...{ effectiveOn: '2024-01-15', existingOn: '2024-01-15' },
      inclusions: [{ planId: 'linux-start', componentId: 'dedicated-ip', mode: 'included' }],
    });
    await shop.moveTo('2024-02-20T09:00:00Z');
    await publish({
      ...{ effectiveOn: '2024-03-01', existingOn: '2024-03-01', noticeDays: 10 },
      prices: [price('dedicated-ip', 'component', 270)],
      inclusions: [{ planId: 'linux-start', componentId: 'dedicated-ip', mode: 'addon' }],
    });
    await shop.moveTo('2024-04-02T09:00:00Z');
    const charged = await chargedOf(held);
    expect(charged.filter((line) => line.includes('dedicated-ip'))).toEqual([
      // Free on 1 February; told on 20 February with ten days' notice: paid on 1 March again.
      '2024-03-01 dedicated-ip 27000',
      '2024-04-01 dedicated-ip 27000',
    ]);
  });
});

type Line = { itemId: string; totalMinor: number };
const lineOf = ({ itemId, totalMinor }: Line) => `${itemId} ${totalMinor}`;

/** What its renewals were charged for, by boundary. */
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
