import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import {
  balanceOf,
  entriesOf,
  entriesOfDocument,
  enter,
  movementOf,
  openJournal,
  post,
  saveJournal,
  setCeiling,
  verifyLedger,
} from './index.ts';

let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime();
});
afterAll(() => test.stop());

const BOOK = 'operator';
const rub = (minor: number | bigint) => money(BigInt(minor), 'RUB');
const account = (code: string, branch = 1) => ({ branch, book: BOOK, code, currency: 'RUB' });
let causes = 0;

function move(ctx: Ctx, from: string, to: string, minor: number, cause = `test-${++causes}`) {
  return post(ctx, {
    branch: 1,
    kind: 'test',
    cause,
    entries: [
      { book: BOOK, code: to, amount: rub(minor) },
      { book: BOOK, code: from, amount: rub(-minor) },
      ...mirrored(to, -minor),
      ...mirrored(from, minor),
    ],
  });
}

/** What moves in a reseller's wallet moves in its own book too. */
function mirrored(code: string, minor: number) {
  if (!code.startsWith('wallet:')) return [];
  const book = code.slice('wallet:'.length);
  return [
    { book, code: 'wallet-at-parent', amount: rub(minor) },
    { book, code: 'cost-of-sales', amount: rub(-minor) },
  ];
}

const topUp = (client: string, minor: number) =>
  test.run((ctx) => move(ctx, `balance:${client}`, 'cash:bank', minor));
const held = async (code: string) =>
  -(await test.run((ctx) => balanceOf(ctx, account(code)))).minor;

describe('the ledger', () => {
  it('keeps a balance with the entries that make it', async () => {
    await topUp('ann', 100_00);
    await topUp('ann', 50_00);
    expect(await held('balance:ann')).toBe(150_00n);
    const page = await test.run((ctx) => entriesOf(ctx, account('balance:ann'), { limit: 1 }));
    expect(page.items.map((entry) => entry.amount.minor)).toEqual([-50_00n]);
    const rest = await test.run((ctx) =>
      entriesOf(ctx, account('balance:ann'), { limit: 5, cursor: page.next ?? '' }),
    );
    expect(rest.items.map((entry) => entry.amount.minor)).toEqual([-100_00n]);
    expect(rest.next).toBeNull();
  });

  it('posts one cause once, also when both come at the same time', async () => {
    const both = await Promise.all(
      Array.from({ length: 8 }, () =>
        test.run((ctx) => move(ctx, 'balance:bob', 'cash:bank', 10_00, 'payment-7')),
      ),
    );
    expect(both.filter((answer) => answer === 'posted')).toHaveLength(1);
    expect(await held('balance:bob')).toBe(10_00n);
  });

  it('refuses to spend money that a client does not have, and says how much is missing', async () => {
    await topUp('carl', 30_00);
    const spend = test.run((ctx) => move(ctx, 'receivable:carl', 'balance:carl', 42_50));
    await expect(spend).rejects.toMatchObject({
      code: 'balance-too-low',
      params: { missingMinor: 12_50, missing: '12.50', currency: 'RUB' },
    });
    expect(await held('balance:carl')).toBe(30_00n);
  });

  it('writes nothing before it refuses, so the caller may go on', async () => {
    await test.run(async (ctx) => {
      const refused = await move(ctx, 'revenue', 'wallet:poor', 1_00, 'too-dear').catch(
        (error: { code: string }) => error.code,
      );
      expect(refused).toBe('wallet-too-low');
      await move(ctx, 'balance:dora', 'cash:bank', 1_00);
    });
    expect(await held('balance:dora')).toBe(1_00n);
    await expect(
      test.run((ctx) => move(ctx, 'wallet:poor', 'cash:bank', 1_00, 'too-dear')),
    ).resolves.toBe('posted');
  });

  it('lets a wallet go below zero as far as its credit limit', async () => {
    await test.run((ctx) => setCeiling(ctx, account('wallet:north'), rub(100_00)));
    await test.run((ctx) => move(ctx, 'revenue', 'wallet:north', 100_00));
    await expect(test.run((ctx) => move(ctx, 'revenue', 'wallet:north', 1))).rejects.toMatchObject({
      code: 'wallet-too-low',
      params: { missingMinor: 1 },
    });
  });

  it('never spends more than there is, however many try at once', async () => {
    await topUp('eve', 100_00);
    const tries = await Promise.allSettled(
      Array.from({ length: 30 }, () =>
        test.run((ctx) => move(ctx, 'receivable:eve', 'balance:eve', 7_00)),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(14);
    expect(await held('balance:eve')).toBe(2_00n);
  });

  it('takes two hundred purchases from one wallet at once, to its limit and not beyond', async () => {
    const limit = account('wallet:south');
    await test.run((ctx) => setCeiling(ctx, limit, rub(50_00)));
    await test.run((ctx) => move(ctx, 'wallet:south', 'cash:bank', 950_00));
    const buys = await Promise.allSettled(
      Array.from({ length: 200 }, () =>
        test.run((ctx) => move(ctx, 'revenue', 'wallet:south', 7_00)),
      ),
    );
    const refused = buys.flatMap((buy) => (buy.status === 'rejected' ? [buy.reason.code] : []));
    // 1 000.00 by 7.00; nobody else sees anything but a plain refusal, no deadlock above all.
    expect(buys.length - refused.length).toBe(142);
    expect(new Set(refused)).toEqual(new Set(['wallet-too-low']));
    expect(await held('wallet:south')).toBe(950_00n - 142n * 7_00n);
  });

  it('may hold accounts last: what others move meanwhile is neither lost nor overlooked', async () => {
    const spend = (client: string, minor: number) =>
      movementOf({
        branch: 1,
        kind: 'test',
        cause: `test-${(causes += 1)}`,
        entries: [
          { book: BOOK, code: `balance:${client}`, amount: rub(minor) },
          { book: BOOK, code: 'revenue', amount: rub(-minor) },
        ],
      });
    const spendLast = (client: string, minor: number, meanwhile: () => Promise<unknown>) =>
      test.run(async (ctx) => {
        const movement = spend(client, minor);
        const journal = await openJournal(ctx, [movement], 'last');
        const short = enter(journal, [movement]);
        await meanwhile();
        await saveJournal(ctx, journal);
        return short?.refusal.code ?? null;
      });
    await topUp('kim', 100_00);
    expect(await spendLast('kim', 30_00, () => topUp('kim', 50_00))).toBeNull();
    expect(await held('balance:kim')).toBe(120_00n);

    const other = () => test.run((ctx) => move(ctx, 'revenue', 'balance:kim', 50_00));
    await expect(spendLast('kim', 80_00, other)).rejects.toMatchObject({
      constraint: 'ledger_account_within_limit',
    });
    expect(await held('balance:kim')).toBe(70_00n);

    await expect(spendLast('kim', 80_00, () => topUp('kim', 50_00))).rejects.toThrow('has moved');
    expect(await spendLast('kim', 200_00, () => topUp('lee', 50_00))).toBe('balance-too-low');
    expect(await held('balance:kim')).toBe(120_00n);
    expect((await test.run(verifyLedger)).flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('does not deadlock when two movements touch the same accounts crosswise', async () => {
    await topUp('fay', 1000_00);
    await topUp('gus', 1000_00);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        test.run((ctx) =>
          index % 2
            ? move(ctx, 'balance:fay', 'balance:gus', 1_00)
            : move(ctx, 'balance:gus', 'balance:fay', 1_00),
        ),
      ),
    );
    expect(await held('balance:fay')).toBe(1000_00n);
  });

  it('takes a movement that does not balance for a defect', async () => {
    const oneSided = test.run((ctx) =>
      post(ctx, {
        branch: 1,
        kind: 'test',
        cause: 'one-sided',
        entries: [{ book: BOOK, code: 'revenue', amount: rub(1) }],
      }),
    );
    await expect(oneSided).rejects.toThrow('sum to 1');
  });

  it('finds what was posted for a document', async () => {
    await test.run((ctx) =>
      post(ctx, {
        branch: 1,
        kind: 'invoice',
        cause: 'invoice-1',
        documentId: 'inv_1',
        entries: [
          { book: BOOK, code: 'receivable:hal', amount: rub(120) },
          { book: BOOK, code: 'deferred-revenue', amount: rub(-100) },
          { book: BOOK, code: 'tax:RU', amount: rub(-20) },
        ],
      }),
    );
    const entries = await test.run((ctx) =>
      entriesOfDocument(ctx, { branch: 1, documentId: 'inv_1' }),
    );
    expect(entries.map(({ code, amount }) => [code, amount.minor])).toEqual([
      ['receivable:hal', 120n],
      ['deferred-revenue', -100n],
      ['tax:RU', -20n],
    ]);
  });
});

describe('what is written in the ledger', () => {
  const asSql = (statement: string) =>
    test.runtime.db.transaction().execute((tx) => sql.raw(statement).execute(tx));

  it.each([
    'update ledger_entry set amount_minor = 1',
    'delete from ledger_entry',
    'update ledger_txn set cause = id',
    'delete from ledger_txn',
    'truncate ledger_entry',
    'delete from ledger_account',
    `update ledger_account set code = code || ':old'`,
    'truncate ledger_account',
  ])('cannot be changed by SQL: %s', async (statement) => {
    await expect(asSql(statement)).rejects.toThrow('append-only');
  });

  it('cannot be added to out of balance', async () => {
    await expect(
      asSql(`
        insert into ledger_entry
        select branch_id, txn_id, no + 100, book, code, currency, 5 from ledger_entry limit 1`),
    ).rejects.toThrow('do not balance');
  });

  it.each([
    ['a transaction', `branch_id, 'txn_0', no, book, code, currency, amount_minor`],
    ['an account', `branch_id, txn_id, no + 100, book, code || '?', currency, amount_minor`],
  ])('cannot be added to without %s', async (_, columns) => {
    const whole = `select txn_id from ledger_entry limit 1`;
    await expect(
      asSql(`insert into ledger_entry
        select ${columns} from ledger_entry where txn_id = (${whole})`),
    ).rejects.toThrow('an entry belongs to no');
  });

  it('cannot take a balance past its limit', async () => {
    await expect(
      asSql(`update ledger_account set balance_minor = 1 where code = 'balance:ann'`),
    ).rejects.toThrow('ledger_account_within_limit');
  });
});

describe('whatever is posted', () => {
  const CODES = ['cash:bank', 'revenue', 'balance:ivy', 'balance:joe', 'receivable:ivy'];
  const movement = fc.record({
    from: fc.constantFrom(...CODES),
    to: fc.constantFrom(...CODES),
    minor: fc.integer({ min: 1, max: 1_000_00 }),
    book: fc.constantFrom('operator', 'reseller'),
  });

  it('all accounts sum to zero and agree with their entries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 6 }), async (movements) => {
        for (const { from, to, minor, book } of movements) {
          await test
            .run((ctx) =>
              post(ctx, {
                branch: 2,
                kind: 'test',
                cause: `random-${++causes}`,
                entries: [
                  { book, code: to, amount: rub(minor) },
                  { book, code: from, amount: rub(-minor) },
                ],
              }),
            )
            .catch((error: { code?: string }) => expect(error.code).toBe('balance-too-low'));
        }
      }),
      { numRuns: 40 },
    );
    const findings = await test.run((ctx) => verifyLedger(ctx));
    expect(findings.length).toBeGreaterThan(4);
    expect(findings.flatMap((finding) => finding.problems)).toEqual([]);
  });

  it('verify names a balance that was tampered with', async () => {
    await sql`update ledger_account set balance_minor = balance_minor - 1 where code = 'revenue'
      and branch_id = 2`.execute(test.runtime.db);
    const findings = await test.run((ctx) => verifyLedger(ctx));
    const wrong = findings.filter((finding) => finding.problems.length > 0);
    expect(wrong.map(({ name }) => name)).toContain('every balance is the sum of its entries');
    expect(wrong.map(({ name }) => name)).toContain('the whole ledger sums to zero');
  });
});
