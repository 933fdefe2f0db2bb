import type { Ctx } from '#platform/context.ts';
import { invoiceFactOf, invoiceIssued, invoicePaid } from './events.ts';
import type { Invoice } from './invoice.ts';
import type { PreparedInvoice } from './prepare-invoice.ts';
import { sealInvoices, textsOfLines } from './seal-invoices.ts';
import type { Unnumbered } from './seal-invoices.ts';
import { insertInvoices, insertLines, seriesName, takeBlocks } from './store.ts';
import type { Series } from './store.ts';

type Publishable = Pick<PreparedInvoice, 'draft' | 'lines'>;

/** Lays the invoices out and numbers them. Their postings are written by the caller. */
export async function publishInvoices(
  ctx: Ctx,
  prepared: readonly Publishable[],
): Promise<Invoice[]> {
  return numberInvoices(ctx, await layOutInvoices(ctx, prepared));
}

/** Writes the lines, which is all that can be done for invoices before they have their numbers. */
export async function layOutInvoices(
  ctx: Ctx,
  prepared: readonly Publishable[],
): Promise<Unnumbered[]> {
  const texts = textsOfLines(prepared.map(({ draft, lines }) => ({ of: draft, lines })));
  await insertLines(ctx, texts.flat());
  return prepared.map(({ draft }, index) => ({ draft, lineTexts: texts[index] ?? [] }));
}

/**
 * Numbers invoices, each series in their order and in one block, writes them and announces each:
 * `invoice.paid` of those that are paid as they are issued, `invoice.issued` of the others. The
 * series stay locked until the transaction ends, so this comes last in it.
 */
export async function numberInvoices(ctx: Ctx, laidOut: readonly Unnumbered[]): Promise<Invoice[]> {
  const sealed = sealInvoices(laidOut, await numbersFor(ctx, laidOut));
  await insertInvoices(ctx, sealed);
  const invoices = sealed.map(({ invoice }) => invoice);
  const [paid, issued] = [true, false].map((isPaid) =>
    invoices.filter(({ state }) => (state === 'paid') === isPaid),
  );
  await ctx.announce(
    invoiceIssued,
    ...(issued ?? []).map((invoice) => aboutInvoice(invoice, { dueOn: `${invoice.dueOn}` })),
  );
  await ctx.announce(invoicePaid, ...(paid ?? []).map((invoice) => aboutInvoice(invoice, {})));
  return invoices;
}

function aboutInvoice<M extends object>(invoice: Invoice, more: M) {
  const payload = { ...invoiceFactOf(invoice), ...more };
  return { branch: invoice.branch, subject: invoice.id, payload };
}

/** One block for each series, the series in one order, so that two runs do not deadlock. */
async function numbersFor(ctx: Ctx, prepared: readonly Unnumbered[]): Promise<number[]> {
  const names = prepared.map(({ draft: { sellerId, kind, issuedOn } }) =>
    seriesName({ sellerId, kind, year: issuedOn.year }),
  );
  const series = new Map<string, { of: Series; count: number }>();
  for (const [index, name] of names.entries()) {
    const draft = prepared[index]?.draft;
    if (!draft) continue;
    const { sellerId, kind, issuedOn } = draft;
    const of = { sellerId, kind, year: issuedOn.year };
    series.set(name, { of, count: (series.get(name)?.count ?? 0) + 1 });
  }
  const sorted = [...series].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const firsts = await takeBlocks(
    ctx,
    sorted.map(([, { of, count }]) => ({ ...of, count })),
  );
  const next = new Map(sorted.map(([name], index) => [name, firsts[index] ?? 0]));
  return names.map((name) => {
    const no = next.get(name) ?? 0;
    next.set(name, no + 1);
    return no;
  });
}
