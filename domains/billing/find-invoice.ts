import { branchOf, isId } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { selectCorrections, selectInvoice, selectLines } from './store.ts';

/** An invoice or credit note by its id; null when there is none. Whose it is, the caller checks. */
export async function findInvoice(ctx: Ctx, id: string): Promise<Invoice | null> {
  if (!isId(id, 'inv') && !isId(id, 'crn')) return null;
  return selectInvoice(ctx, { branch: branchOf(id), id });
}

export function linesOf(ctx: Ctx, invoice: Invoice): Promise<InvoiceLine[]> {
  return selectLines(ctx, invoice);
}

/** The credit notes to an invoice, oldest first. */
export function correctionsOf(ctx: Ctx, invoice: Invoice): Promise<Invoice[]> {
  return selectCorrections(ctx, invoice);
}
