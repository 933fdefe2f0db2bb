import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { clientsRoutes, findClient } from '#domains/clients/index.ts';
import { createStaff, identify, identityJobs, identityRoutes } from '#domains/identity/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { apiRoutes } from '#platform/http/api.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { aClient, anOrder, aQuote, aSeller, payIn, rub } from './fixtures.ts';
import { billingRoutes, issueInvoice, settleInvoice, verifyBilling } from './index.ts';
import type { Invoice, InvoiceOrder } from './index.ts';

const PASSWORD = 'correct horse battery';
type Shop = { seller: Seller; brand: Brand; host: string };

let test: TestRuntime;
let app: ReturnType<typeof apiRoutes>;
let operator: Shop;
let reseller: Shop;
let made = 0;

beforeAll(async () => {
  test = await startTestRuntime({
    now: '2023-05-01T09:00:00Z',
    parts: { jobs: identityJobs, subscribers: [], agenda: [] },
  });
  operator = await openShop('localhost', null);
  reseller = await openShop('north.localhost', operator.seller.id);
  const routes = { identity: identityRoutes, clients: clientsRoutes, billing: billingRoutes };
  app = apiRoutes(test.runtime, routes, identify(test.runtime));
});
afterAll(() => test.stop());

function openShop(host: string, parentId: string | null): Promise<Shop> {
  return test.run(async (ctx) => {
    const seller = await aSeller(ctx, host, parentId);
    const brand = await createBrand(ctx, {
      sellerId: seller.id,
      name: host,
      hosts: [host],
      languages: ['ru', 'en'],
      defaultLanguage: 'ru',
      currency: 'RUB',
      accent: '#2f4bd8',
      pricesIncludeTax: true,
      supportEmail: 'help@stoika.test',
    });
    return { seller, brand, host };
  });
}

/** A client signed in at a shop, with money on the balance and a way to be charged. */
async function newClient({ seller, brand, host }: Shop, minor = 0n) {
  const visitor = new Visitor(app, { host });
  const { body } = await visitor.call('POST', '/v1/account', {
    email: `client-${(made += 1)}@example.test`,
    password: PASSWORD,
    name: `Клиент ${made}`,
    country: 'RU',
    language: 'ru',
  });
  const client = await test.run((ctx) => findClient(ctx, body.clientId));
  if (!client) throw new Error('no client');
  const { branch, id } = client;
  if (minor > 0n) {
    const account = { branch, book: seller.id, code: `balance:${id}` };
    await test.run((ctx) => payIn(ctx, account, minor, `top-up:${id}`));
  }
  const issue = (over: Partial<InvoiceOrder> = {}) =>
    test.run((ctx) =>
      issueInvoice(ctx, {
        ...anOrder(seller, { ...aClient(id), id }, branch),
        brandId: brand.id,
        ...over,
      }),
    );
  return { visitor, id, issue };
}

async function newStaff({ seller, brand, host }: Shop, role = 'billing'): Promise<Visitor> {
  const email = `${role}-${(made += 1)}@stoika.test`;
  const person = { brandId: brand.id, sellerId: seller.id, role, email, password: PASSWORD };
  await test.run((ctx) => createStaff(ctx, { ...person, name: role, language: 'ru' }));
  const visitor = new Visitor(app, { host });
  await visitor.call('POST', '/v1/session', { email, password: PASSWORD });
  return visitor;
}

const key = () => ({ 'idempotency-key': randomUUID() });

async function pdfOf(visitor: Visitor, host: string, path: string): Promise<Response> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return app.fetch(new Request(`http://${host}${path}`, { headers: { host, cookie } }), {
    incoming: { socket: { remoteAddress: '127.0.0.1' } },
  });
}

const pay = (invoice: Invoice) =>
  test.run((ctx) =>
    settleInvoice(ctx, invoice.id, {
      amount: rub(invoice.totalMinor),
      from: { code: 'cash:card' },
      cause: `pay:${invoice.id}`,
    }),
  );

describe('a client', () => {
  it('lists and reads the own invoices, each line with how its price comes about', async () => {
    const client = await newClient(operator, 1_000_00n);
    const first = await client.issue();
    const second = await client.issue({ cause: 'order:2' });
    const list = await client.visitor.call('GET', '/v1/invoices?limit=1');
    expect(list.body.items.map((item: { id: string }) => item.id)).toEqual([second.id]);
    const next = encodeURIComponent(list.body.next);
    const rest = await client.visitor.call('GET', `/v1/invoices?cursor=${next}`);
    expect(rest.body.items.map((item: { id: string }) => item.id)).toEqual([first.id]);
    const { body } = await client.visitor.call('GET', `/v1/invoices/${first.id}`);
    expect(body).toMatchObject({
      state: 'issued',
      total: { minor: 27_600_00, currency: 'RUB' },
      due: { minor: 27_600_00 },
      balance: { minor: 1_000_00 },
      payments: [],
    });
    expect(body.lines[1]).toMatchObject({
      itemId: 'whmcs',
      monthly: { minor: 800_00 },
      termMonths: 12,
      share: { part: 366, whole: 366 },
      amount: { minor: 9_600_00 },
      refundable: false,
    });
  });

  it('pays from the balance once, however often the button is pressed', async () => {
    const client = await newClient(operator, 60_000_00n);
    const { id } = await client.issue();
    const path = `/v1/invoices/${id}/pay-from-balance`;
    const pressed = key();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.visitor.call('POST', path, {}, pressed)),
    );
    for (const { status, body } of answers) {
      expect([status, body.state]).toEqual([200, 'paid']);
    }
    const { body } = await client.visitor.call('GET', `/v1/invoices/${id}`);
    expect(body.balance.minor).toBe(32_400_00);
    expect(body.payments).toMatchObject([{ amount: { minor: 27_600_00 }, from: 'balance' }]);
    const again = await client.visitor.call('POST', path, {}, key());
    expect([again.status, again.body.code]).toEqual([409, 'invoice-already-paid']);
    const without = await client.visitor.call('POST', path, {});
    expect(without.body.code).toBe('idempotency-key-missing');
  });

  it('is told what the balance lacks', async () => {
    const client = await newClient(operator);
    const { id } = await client.issue();
    const path = `/v1/invoices/${id}/pay-from-balance`;
    const { status, body } = await client.visitor.call('POST', path, {}, key());
    expect([status, body.code]).toEqual([402, 'balance-too-low']);
    expect(body.params).toMatchObject({ missing: '27600.00', currency: 'RUB' });
  });

  it('takes the PDF home in either language', async () => {
    const client = await newClient(operator);
    const { id } = await client.issue();
    for (const language of ['ru', 'en']) {
      const path = `/v1/invoices/${id}/pdf?language=${language}`;
      const response = await pdfOf(client.visitor, 'localhost', path);
      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('content-disposition')).toContain(`-${language}.pdf`);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('never meets the invoices of anybody else', async () => {
    const owner = await newClient(operator, 60_000_00n);
    const { id } = await owner.issue();
    const strangers = [await newClient(operator), await newClient(reseller)];
    for (const { visitor } of strangers) {
      for (const path of [`/v1/invoices/${id}`, `/v1/invoices/${id}/pdf`]) {
        expect((await visitor.call('GET', path)).body.code).toBe('invoice-not-found');
      }
      const paying = await visitor.call('POST', `/v1/invoices/${id}/pay-from-balance`, {}, key());
      expect(paying.body.code).toBe('invoice-not-found');
      expect((await visitor.call('GET', '/v1/invoices')).body.items).toEqual([]);
      expect((await visitor.call('GET', '/v1/admin/invoices')).body.code).toBe('not-allowed');
    }
  });

  it.each(['inv_nonsense', 'cli_01h455vb4pex5vsknk08', "' or 1=1"])(
    'asking for “%s” is refused by name',
    async (id) => {
      const client = await newClient(operator);
      const { status } = await client.visitor.call('GET', `/v1/invoices/${encodeURIComponent(id)}`);
      expect(status).toBe(422);
    },
  );
});

describe('staff', () => {
  it('finds an invoice by number, domain and buyer, and sees the entries behind it', async () => {
    const client = await newClient(operator);
    const invoice = await client.issue({ about: 'needle.example' });
    const staff = await newStaff(operator);
    const find = async (search: string) =>
      (await staff.call('GET', `/v1/admin/invoices?search=${encodeURIComponent(search)}`)).body
        .items;
    expect(await find('needle')).toMatchObject([{ id: invoice.id, buyerId: client.id }]);
    const [{ number }] = await find('needle');
    expect(await find(number.toLowerCase())).toMatchObject([{ id: invoice.id }]);
    expect(await find(client.id)).toMatchObject([{ id: invoice.id }]);
    expect(await find('50%_off')).toEqual([]);
    const { body } = await staff.call('GET', `/v1/admin/invoices/${invoice.id}/entries`);
    expect(body.map((entry: { amount: { minor: number } }) => entry.amount.minor)).toEqual([
      27_600_00, -23_000_00, -4_600_00,
    ]);
  });

  it('voids an unpaid invoice with a reason, and only with one', async () => {
    const client = await newClient(operator);
    const { id } = await client.issue();
    const staff = await newStaff(operator);
    const path = `/v1/admin/invoices/${id}/void`;
    expect((await staff.call('POST', path, { reason: ' ' }, key())).body.code).toBe(
      'input-invalid',
    );
    const { body } = await staff.call('POST', path, { reason: 'ordered twice' }, key());
    expect(body.state).toBe('void');
  });

  it('gives a package back in full within thirty days, later what is unused', async () => {
    const client = await newClient(operator);
    const invoice = await client.issue({ quote: aQuote('2023-05-01') });
    await pay(invoice);
    const staff = await newStaff(operator);
    const { body } = await staff.call('GET', `/v1/admin/invoices/${invoice.id}`);
    expect(body.fullRefundUntil).toBe('2023-05-31');
    expect(body.creditable).toMatchObject([
      { no: 1, unused: { minor: 18_000_00 }, left: { minor: 18_000_00 } },
      { no: 2, unused: { minor: 0 }, left: { minor: 0 } },
    ]);
    const path = `/v1/admin/invoices/${invoice.id}/credit`;
    const unused = { lineNos: [1], removedOn: '2023-05-16', reason: 'closed' };
    const note = await staff.call('POST', path, unused, key());
    expect(note.body).toMatchObject({ kind: 'credit-note', total: { minor: 17_262_30 } });
    const full = { lineNos: [1], how: 'full', reason: 'and the rest' };
    const rest = await staff.call('POST', path, full, key());
    expect(rest.body.total.minor).toBe(737_70);
    const licence = await staff.call('POST', path, { ...full, lineNos: [2] }, key());
    expect(licence.body.code).toBe('nothing-to-credit');
    const own = await client.visitor.call('GET', `/v1/invoices/${note.body.id}`);
    expect(own.body.corrects).toMatchObject({ id: invoice.id });
  });

  it('of a reseller sees the own sales and purchases, never the parent’s', async () => {
    const theirs = await newClient(operator);
    const foreign = await theirs.issue();
    const own = await newClient(reseller);
    const sold = await own.issue();
    const staff = await newStaff(reseller);
    const above = await newStaff(operator);
    const ids = async (visitor: Visitor, query = '') =>
      (await visitor.call('GET', `/v1/admin/invoices?limit=200${query}`)).body.items.map(
        (item: { id: string }) => item.id,
      );
    expect(await ids(staff)).toEqual([sold.id]);
    expect(await ids(staff, '&side=bought')).toEqual([]);
    expect(await ids(above)).toEqual(expect.arrayContaining([sold.id, foreign.id]));
    for (const path of ['', '/entries', '/pdf']) {
      const { body } = await staff.call('GET', `/v1/admin/invoices/${foreign.id}${path}`);
      expect(body.code).toBe('invoice-not-found');
    }
    const voiding = `/v1/admin/invoices/${foreign.id}/void`;
    const refused = await staff.call('POST', voiding, { reason: 'mine now' }, key());
    expect(refused.body.code).toBe('invoice-not-found');
  });

  it('without the permission changes nothing', async () => {
    const client = await newClient(operator);
    const { id } = await client.issue();
    const support = await newStaff(operator, 'support');
    const path = `/v1/admin/invoices/${id}/void`;
    const { body } = await support.call('POST', path, { reason: 'no' }, key());
    expect(body.code).toBe('not-allowed');
  });
});

describe('the books after all this', () => {
  it('agree with the documents', async () => {
    const findings = await test.run(async (ctx) => [
      ...(await verifyLedger(ctx)),
      ...(await verifyBilling(ctx)),
    ]);
    expect(findings.length).toBeGreaterThan(12);
    expect(findings.filter((finding) => finding.problems.length > 0)).toEqual([]);
  });
});
