import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeId } from '#kit/id.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { aClient, anOrder, aSeller, rub } from './fixtures.ts';
import { issueInvoice, settleInvoice, verifyBilling } from './index.ts';

let test: TestRuntime;

/** Two invoices of one client, the first of them paid. */
beforeAll(async () => {
  test = await startTestRuntime();
  await test.run(async (ctx) => {
    const seller = await aSeller(ctx, 'Стойка');
    const buyer = aClient(makeId('cli', 7, 1, 1));
    const order = { ...anOrder(seller, buyer, 7), subscriptionId: 'sub_1' };
    const first = await issueInvoice(ctx, order);
    await issueInvoice(ctx, { ...order, cause: 'order:2', subscriptionId: 'sub_2' });
    const amount = rub(first.totalMinor);
    await settleInvoice(ctx, first.id, { amount, from: { code: 'cash:bank' }, cause: 'pay_1' });
  });
});
afterAll(() => test.stop());

/**
 * The checks that fail after what only the owner of the tables could do, with the triggers
 * switched off; all of it is rolled back.
 */
async function wrongAfter(tampering: string): Promise<string[]> {
  const rollBack = new Error('roll back');
  let wrong: string[] = [];
  const work = test.run(async (ctx) => {
    for (const table of ['invoice', 'invoice_line', 'ledger_txn']) {
      await sql.raw(`alter table ${table} disable trigger user`).execute(ctx.tx);
    }
    await sql.raw(tampering).execute(ctx.tx);
    const findings = await verifyBilling(ctx);
    expect(findings).toHaveLength(10);
    wrong = findings.filter(({ problems }) => problems.length > 0).map(({ name }) => name);
    throw rollBack;
  });
  await expect(work).rejects.toBe(rollBack);
  return wrong;
}

describe('the checks of documents', () => {
  it('find nothing in sound books', async () => {
    expect(await wrongAfter('select 1')).toEqual([]);
  });

  it.each([
    [
      `update invoice_line set net_minor = net_minor + 1 where no = 1`,
      'every document is what its lines sum to',
    ],
    [`delete from invoice where number = 2`, 'every line belongs to a document'],
    [`delete from invoice where number = 1`, 'numbers run without gap or repeat in every series'],
    [`update number_series set next_no = 9`, 'every series goes on where its documents end'],
    [
      `update invoice set state = 'issued', paid_minor = 5 where number = 1`,
      'what an invoice says was paid is what the ledger took for it',
    ],
    [
      `update invoice set state = 'written-off', paid_minor = 5 where number = 1`,
      'what was written off is what was left to pay',
    ],
    [
      `update ledger_account set balance_minor = 1 where code like 'receivable:%'`,
      'what buyers owe in the ledger is what is due on their invoices',
    ],
    [
      `update ledger_txn set document_id = null where kind = 'invoice'`,
      'every document that costs something is posted once',
    ],
    [
      `update invoice_line set subscription_id = 'sub_1'`,
      'no package and no add-on is charged twice for the same days',
    ],
    [
      `insert into invoice_line (branch_id, invoice_id, no, kind, item_id, description, quantity,
         period_start, period_end, monthly_minor, term_minor, share_part, share_whole, term_months,
         anchor_on, within_start, within_end, proration, list_minor, discount_minor, amount_minor,
         tax_rate_bp, net_minor, tax_minor, refundable, corrects_no)
       select l.branch_id, 'crn_forged', 1, l.kind, l.item_id, description, quantity, period_start,
         period_end, monthly_minor, term_minor, share_part, share_whole, term_months, anchor_on,
         within_start, within_end, proration, list_minor + 1, 0, list_minor + 1, tax_rate_bp,
         l.net_minor, l.tax_minor, refundable, l.no
       from invoice_line l join invoice i on i.id = l.invoice_id where l.no = 1 and i.number = 1;
       insert into invoice select branch_id, 'crn_forged', 'credit-note', 'CN-2023', 1, seller_id,
         buyer_kind, buyer_id, brand_id, currency, 'issued', issued_at, issued_on, due_on,
         net_minor, tax_minor, total_minor, 0, prices_include_tax, tax_place, tax_reason,
         discount_code, seller_details, buyer_details, 'forged', subject, about, id, 'forged',
         language, content_hash
       from invoice where number = 1`,
      'no line is credited beyond what it cost',
    ],
  ])('find it: %s', async (statement, name) => {
    expect(await wrongAfter(statement)).toContain(name);
  });
});
