import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { findInvoice, linesOf } from '../find-invoice.ts';
import { invoiceNumber } from '../invoice.ts';
import type { Invoice } from '../invoice.ts';
import { documentView } from './document-view.ts';
import type { DocumentSource } from './document-view.ts';
import { renderPdf } from './render-pdf.ts';

/** What a PDF is made of; read in a transaction, laid out after it. */
export async function documentSource(ctx: Ctx, invoice: Invoice): Promise<DocumentSource> {
  const corrected = invoice.correctsId ? await findInvoice(ctx, invoice.correctsId) : null;
  return { invoice, lines: await linesOf(ctx, invoice), corrected };
}

/** The PDF of a document, in its own language unless another is wanted. */
export function invoicePdf(source: DocumentSource, language?: 'ru' | 'en'): File {
  const { invoice } = source;
  const spoken = language ?? invoice.language;
  const view = documentView(source, spoken, textsFor('billing', spoken));
  return new File([renderPdf(view, invoice.issuedAt)], `${invoiceNumber(invoice)}-${spoken}.pdf`, {
    type: 'application/pdf',
  });
}
