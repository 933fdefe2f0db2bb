import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditLines, voidInvoice } from '#domains/billing/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Visitor } from '#test/harness/visitor.ts';
import { monthsOf } from './months.ts';
import { deferredAt, recognisedIn } from './recognition.ts';
import type { EarnedLine } from './recognition.ts';
import { report, startBooks } from './reports-test.ts';
import type { Shop } from './reports-test.ts';
import { selectDeferred, selectEarned } from './revenue-store.ts';

let books: Awaited<ReturnType<typeof startBooks>>;
let operator: Shop;
let staff: Visitor;
const day = (text: string) => Temporal.PlainDate.from(text);

beforeAll(async () => {
  books = await startBooks();
  operator = await books.openShop('localhost', null);
  staff = await books.newStaff(operator);
});
afterAll(() => books.test.stop());

async function read(name: string, query: Record<string, string>) {
  const { status, body } = await staff.call('GET', report(name, query));
  expect([status, body.code]).toEqual([200, undefined]);
  return body;
}

describe('the revenue report', () => {
  it('earns a year from 1 May by days, takes credits off, and agrees with the ledger', async () => {
    const shop = await books.openShop('north.localhost', operator.seller.id);
    books.on('2023-05-01');
    const anna = await books.newClient(shop, 'Анна');
    const invoice = await anna.issue();
    await books.pay(invoice.id, 27_600_00n);
    const mistaken = await anna.issue();
    books.on('2023-06-16');
    await books.test.run((ctx) => voidInvoice(ctx, { invoiceId: mistaken.id, reason: 'typo' }));
    await books.test.run((ctx) =>
      creditLines(ctx, {
        invoiceId: invoice.id,
        lineNos: [1],
        removedOn: day('2023-06-16'),
        fullUntilOn: null,
        on: day('2023-06-16'),
        reason: 'closed',
        cause: 'close',
      }),
    );
    books.on('2023-09-01');
    const range = { sellerId: shop.seller.id, from: '2023-05', through: '2023-07' };
    const { currencies } = await read('revenue', range);
    expect(currencies).toHaveLength(1);
    const [{ products, rolls, ledger }] = currencies;
    // May, by days of 366: 15 000.00 → 1 270.49 and 8 000.00 → 677.60, of two invoices.
    // June takes the voided invoice back. Of the package, 46 days were used: 1 885.25 net.
    const months = (itemId: string) =>
      products
        .find((one: { itemId: string }) => one.itemId === itemId)
        .months.map(({ minor }: { minor: number }) => minor);
    expect(months('grow')).toEqual([2 * 1_270_49, 1_885_25 - 2 * 1_270_49, 0]);
    // The licence is not refundable: 30 and 31 days of 8 000.00 more.
    expect(months('whmcs')).toEqual([2 * 677_60, 1_333_33 - 2 * 677_60, 2_010_93 - 1_333_33]);
    const figures = rolls.map((roll: Record<string, { minor: number }>) =>
      ['opening', 'invoiced', 'credited', 'recognised', 'closing'].map((key) => roll[key]?.minor),
    );
    expect(figures).toEqual([
      [0, 46_000_00, 0, 3_896_18, 42_103_82],
      [42_103_82, 0, 36_114_75, -677_60, 6_666_67],
      [6_666_67, 0, 0, 677_60, 5_989_07],
    ]);
    expect(ledger).toMatchObject({
      account: { minor: 9_885_25 },
      documents: { minor: 9_885_25 },
      difference: { minor: 0 },
      recognised: { minor: 3_896_18 },
      deferred: { minor: 5_989_07 },
    });
    const june = { ...range, from: '2023-06', through: '2023-06' };
    expect((await read('revenue', june)).currencies[0].rolls).toEqual([rolls[1]]);
    const { items } = await read('revenue/lines', { ...june, itemId: 'grow', currency: 'RUB' });
    expect(items.map((line: { recognised: { minor: number } }) => line.recognised.minor)).toEqual([
      1_885_25 - 1_270_49,
      -1_270_49,
    ]);
    expect(items[0]).toMatchObject({ invoiceId: invoice.id, net: { minor: 15_000_00 } });
    const csv = await books.download(staff, report('revenue/csv', { ...range, language: 'ru' }));
    expect(await csv.text()).toContain('На конец;;RUB;42103,82;6666,67;5989,07');
  });
});

type Made = EarnedLine & { id: string };

/** The same lines every time: a test that fails can be run again. */
function someLines(count: number): Made[] {
  let seed = 20_230_501;
  const below = (n: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  return Array.from({ length: count }, (_, k) => {
    const start = day('2022-01-01').add({ days: below(700) });
    const issuedOn = start.add({ days: below(60) - 30 });
    const netMinor = BigInt(below(5_000_000));
    const credits = Array.from({ length: below(4) === 0 ? 2 : 0 }, () => ({
      on: issuedOn.add({ days: below(400) }),
      netMinor: (netMinor * BigInt(below(50))) / 100n,
    }));
    const period = { start, end: start.add({ days: 1 + below(800) }) };
    return { id: String(k).padStart(5, '0'), netMinor, period, issuedOn, credits };
  });
}

async function write(ctx: Ctx, sellerId: string, line: Made): Promise<void> {
  await writeOne(ctx, sellerId, line, {
    id: `inv_${line.id}`,
    on: line.issuedOn,
    net: line.netMinor,
  });
  for (const [at, { on, netMinor }] of line.credits.entries()) {
    const correctsId = `inv_${line.id}`;
    await writeOne(ctx, sellerId, line, {
      id: `crn_${line.id}${at}`,
      on,
      net: netMinor,
      correctsId,
    });
  }
}

type Document = { id: string; on: Temporal.PlainDate; net: bigint; correctsId?: string };

async function writeOne(
  ctx: Ctx,
  sellerId: string,
  { period }: Made,
  { id, on, net, correctsId }: Document,
): Promise<void> {
  const name = JSON.stringify({ ru: 'Имя', en: 'Name', name: { ru: 'Имя', en: 'Name' } });
  const [corrects, kind] = [correctsId ?? null, correctsId ? 'credit-note' : 'invoice'];
  await sql`
    insert into invoice_line (branch_id, invoice_id, no, kind, item_id, description, quantity,
      period_start, period_end, monthly_minor, term_minor, share_part, share_whole, term_months,
      anchor_on, within_start, within_end, proration, list_minor, discount_minor, amount_minor,
      tax_rate_bp, net_minor, tax_minor, refundable, corrects_no)
    values (7, ${id}, 1, 'package', ${`item-${id.slice(4, 9).slice(-1)}`}, ${name}::jsonb, 1,
      ${period.start}, ${period.end}, ${net}, ${net}, 1, 1, 1, ${period.start}, ${period.start},
      ${period.end}, 'term-days', ${net}, 0, ${net}, 0, ${net}, 0, true,
      ${corrects === null ? null : 1})`.execute(ctx.tx);
  await sql`
    insert into invoice (branch_id, id, kind, series, number, seller_id, buyer_kind, buyer_id,
      currency, state, issued_at, issued_on, due_on, net_minor, tax_minor, total_minor,
      prices_include_tax, tax_place, seller_details, buyer_details, cause, corrects_id, reason,
      language, content_hash)
    values (7, ${id}, ${kind}, ${`X-${id}`}, 1, ${sellerId}, 'client', 'cli_x', 'RUB', 'issued',
      ${`${on}T09:00:00Z`}::timestamptz, ${on}, ${on}, ${net}, 0, ${net}, true, 'RU', ${name}::jsonb,
      ${name}::jsonb, ${id}, ${corrects}, ${corrects}, 'ru', '')`.execute(ctx.tx);
}

describe('the sums of the database', () => {
  it('are to the kopeck those of the pure functions, for lines with and without credits', async () => {
    const { seller } = await books.openShop('random.localhost', operator.seller.id);
    const lines = someLines(300);
    expect(lines.filter(({ credits }) => credits.length > 0).length).toBeGreaterThan(40);
    const months = monthsOf(seller, { from: '2022-07', through: '2023-12' });
    await books.test.run(async (ctx) => {
      for (const line of lines) await write(ctx, seller.id, line);
      const earned = await selectEarned(ctx, seller.id, months);
      const sum = (at: number, item: string) => {
        const [start, end] = [months.days[at], months.days[at + 1]];
        if (!start || !end) throw new Error(`no month ${at}`);
        return lines
          .filter(({ id }) => `item-${id.slice(-1)}` === item)
          .reduce((all, line) => all + recognisedIn(line, { start, end }), 0n);
      };
      for (const { month, itemId, minor } of earned) expect(minor).toBe(sum(month, itemId));
      expect(earned).toHaveLength(10 * 18);
      const deferred = lines.reduce((all, line) => all + deferredAt(line, months.first), 0n);
      expect(await selectDeferred(ctx, seller.id, months)).toEqual([
        { currency: 'RUB', minor: deferred },
      ]);
    });
  });
});
