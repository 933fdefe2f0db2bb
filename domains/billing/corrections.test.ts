import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  await shop.stop();
});

const LINE = { description: 'Перенос сайта', quantity: 2, priceMinor: 1_500_00 };
const BY_HAND = { lines: [LINE], dueOn: '2023-05-20', reason: 'по просьбе клиента' };

const issueFor = (client: Shopper, body: object = BY_HAND) =>
  staff.call('POST', `/v1/admin/clients/${client.clientId}/invoices`, body);

async function standing(code: string) {
  const path = '/v1/admin/reports/trial-balance?from=2023-05-01&through=2023-12-31';
  const { rows } = await staff.ok('GET', path);
  const row = rows.find((one: { code: string }) => one.code === code);
  return row ? row.closing.minor : 0;
}

describe('an invoice made by hand', () => {
  it('has the lines staff wrote, taxed as a sale of today, and the client pays it', async () => {
    const client = await shop.shopper();
    const issued = await issueFor(client);
    expect([issued.status, issued.body]).toMatchObject([
      200,
      { total: { minor: 3_000_00 }, tax: { minor: 500_00 }, state: 'issued', dueOn: '2023-05-20' },
    ]);
    const seen = await client.ok('GET', `/v1/invoices/${issued.body.id}`);
    expect(seen.lines).toMatchObject([
      {
        kind: 'manual',
        description: { ru: 'Перенос сайта' },
        quantity: 2,
        monthly: { minor: 1_500_00 },
        lastDay: '2023-05-10',
      },
    ]);
    await shop.fund(client, 3_000_00n);
    const paid = await client.ok('POST', `/v1/invoices/${issued.body.id}/pay-from-balance`, {});
    expect(paid.state).toBe('paid');
  });

  it('is one, however often it is sent under one key', async () => {
    const client = await shop.shopper();
    const path = `/v1/admin/clients/${client.clientId}/invoices`;
    const all = await Promise.all(
      Array.from({ length: 5 }, () => staff.call('POST', path, BY_HAND, 'by-hand-once')),
    );
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    const list = await client.ok('GET', '/v1/invoices');
    expect(list.items).toHaveLength(1);
  });

  it.each([
    ['a due date in the past', { ...BY_HAND, dueOn: '2023-05-09' }, 'due-date-invalid'],
    [
      'a period that ends before it begins',
      { ...BY_HAND, lines: [{ ...LINE, from: '2023-05-10', through: '2023-05-08' }] },
      'period-invalid',
    ],
    ['no lines', { ...BY_HAND, lines: [] }, 'input-invalid'],
    ['a price of nothing', { ...BY_HAND, lines: [{ ...LINE, priceMinor: 0 }] }, 'input-invalid'],
  ])('with %s is refused', async (_what, body, code) => {
    const refused = await issueFor(await shop.shopper(), body);
    expect(refused.body.code).toBe(code);
  });

  it('of another seller’s client is refused as not found', async () => {
    const client = await shop.shopper();
    const stranger = await shop.staff('northbyte.localhost');
    const path = `/v1/admin/clients/${client.clientId}/invoices`;
    const refused = await stranger.call('POST', path, BY_HAND);
    expect([refused.status, refused.body.code]).toEqual([404, 'client-not-found']);
  });
});

describe('writing a debt off', () => {
  it('takes it from what is owed to the losses, with its reason, once', async () => {
    const client = await shop.shopper();
    const { body: invoice } = await issueFor(client);
    const [owedBefore, lostBefore] = [await standing('receivable'), await standing('bad-debts')];
    const path = `/v1/admin/invoices/${invoice.id}/write-off`;
    await staff.ok('POST', path, { reason: 'должник ликвидирован' });
    const again = await staff.ok('POST', path, { reason: 'ещё раз' });
    expect(again.state).toBe('written-off');
    expect(await standing('receivable')).toBe(owedBefore - 3_000_00);
    expect(await standing('bad-debts')).toBe(lostBefore + 3_000_00);
    const detail = await staff.ok('GET', `/v1/admin/invoices/${invoice.id}`);
    expect(detail).toMatchObject({
      due: { minor: 0 },
      writeOff: { amount: { minor: 3_000_00 }, reason: 'должник ликвидирован' },
    });
  });

  it('leaves nothing to pay; money that comes later is the client’s own', async () => {
    const client = await shop.shopper();
    const { body: invoice } = await issueFor(client);
    await staff.ok('POST', `/v1/admin/invoices/${invoice.id}/write-off`, { reason: 'не платит' });
    await shop.fund(client, 3_000_00n);
    const late = await client.call('POST', `/v1/invoices/${invoice.id}/pay-from-balance`, {});
    expect([late.status, late.body.code]).toEqual([409, 'invoice-written-off']);
    expect((await client.ok('GET', '/v1/balance')).held.minor).toBe(3_000_00);
  });

  it('of an order is refused: nothing of it was rendered, so its invoice is voided', async () => {
    const client = await shop.shopper();
    const order = await client.ok('POST', '/v1/orders', {
      productId: 'reseller-hosting-linux',
      planId: 'linux-start',
      termMonths: 1,
      domainName: 'never-paid.example',
      expectedTotalMinor: 790_00,
    });
    const path = `/v1/admin/invoices/${order.invoiceId}/write-off`;
    const refused = await staff.call('POST', path, { reason: 'не платит' });
    expect([refused.status, refused.body.code]).toEqual([409, 'invoice-of-order']);
  });

  it('of a paid invoice, and by who may not, is refused', async () => {
    const client = await shop.shopper();
    const { body: invoice } = await issueFor(client);
    const stranger = await shop.staff('northbyte.localhost');
    const path = `/v1/admin/invoices/${invoice.id}/write-off`;
    const foreign = await stranger.call('POST', path, { reason: 'чужой' });
    expect(foreign.body.code).toBe('invoice-not-found');
    await shop.fund(client, 3_000_00n);
    await client.ok('POST', `/v1/invoices/${invoice.id}/pay-from-balance`, {});
    const paid = await staff.call('POST', path, { reason: 'поздно' });
    expect([paid.status, paid.body.code]).toEqual([409, 'invoice-already-paid']);
  });
});
