import type { Ctx } from '#platform/context.ts';
import { numbered } from './draft-document.ts';
import { invoiceFactOf, invoiceIssued, invoicePaid } from './events.ts';
import type { Invoice } from './invoice.ts';
import type { PreparedInvoice } from './prepare-invoice.ts';
import { insertInvoices, insertLines, takeNumbers } from './store.ts';
import type { Series } from './store.ts';

/**
 * Numbers the invoices, each series in their order and in one block, writes them and announces
 * `invoice.issued` and, of those paid already, `invoice.paid`. Their postings are written by the
 * caller. The series stay locked until the transaction ends, so this comes last in it.
 */
export async function publishInvoices(
  ctx: Ctx,
  prepared: readonly Pick<PreparedInvoice, 'draft' | 'lines'>[],
): Promise<Invoice[]> {
  await insertLines(
    ctx,
    prepared.map(({ draft, lines }) => ({ of: draft, lines })),
  );
  const numbers = await numbersFor(ctx, prepared);
  const invoices = prepared.map(({ draft, lines }, index) =>
    numbered(draft, numbers[index] ?? 0, lines),
  );
  await insertInvoices(ctx, invoices);
  await ctx.announce(
    invoiceIssued,
    ...invoices.map((invoice) => ({
      branch: invoice.branch,
      subject: invoice.id,
      payload: { ...invoiceFactOf(invoice), dueOn: `${invoice.dueOn}` },
    })),
  );
  await ctx.announce(
    invoicePaid,
    ...invoices
      .filter(({ state }) => state === 'paid')
      .map((invoice) => ({
        branch: invoice.branch,
        subject: invoice.id,
        payload: invoiceFactOf(invoice),
      })),
  );
  return invoices;
}

/** One block for each series, the series in one order, so that two runs do not deadlock. */
async function numbersFor(
  ctx: Ctx,
  prepared: readonly Pick<PreparedInvoice, 'draft'>[],
): Promise<number[]> {
  const names = prepared.map(
    ({ draft: { sellerId, kind, issuedOn } }) => `${sellerId} ${kind} ${issuedOn.year}`,
  );
  const series = new Map<string, { of: Series; count: number }>();
  for (const [index, name] of names.entries()) {
    const draft = prepared[index]?.draft;
    if (!draft) continue;
    const { sellerId, kind, issuedOn } = draft;
    const of = { sellerId, kind, year: issuedOn.year };
    series.set(name, { of, count: (series.get(name)?.count ?? 0) + 1 });
  }
  const next = new Map<string, number>();
  for (const [name, { of, count }] of [...series].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    next.set(name, await takeNumbers(ctx, of, count));
  }
  return names.map((name) => {
    const no = next.get(name) ?? 0;
    next.set(name, no + 1);
    return no;
  });
}
