import type { Ctx } from '#platform/context.ts';
import { linesOf } from './find-invoice.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { quoteOfLines } from './make-quote.ts';
import type { Quote, QuoteLine } from './quote.ts';

/** The lines of one package's quote, each saying whose it is: for a document for several packages. */
export function linesOfPackage(
  quote: Pick<Quote, 'lines'>,
  { subscriptionId, domain }: { subscriptionId: string; domain: string },
): QuoteLine[] {
  return quote.lines.map((line) => ({
    ...line,
    subscriptionId,
    description: {
      ru: `${line.description.ru} (${domain})`,
      en: `${line.description.en} (${domain})`,
    },
  }));
}

/** Lines of a document as they were quoted, so that another document may have them unchanged. */
export function keptLines(lines: readonly InvoiceLine[]): QuoteLine[] {
  return lines.map(({ no: _, correctsNo: __, subscriptionId, ...line }) => ({
    ...line,
    itemKind: line.kind === 'package' ? ('plan' as const) : ('component' as const),
    ...(subscriptionId !== null && { subscriptionId }),
    state: 'bought' as const,
  }));
}

/** What a document charges, as it was quoted. */
export async function quoteOfInvoice(ctx: Ctx, invoice: Invoice): Promise<Quote> {
  const { currency, discountCode, taxPlace, taxReason, pricesIncludeTax } = invoice;
  const lines = keptLines(await linesOf(ctx, invoice));
  const rateBp = lines[0]?.taxRateBp ?? 0;
  const tax = { place: taxPlace, reason: taxReason, rateBp, included: pricesIncludeTax };
  return quoteOfLines({ currency, lines, tax, discountCode });
}
