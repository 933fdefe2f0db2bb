import { enter, openJournal, saveJournal } from '#domains/ledger/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice } from './invoice.ts';
import { prepareInvoice } from './prepare-invoice.ts';
import type { InvoiceOrder } from './prepare-invoice.ts';
import { publishInvoices } from './publish-invoices.ts';
import { selectInvoiceByCause } from './store.ts';

/**
 * Issues the invoice of a quote, line for line, and posts it, once per cause. What costs nothing is
 * paid at once. Announces `invoice.issued`.
 */
export async function issueInvoice(ctx: Ctx, order: InvoiceOrder): Promise<Invoice> {
  const earlier = await selectInvoiceByCause(ctx, order.branch, order.cause);
  if (earlier) return earlier;
  const prepared = prepareInvoice(ctx, order);
  const journal = await openJournal(ctx, [prepared.issuing]);
  const shortage = enter(journal, [prepared.issuing]);
  if (shortage) throw shortage.refusal;
  if (journal.entered.length === 0) return writtenMeanwhile(ctx, order);
  await saveJournal(ctx, journal);
  const [invoice] = await publishInvoices(ctx, [prepared]);
  if (!invoice) throw new Error(`${order.cause} was not written`);
  return invoice;
}

/** Another transaction issued it while this one waited for the accounts. */
async function writtenMeanwhile(ctx: Ctx, order: InvoiceOrder): Promise<Invoice> {
  const invoice = await selectInvoiceByCause(ctx, order.branch, order.cause);
  if (!invoice) throw new Error(`${order.cause} is posted and has no invoice`);
  return invoice;
}
