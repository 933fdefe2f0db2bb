import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payFromBalance, verifyBilling } from '#domains/billing/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import { claimDue, isLive, markStep, verifySubscriptions } from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import type { Hold } from '#domains/ledger/index.ts';
import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { BASE_NOW, DUE_AT, seedChain, seedRenewals } from '#test/harness/renewal-base.ts';
import { renewalRows } from '#test/harness/renewal-rows.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { renewalRefused } from './events.ts';
import { executeOrder } from './execute-order.ts';
import { mailClient } from './mail-client.ts';
import { offerRenewal } from './offer-renewal.ts';
import { writeOrder } from './place-order.ts';
import { renewMany } from './renew-many.ts';
import { renewalInvoiceLetter } from './renewal-letters.ts';
import { renewalDraft } from './renew-subscription.ts';

const PACKAGES = 72;
/** Enough in each wallet of the chain for about half of its sales. */
const WALLET = 60_000_00n;

let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime({ now: BASE_NOW });
  const sellers = await test.run((ctx) => seedChain(ctx, WALLET));
  await test.run((ctx) =>
    seedRenewals(ctx, sellers, { from: 0, count: PACKAGES, withTrouble: true }),
  );
  test.clock.set(DUE_AT);
});
afterAll(() => test.stop());

async function due(ctx: Ctx): Promise<LiveSubscription[]> {
  return (await claimDue(ctx, 'renew', PACKAGES)).filter(isLive);
}

/** One package as its own client would renew it: order, invoice, payment, execution, one by one. */
async function renewStepByStep(ctx: Ctx, subscription: LiveSubscription): Promise<void> {
  await markStep(ctx, subscription, 'renew');
  const { termMonths } = subscription;
  const offer = await orRefusal(offerRenewal(ctx, subscription, { termMonths, drop: [] }));
  if (offer instanceof Refusal) {
    await ctx.announce(renewalRefused, {
      branch: subscription.branch,
      subject: subscription.id,
      payload: { subscriptionId: subscription.id, reason: offer.code },
    });
    return;
  }
  const { quote } = offer;
  const order = await writeOrder(ctx, renewalDraft(offer, 'auto'));
  const paid = await orRefusal(payFromBalance(ctx, order.invoiceId ?? ''));
  if (!(paid instanceof Refusal)) await executeOrder(ctx, order.id);
  const { rows } = await sql<{ no: number; state: string }>`
    select number as no, state from invoice where id = ${order.invoiceId}`.execute(ctx.tx);
  const no = rows[0]?.no ?? 0;
  const state = rows[0]?.state === 'paid' ? ('paid' as const) : ('issued' as const);
  const { currency, totalMinor } = quote;
  const number = `INV-2023-${String(no).padStart(6, '0')}`;
  const invoice = { number, state, currency, totalMinor };
  await mailClient(ctx, subscription, (writer) =>
    renewalInvoiceLetter(writer, { subscription, quote, invoice }),
  );
}

async function orRefusal<T>(work: Promise<T>): Promise<T | Refusal> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const UNDO = new Error('as if it had never been');

/** What the tables hold after the work, which is then undone. */
async function rowsAfter(work: (ctx: Ctx) => Promise<void>): Promise<string[]> {
  let rows: string[] = [];
  const undone = test.run(async (ctx) => {
    await work(ctx);
    rows = await renewalRows(ctx);
    throw UNDO;
  });
  await expect(undone).rejects.toBe(UNDO);
  return rows;
}

type Row = Record<string, string | number>;

/** Facts that are not told when something is placed, paid and done in one breath. */
const BEFORE: Readonly<Record<string, string>> = {
  'order.placed': 'order.done',
  'order.paid': 'order.done',
  'invoice.issued': 'invoice.paid',
};

/**
 * Rows without what stands in between: the steps of what was done in the end, and the postings of
 * an invoice summed by account, as its money is owed and paid in one movement.
 */
function inTheEnd(rows: readonly string[]): string[] {
  const parsed = rows.map((row) => {
    const [table = ''] = row.split(' ', 1);
    return { table, text: row, row: JSON.parse(row.slice(table.length)) as Row };
  });
  const told = new Set(parsed.map(({ row: { name, subject_id } }) => `${name} ${subject_id}`));
  const sums = new Map<string, bigint>();
  for (const { table, row } of parsed) {
    if (table !== 'ledger_entry') continue;
    const account = `${String(row.txn_id).replace(/payment$/, 'invoice')} ${row.book} ${row.code}`;
    sums.set(account, (sums.get(account) ?? 0n) + BigInt(row.amount_minor ?? 0));
  }
  const kept = parsed.filter(({ table, row }) => {
    if (table === 'event') return !told.has(`${BEFORE[row.name ?? '']} ${row.subject_id}`);
    return table !== 'ledger_entry' && !(table === 'ledger_txn' && row.kind === 'payment');
  });
  const moved = [...sums].filter(([, minor]) => minor !== 0n);
  return [...kept.map(({ text }) => text), ...moved.map(String).toSorted()];
}

describe('a batch of automatic renewals', () => {
  it('leaves what renewing one by one leaves, to the last kopeck and number', async () => {
    const oneByOne = await rowsAfter(async (ctx) => {
      for (const subscription of await due(ctx)) await renewStepByStep(ctx, subscription);
    });
    const together = await rowsAfter(async (ctx) => {
      await renewMany(ctx, await due(ctx));
    });
    expect(inTheEnd(together)).toEqual(inTheEnd(oneByOne));
    const untouched = await rowsAfter(async () => {});
    expect(inTheEnd(together).length).toBeGreaterThan(inTheEnd(untouched).length + 15 * PACKAGES);
  }, 90_000);

  it('does the same in batches of any size', async () => {
    const inBatchesOf = (size: number) =>
      rowsAfter(async (ctx) => {
        for (;;) {
          const some = (await claimDue(ctx, 'renew', size)).filter(isLive);
          if (some.length === 0) return;
          await renewMany(ctx, some);
        }
      });
    const together = await inBatchesOf(PACKAGES);
    expect(await inBatchesOf(1)).toEqual(together);
    expect(await inBatchesOf(37)).toEqual(together);
  });

  it('does the same with accounts held last, when no money moves meanwhile', async () => {
    const holding = (hold: Hold) =>
      rowsAfter(async (ctx) => {
        await renewMany(ctx, await due(ctx), hold);
      });
    expect(await holding('last')).toEqual(await holding('first'));
  });

  it('says of each package what became of it, and leaves the books in order', async () => {
    const results = await test.run(async (ctx) => renewMany(ctx, await due(ctx)));
    const counts = Map.groupBy(results, ({ outcome, code }) => `${outcome} ${code}`);
    expect(new Set(counts.keys())).toEqual(
      new Set([
        'renewed null',
        'unpaid balance-too-low',
        'locked wallet-too-low',
        'refused plan-not-sold',
      ]),
    );
    const checks = [verifyLedger, verifyBilling, verifySubscriptions];
    for (const check of checks) {
      const found = await test.run((ctx) => check(ctx));
      expect(
        found.flatMap(({ name, problems }) => problems.map((one) => `${name}: ${one}`)),
      ).toEqual([]);
    }
    expect(await test.run(due)).toEqual([]);
  });
});
