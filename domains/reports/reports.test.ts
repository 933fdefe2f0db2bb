import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { payFromBalance, voidInvoice } from '#domains/billing/index.ts';
import type { Visitor } from '#test/harness/visitor.ts';
import { report, startBooks } from './reports-test.ts';
import type { Shop } from './reports-test.ts';

let books: Awaited<ReturnType<typeof startBooks>>;
let operator: Shop;
let staff: Visitor;

beforeEach(async () => {
  books = await startBooks();
  operator = await books.openShop('localhost', null);
  staff = await books.newStaff(operator);
});
afterEach(() => books.test.stop());

let shops = 0;
const newShop = () => books.openShop(`shop-${(shops += 1)}.localhost`, operator.seller.id);

async function read(name: string, query: Record<string, string>) {
  const { status, body } = await staff.call('GET', report(name, query));
  expect([status, body.code]).toEqual([200, undefined]);
  return body;
}

describe('the trial balance', () => {
  it('shows openings, turnovers and closings, and leads down to the document', async () => {
    const shop = await newShop();
    books.on('2023-05-01');
    const anna = await books.newClient(shop, 'Анна Петрова');
    const invoice = await anna.issue();
    books.on('2023-05-20');
    await books.pay(invoice.id, 20_000_00n);
    books.on('2023-06-05');
    await anna.topUp(1_000_00n);
    const may = { sellerId: shop.seller.id, from: '2023-05-02', through: '2023-05-31' };
    const { rows, totals } = await read('trial-balance', may);
    const figures = rows.map((row: Record<string, { minor: number }> & { code: string }) => [
      row.code,
      ...['opening', 'debit', 'credit', 'closing'].map((key) => row[key]?.minor),
    ]);
    expect(figures).toEqual([
      ['cash:card', 0, 20_000_00, 0, 20_000_00],
      ['deferred-revenue', -23_000_00, 0, 0, -23_000_00],
      ['receivable', 27_600_00, 0, 20_000_00, 7_600_00],
      ['tax:RU', -4_600_00, 0, 0, -4_600_00],
    ]);
    expect(totals).toMatchObject([
      {
        opening: { minor: 0 },
        debit: { minor: 20_000_00 },
        credit: { minor: 20_000_00 },
        closing: { minor: 0 },
      },
    ]);
    const { items } = await read('accounts', { ...may, group: 'receivable' });
    expect(items).toMatchObject([
      { code: `receivable:${anna.id}`, name: 'Анна Петрова', closing: { minor: 7_600_00 } },
    ]);
    const account = { ...may, from: '2023-05-01', code: `receivable:${anna.id}`, currency: 'RUB' };
    const first = await read('entries', { ...account, limit: '1' });
    expect(first.items).toMatchObject([
      { kind: 'payment', documentId: invoice.id, amount: { minor: -20_000_00 } },
    ]);
    const rest = await read('entries', { ...account, limit: '1', cursor: first.next });
    expect(rest).toMatchObject({
      items: [{ kind: 'invoice', documentNumber: 'INV-2023-000001', amount: { minor: 27_600_00 } }],
      next: null,
    });
  });

  it('comes as CSV in both languages', async () => {
    const shop = await newShop();
    books.on('2023-05-01');
    await (await books.newClient(shop, 'Борис')).issue();
    const query = { sellerId: shop.seller.id, from: '2023-05-01', through: '2023-05-31' };
    const path = report('trial-balance/csv', { ...query, language: 'ru' });
    const response = await books.download(staff, path);
    expect(response.headers.get('content-disposition')).toContain('.csv');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString()).toContain(
      'Долги покупателей;receivable;RUB;0,00;27600,00;0,00;27600,00',
    );
  });
});

describe('the ageing of receivables', () => {
  it('puts a debt among its days, each as the day asked for saw it', async () => {
    const shop = await newShop();
    books.on('2023-05-01');
    const anna = await books.newClient(shop, 'Анна');
    const boris = await books.newClient(shop, 'Борис');
    const first = await anna.issue();
    const second = await boris.issue();
    books.on('2023-05-20');
    await books.pay(first.id, 20_000_00n);
    books.on('2023-06-01');
    await books.test.run((ctx) => voidInvoice(ctx, { invoiceId: second.id, reason: 'typo' }));
    books.on('2023-09-01');
    const ages = async (on: string) => {
      const { totals } = await read('ageing', { sellerId: shop.seller.id, on });
      const keys = ['total', 'notDue', 'to30', 'to60', 'to90', 'over90'];
      return keys.map((key) => totals[0][key].minor / 100);
    };
    expect(await ages('2023-05-14')).toEqual([55_200, 55_200, 0, 0, 0, 0]);
    expect(await ages('2023-05-15')).toEqual([55_200, 0, 55_200, 0, 0, 0]);
    expect(await ages('2023-05-20')).toEqual([35_200, 0, 35_200, 0, 0, 0]);
    expect(await ages('2023-06-14')).toEqual([7_600, 0, 7_600, 0, 0, 0]);
    expect(await ages('2023-06-15')).toEqual([7_600, 0, 0, 7_600, 0, 0]);
    expect(await ages('2023-07-15')).toEqual([7_600, 0, 0, 0, 7_600, 0]);
    expect(await ages('2023-08-14')).toEqual([7_600, 0, 0, 0, 0, 7_600]);
    const before = { sellerId: shop.seller.id, on: '2023-05-20' };
    const page = await read('ageing', { ...before, limit: '1' });
    expect(page.items).toMatchObject([{ buyerId: boris.id, total: { minor: 27_600_00 } }]);
    const next = await read('ageing', { ...before, limit: '1', cursor: page.next });
    expect(next).toMatchObject({ items: [{ buyerId: anna.id }], next: null });
    const open = await read('open-invoices', { ...before, buyerId: anna.id });
    expect(open.items).toMatchObject([
      { id: first.id, daysOver: 5, total: { minor: 27_600_00 }, open: { minor: 7_600_00 } },
    ]);
  });

  it('of a day on which nobody owes is empty', async () => {
    const shop = await newShop();
    const empty = await read('ageing', { sellerId: shop.seller.id, on: '2023-05-14' });
    expect(empty).toMatchObject({ items: [], totals: [], next: null });
  });
});

describe('a statement of account', () => {
  it('runs from the opening to the closing balance, documents and payments between', async () => {
    const shop = await newShop();
    books.on('2023-05-01');
    const anna = await books.newClient(shop, '=Анна');
    const first = await anna.issue();
    books.on('2023-05-31');
    await books.pay(first.id, 7_600_00n);
    books.on('2023-06-02');
    await anna.topUp(30_000_00n);
    await books.test.run((ctx) => payFromBalance(ctx, first.id));
    books.on('2023-06-20');
    const unpaid = await anna.issue();
    const query = { clientId: anna.id, from: '2023-06-01', through: '2023-06-30' };
    const body = await read('statement', query);
    expect(body).toMatchObject({
      opening: { minor: 20_000_00 },
      charged: { minor: 27_600_00 },
      received: { minor: 30_000_00 },
      closing: { minor: 17_600_00 },
    });
    expect(body.items).toMatchObject([
      { kind: 'top-up', amount: { minor: -30_000_00 } },
      { kind: 'invoice', documentId: unpaid.id, amount: { minor: 27_600_00 } },
    ]);
    for (const language of ['ru', 'en']) {
      const pdf = await books.download(staff, report('statement/pdf', { ...query, language }));
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      const bytes = Buffer.from(await pdf.arrayBuffer());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
    const csv = await books.download(staff, report('statement/csv', { ...query, language: 'en' }));
    const text = await csv.text();
    expect(text).toContain("'=Анна");
    expect(text).toContain('2023-06-30,Closing balance,,17600.00,');
  });
});

describe('reports', () => {
  it('are for those who may read them, and of the own books alone', async () => {
    const shop = await newShop();
    const other = await newShop();
    const query = { from: '2023-05-01', through: '2023-05-31' };
    const support = await books.newStaff(operator, 'support');
    const refused = await support.call('GET', report('trial-balance', query));
    expect(refused.body.code).toBe('not-allowed');
    const below = await books.newStaff(shop);
    for (const sellerId of [operator.seller.id, other.seller.id]) {
      const { body } = await below.call('GET', report('trial-balance', { ...query, sellerId }));
      expect(body.code).toBe('seller-not-found');
    }
    const stranger = await books.newClient(other, 'Чужой');
    const { body } = await below.call(
      'GET',
      report('statement', { ...query, clientId: stranger.id }),
    );
    expect(body.code).toBe('client-not-found');
    expect((await below.call('GET', '/v1/admin/reports/books')).body).toMatchObject([
      { id: shop.seller.id },
    ]);
  });

  it.each([
    ['trial-balance', '2023-06-01', '2023-05-01'],
    ['trial-balance', '1900-01-01', '2023-05-01'],
    ['revenue', '2020-01', '2023-01'],
  ])('refuse dates that make no sense: %s from %s', async (name, from, through) => {
    const { body } = await staff.call('GET', report(name, { from, through }));
    expect(body.code).toBe('range-invalid');
  });
});
