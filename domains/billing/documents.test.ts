import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { date } from '#domains/catalog/fixtures.ts';
import { balanceOf, entriesOfDocument, moneyHeld } from '#domains/ledger/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { makeId } from '#kit/id.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { aClient, anOrder, aQuote, aSeller, payIn, rub } from './fixtures.ts';
import type { InvoiceOrder, Quote } from './index.ts';
import { sealOf } from './seal-invoices.ts';
import { selectInvoice, selectLines } from './store.ts';
import {
  chargeUpstream,
  creditLines,
  findInvoice,
  invoiceNumber,
  issueInvoice,
  linesOf,
  payFromBalance,
  settleInvoice,
  voidInvoice,
} from './index.ts';

let test: TestRuntime;
let operator: Seller;
let made = 0;

beforeAll(async () => {
  test = await startTestRuntime({ now: '2023-05-01T09:00:00Z' });
  operator = await test.run((ctx) => aSeller(ctx, 'Стойка'));
});
afterAll(() => test.stop());

/** A client of the operator in a branch of its own, with money on the balance. */
async function newClient(minor = 0n) {
  const branch = 100 + ++made;
  const buyer = aClient(makeId('cli', branch, Date.now(), made));
  const account = { branch, book: operator.id, code: `balance:${buyer.id}`, currency: 'RUB' };
  if (minor > 0n) await test.run((ctx) => payIn(ctx, account, minor, 'top-up'));
  const issue = (over: Partial<InvoiceOrder> = {}) =>
    test.run((ctx) => issueInvoice(ctx, anOrder(operator, buyer, branch, over)));
  const held = async () => (await test.run((ctx) => moneyHeld(ctx, account))).minor;
  const stands = async (code: string) =>
    (await test.run((ctx) => balanceOf(ctx, { ...account, code }))).minor;
  return { branch, buyer, issue, held, stands, owes: () => stands(`receivable:${buyer.id}`) };
}

const pay = (invoiceId: string, minor: bigint, cause: string) =>
  test.run((ctx) =>
    settleInvoice(ctx, invoiceId, { amount: rub(minor), from: { code: 'cash:card' }, cause }),
  );

async function announced(subject: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from event where subject_id = ${subject} order by id`.execute(test.runtime.db);
  return rows.map((row) => row.name);
}

describe('issuing an invoice', () => {
  it('writes down the quote line for line and what the buyer owes', async () => {
    const client = await newClient();
    const quote = aQuote();
    const invoice = await client.issue({ quote });
    expect(invoice).toMatchObject({
      state: 'issued',
      netMinor: 23_000_00n,
      taxMinor: 4_600_00n,
      totalMinor: 27_600_00n,
      paidMinor: 0n,
      issuedOn: date('2023-05-01'),
    });
    const lines = await test.run((ctx) => linesOf(ctx, invoice));
    const plain = (line: object) =>
      JSON.stringify(line, (_, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
    for (const [index, line] of lines.entries()) {
      const { itemKind: _, state: __, ...quoted } = quote.lines[index] ?? ({} as Quote['lines'][0]);
      expect(JSON.parse(plain(line))).toMatchObject(JSON.parse(plain(quoted)));
    }
    expect(lines).toHaveLength(quote.lines.length);
    expect(await client.owes()).toBe(27_600_00n);
    expect(await client.stands('deferred-revenue')).toBe(-23_000_00n);
    expect(await client.stands('tax:RU')).toBe(-4_600_00n);
    expect(await announced(invoice.id)).toEqual(['invoice.issued']);
    expect(await test.run((ctx) => findInvoice(ctx, invoice.id))).toEqual(invoice);
  });

  it('once per cause, however often and however many at once ask for it', async () => {
    const client = await newClient();
    const all = await Promise.all(Array.from({ length: 6 }, () => client.issue()));
    expect(new Set(all.map((invoice) => invoice.id)).size).toBe(1);
    expect(await client.owes()).toBe(27_600_00n);
  });

  it('what costs nothing is paid at once', async () => {
    const client = await newClient();
    const invoice = await client.issue({ quote: aQuote('2023-05-01', 10_000) });
    expect(invoice).toMatchObject({ state: 'paid', totalMinor: 0n });
    expect(await announced(invoice.id)).toEqual(['invoice.paid']);
    const again = await client.issue({ quote: aQuote('2023-05-01', 10_000) });
    expect(again.id).toBe(invoice.id);
  });

  it('is dated by the seller’s clock, not by Greenwich', async () => {
    const client = await newClient();
    const late = await startTestRuntime({ now: '2023-12-31T22:30:00Z' });
    try {
      const seller = await late.run((ctx) => aSeller(ctx, 'Стойка'));
      const invoice = await late.run((ctx) =>
        issueInvoice(ctx, anOrder(seller, client.buyer, client.branch)),
      );
      expect(invoice.issuedOn.toString()).toBe('2024-01-01');
      expect(invoiceNumber(invoice)).toBe('INV-2024-000001');
    } finally {
      await late.stop();
    }
  });
});

describe('numbers', () => {
  it('run without gap or repeat, though every third transaction fails', async () => {
    const seller = await test.run((ctx) => aSeller(ctx, 'Num', operator.id));
    const tries = Array.from({ length: 45 }, async (_, index) => {
      const branch = 500 + (index % 5);
      const buyer = aClient(makeId('cli', branch, Date.now(), 900 + index));
      return test.run(async (ctx) => {
        const order = anOrder(seller, buyer, branch, { cause: `numbered:${index}` });
        const invoice = await issueInvoice(ctx, order);
        if (index % 3 === 0) throw new Error('afterwards something failed');
        return invoice.no;
      });
    });
    const settled = await Promise.allSettled(tries);
    const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });
});

describe('paying an invoice', () => {
  it('in parts leaves it open until nothing is due', async () => {
    const client = await newClient();
    const { id } = await client.issue();
    expect(await pay(id, 20_000_00n, 'pay-1')).toMatchObject({
      state: 'issued',
      paidMinor: 20_000_00n,
    });
    expect(await pay(id, 7_600_00n, 'pay-2')).toMatchObject({
      state: 'paid',
      paidMinor: 27_600_00n,
    });
    expect(await client.owes()).toBe(0n);
    expect(await announced(id)).toEqual(['invoice.issued', 'invoice.paid']);
  });

  it('with the same payment twice, or ten times at once, counts once', async () => {
    const client = await newClient();
    const { id } = await client.issue();
    await Promise.all(Array.from({ length: 10 }, () => pay(id, 27_600_00n, 'pay-once')));
    expect(await client.held()).toBe(0n);
    expect(await client.stands('cash:card')).toBe(27_600_00n);
    expect(await announced(id)).toEqual(['invoice.issued', 'invoice.paid']);
  });

  it('with more than is due keeps the rest for the client', async () => {
    const client = await newClient();
    const { id } = await client.issue();
    await pay(id, 30_000_00n, 'pay-more');
    expect(await client.held()).toBe(2_400_00n);
  });

  it('after it was voided keeps all of the money for the client', async () => {
    const client = await newClient();
    const { id } = await client.issue();
    await test.run((ctx) => voidInvoice(ctx, { invoiceId: id, reason: 'ordered twice' }));
    expect(await pay(id, 27_600_00n, 'pay-late')).toMatchObject({ state: 'void', paidMinor: 0n });
    expect(await client.held()).toBe(27_600_00n);
  });

  it.each([
    ['nothing', rub(0n), 'amount-invalid'],
    ['less than nothing', rub(-5n), 'amount-invalid'],
    ['other money', { minor: 5n, currency: 'USD' }, 'currency-differs'],
  ])('with %s is refused', async (_, amount, code) => {
    const client = await newClient();
    const { id } = await client.issue();
    const settling = test.run((ctx) =>
      settleInvoice(ctx, id, { amount, from: { code: 'cash:card' }, cause: 'odd' }),
    );
    await expect(settling).rejects.toMatchObject({ code });
  });

  it('from the balance takes exactly what is due', async () => {
    const client = await newClient(30_000_00n);
    const { id } = await client.issue();
    await pay(id, 600_00n, 'part');
    const paid = await test.run((ctx) => payFromBalance(ctx, id));
    expect(paid.state).toBe('paid');
    expect(await client.held()).toBe(3_000_00n);
    await expect(test.run((ctx) => payFromBalance(ctx, id))).rejects.toMatchObject({
      code: 'invoice-already-paid',
    });
  });

  it('from a balance that is too small says what is missing and changes nothing', async () => {
    const client = await newClient(7_600_00n);
    const { id } = await client.issue();
    await expect(test.run((ctx) => payFromBalance(ctx, id))).rejects.toMatchObject({
      code: 'balance-too-low',
      params: { missingMinor: 20_000_00 },
    });
    expect(await client.held()).toBe(7_600_00n);
    expect(await client.owes()).toBe(27_600_00n);
  });

  it('from one balance that pays for one of two: one is paid, never half of each', async () => {
    const client = await newClient(30_000_00n);
    const two = [await client.issue(), await client.issue({ cause: 'order:2' })];
    const tries = await Promise.allSettled(
      two.map(({ id }) => test.run((ctx) => payFromBalance(ctx, id))),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await client.held()).toBe(2_400_00n);
  });
});

describe('taking an invoice back', () => {
  it('leaves nothing owed and the document readable', async () => {
    const client = await newClient();
    const { id } = await client.issue();
    const take = () => test.run((ctx) => voidInvoice(ctx, { invoiceId: id, reason: 'typo' }));
    expect((await take()).state).toBe('void');
    expect((await take()).state).toBe('void');
    expect(await client.owes()).toBe(0n);
    expect(await client.stands('deferred-revenue')).toBe(0n);
    expect(await announced(id)).toEqual(['invoice.issued', 'invoice.voided']);
  });

  it('is refused once anything was paid', async () => {
    const client = await newClient();
    const { id } = await client.issue();
    const take = () => test.run((ctx) => voidInvoice(ctx, { invoiceId: id, reason: 'typo' }));
    await pay(id, 1_00n, 'a-little');
    await expect(take()).rejects.toMatchObject({ code: 'invoice-partly-paid' });
    await pay(id, 27_599_00n, 'the-rest');
    await expect(take()).rejects.toMatchObject({ code: 'invoice-already-paid' });
  });
});

describe('a credit note', () => {
  const credit = (invoiceId: string, over = {}) =>
    test.run((ctx) =>
      creditLines(ctx, {
        invoiceId,
        lineNos: [1],
        removedOn: date('2023-08-01'),
        fullUntilOn: null,
        on: date('2023-08-01'),
        reason: 'package closed',
        cause: `closed:${invoiceId}`,
        ...over,
      }),
    );

  it('gives back what is unused of a paid package, with its tax, to the balance', async () => {
    const client = await newClient();
    const invoice = await client.issue();
    await pay(invoice.id, 27_600_00n, 'p');
    const note = await credit(invoice.id);
    // 18 000.00 × 274/366 days left of 2023-05-01…2024-05-01; of it 20/120 is VAT.
    expect(note).toMatchObject({
      kind: 'credit-note',
      totalMinor: 13_475_41n,
      taxMinor: 2_245_90n,
      correctsId: invoice.id,
    });
    expect(invoiceNumber(note)).toMatch(/^CN-2023-\d{6}$/);
    expect(await client.held()).toBe(13_475_41n);
    expect((await credit(invoice.id)).id).toBe(note.id);
    expect(await client.held()).toBe(13_475_41n);
    const entries = await test.run((ctx) =>
      entriesOfDocument(ctx, { branch: client.branch, documentId: note.id }),
    );
    expect(entries.map((entry) => entry.amount.minor)).toEqual([
      11_229_51n,
      2_245_90n,
      -13_475_41n,
    ]);
  });

  it('gives no day back twice, whatever day is named', async () => {
    const client = await newClient();
    const invoice = await client.issue();
    await pay(invoice.id, 27_600_00n, 'p');
    await credit(invoice.id, { cause: 'august' });
    const later = { removedOn: date('2023-10-01'), cause: 'october' };
    await expect(credit(invoice.id, later)).rejects.toMatchObject({ code: 'nothing-to-credit' });
    await credit(invoice.id, { removedOn: date('2023-07-01'), cause: 'july' });
    // Both together are what 1 July alone gives: 18 000.00 × 305/366.
    expect(await client.held()).toBe(15_000_00n);
  });

  it('within thirty days gives back the whole package, in all never more than it cost', async () => {
    const client = await newClient();
    const invoice = await client.issue();
    await pay(invoice.id, 27_600_00n, 'p');
    await credit(invoice.id, { cause: 'first' });
    const rest = { fullUntilOn: date('2023-09-01'), cause: 'second' };
    expect((await credit(invoice.id, rest)).totalMinor).toBe(4_524_59n);
    expect(await client.held()).toBe(18_000_00n);
    expect(await client.stands('tax:RU')).toBe(-1_600_00n);
    await expect(credit(invoice.id, { cause: 'third' })).rejects.toMatchObject({
      code: 'nothing-to-credit',
    });
  });

  it('gives nothing for a licence, which is not refundable', async () => {
    const client = await newClient();
    const invoice = await client.issue();
    await pay(invoice.id, 27_600_00n, 'p');
    await expect(credit(invoice.id, { lineNos: [2] })).rejects.toMatchObject({
      code: 'nothing-to-credit',
    });
  });

  it('is refused for what is not paid or not there', async () => {
    const client = await newClient();
    const invoice = await client.issue();
    await expect(credit(invoice.id)).rejects.toMatchObject({ code: 'invoice-not-paid' });
    await pay(invoice.id, 27_600_00n, 'p');
    await expect(credit(invoice.id, { lineNos: [3] })).rejects.toMatchObject({
      code: 'line-not-found',
    });
  });
});

describe('a sale through a chain of sellers', () => {
  /** Operator → reseller → sub-reseller, with money in both wallets. */
  async function newChain(resellerHas: bigint, subResellerHas: bigint) {
    const reseller = await test.run((ctx) => aSeller(ctx, 'Northbyte', operator.id));
    const sub = await test.run((ctx) => aSeller(ctx, 'Sub', reseller.id));
    const { branch } = reseller;
    const wallet = (seller: Seller, book: string) => ({
      branch,
      book,
      code: `wallet:${seller.id}`,
      currency: 'RUB',
    });
    const wallets = [wallet(reseller, operator.id), wallet(sub, reseller.id)];
    await test.run(async (ctx) => {
      for (const [index, minor] of [resellerHas, subResellerHas].entries()) {
        const account = wallets[index];
        if (account && minor > 0n) await payIn(ctx, account, minor, `fund-${index}`);
      }
    });
    const charge = (cause = 'order:9') =>
      test.run((ctx) =>
        chargeUpstream(ctx, {
          branch,
          chain: [operator, reseller, sub],
          quoteFor: () => aQuote(),
          cause,
          subject: null,
          about: 'shop.example',
          subscriptionId: null,
        }),
      );
    const money = () =>
      Promise.all(wallets.map(async (one) => (await test.run((ctx) => moneyHeld(ctx, one))).minor));
    return { branch, reseller, sub, charge, money };
  }

  it('charges every level to its wallet, in one go and once', async () => {
    const chain = await newChain(30_000_00n, 40_000_00n);
    const [first, second] = await chain.charge();
    expect(first).toMatchObject({
      state: 'paid',
      sellerId: operator.id,
      buyerId: chain.reseller.id,
    });
    expect(second).toMatchObject({
      state: 'paid',
      sellerId: chain.reseller.id,
      buyerId: chain.sub.id,
    });
    expect(await chain.money()).toEqual([2_400_00n, 12_400_00n]);
    expect((await chain.charge()).map(({ id }) => id)).toEqual([first?.id, second?.id]);
    expect(await chain.money()).toEqual([2_400_00n, 12_400_00n]);
    const { branch, sub } = chain;
    const cost = { branch, book: sub.id, code: 'cost-of-sales', currency: 'RUB' };
    expect((await test.run((ctx) => balanceOf(ctx, cost))).minor).toBe(27_600_00n);
  });

  it('charges nobody when one wallet is too low, and says whose', async () => {
    const chain = await newChain(30_000_00n, 20_000_00n);
    await expect(chain.charge()).rejects.toMatchObject({
      code: 'wallet-too-low',
      params: { sellerId: chain.sub.id, missingMinor: 7_600_00 },
    });
    expect(await chain.money()).toEqual([30_000_00n, 20_000_00n]);
  });

  it('never takes a wallet below its limit, though forty orders come at once', async () => {
    const chain = await newChain(100_000_00n, 5_000_000_00n);
    const tries = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => chain.charge(`rush:${index}`)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refusals = tries.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    expect(new Set(refusals)).toEqual(new Set(['wallet-too-low']));
    expect((await chain.money())[0]).toBe(17_200_00n);
  });

  it('of the operator’s own shop charges nobody', async () => {
    const charged = await test.run((ctx) =>
      chargeUpstream(ctx, {
        branch: 0,
        chain: [operator],
        quoteFor: () => aQuote(),
        cause: 'own',
        subject: null,
        about: null,
        subscriptionId: null,
      }),
    );
    expect(charged).toEqual([]);
  });
});

describe('an issued document', () => {
  const asSql = (statement: string) =>
    test.runtime.db.transaction().execute((tx) => sql.raw(statement).execute(tx));

  it.each([
    'update invoice set total_minor = total_minor + 1, net_minor = net_minor + 1',
    `update invoice set buyer_details = '{}'`,
    'update invoice set number = number + 1',
    `update invoice set state = 'issued' where state = 'void'`,
    'update invoice_line set amount_minor = 0, list_minor = 0, discount_minor = 0',
    'delete from invoice_line',
    'delete from invoice',
    'truncate invoice_line',
    `insert into invoice_line (branch_id, invoice_id, no, kind, item_id, description, quantity,
       period_start, period_end, monthly_minor, term_minor, share_part, share_whole, term_months,
       anchor_on, within_start, within_end, proration, list_minor, discount_minor, amount_minor,
       tax_rate_bp, net_minor, tax_minor, refundable)
     select branch_id, invoice_id, 99, kind, item_id, description, quantity, period_start,
       period_end, 0, 0, 1, 1, 1, anchor_on, within_start, within_end, proration, 0, 0, 0, 0, 0, 0,
       refundable from invoice_line limit 1`,
  ])('cannot be changed by SQL: %s', async (statement) => {
    await expect(asSql(statement)).rejects.toThrow('does not change');
  });

  it('is sealed by what stands in the database, credit notes too', async () => {
    const { rows } = await sql<{ branch: number; id: string; kind: string }>`
      select branch_id as branch, id, kind from invoice`.execute(test.runtime.db);
    expect(new Set(rows.map(({ kind }) => kind)).size).toBe(2);
    await test.run(async (ctx) => {
      for (const key of rows) {
        const invoice = await selectInvoice(ctx, key);
        if (!invoice) throw new Error(`${key.id} is gone`);
        expect(sealOf(invoice, await selectLines(ctx, key))).toBe(invoice.contentHash);
        const other = { ...invoice, totalMinor: invoice.totalMinor + 1n };
        expect(sealOf(other, await selectLines(ctx, key))).not.toBe(invoice.contentHash);
      }
    });
  });

  it('cannot be issued with another total than its lines have', async () => {
    const copy = asSql(`
      insert into invoice select branch_id, 'inv_forged', kind, series, number + 10000, seller_id,
        buyer_kind, buyer_id, brand_id, currency, 'issued', issued_at, issued_on, due_on, net_minor,
        tax_minor, total_minor, 0, prices_include_tax, tax_place, tax_reason, discount_code,
        seller_details, buyer_details, 'forged', subject, about, corrects_id, reason, language,
        content_hash
      from invoice where kind = 'invoice' limit 1`);
    await expect(copy).rejects.toThrow('do not sum');
  });
});
