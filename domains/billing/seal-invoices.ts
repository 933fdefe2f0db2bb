import { rowTexts } from '#platform/database/row-text.ts';
import { hashOfText } from './content-hash.ts';
import type { Draft } from './draft-document.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { FIXED_COLUMNS, fixedRowOf, LINE_COLUMNS, rowOfLine } from './invoice-row.ts';

/** A document that lacks its number, with its lines as they are written. */
export type Unnumbered = { draft: Draft; lineTexts: readonly string[] };

/** A document and its row as it is written. */
export type Sealed = { invoice: Invoice; text: string };

/** The rows of the lines as they are written, for each document its own. */
export function textsOfLines(
  documents: readonly { of: Pick<Invoice, 'branch' | 'id'>; lines: readonly InvoiceLine[] }[],
): string[][] {
  const rows = documents.flatMap(({ of, lines }) => lines.map((line) => rowOfLine(of, line)));
  const texts = rowTexts(LINE_COLUMNS, rows);
  let from = 0;
  return documents.map(({ lines }) => texts.slice(from, (from += lines.length)));
}

/**
 * The documents with their numbers, sealed by a digest of all that must never change: the rows of
 * their lines and their own as they are written, but for the state and what was paid. Digests of
 * documents from before are of another text, and have no `r` before them.
 */
export function sealInvoices(
  documents: readonly Unnumbered[],
  numbers: readonly number[],
): Sealed[] {
  const rows = documents.map(({ draft }, at) => fixedRowOf({ ...draft, no: numbers[at] ?? 0 }));
  return rowTexts(FIXED_COLUMNS, rows).flatMap((fixed, at) => {
    const { draft, lineTexts } = documents[at] ?? {};
    if (!draft || !lineTexts) return [];
    const contentHash = `r${hashOfText([...lineTexts, fixed].join('\n'))}`;
    const text = `${fixed}\t${draft.state}\t${draft.paidMinor}\t${contentHash}`;
    return [{ invoice: { ...draft, no: numbers[at] ?? 0, contentHash }, text }];
  });
}

/** The seal of a document that was read again. */
export function sealOf(invoice: Invoice, lines: readonly InvoiceLine[]): string | undefined {
  const [lineTexts = []] = textsOfLines([{ of: invoice, lines }]);
  const [again] = sealInvoices([{ draft: invoice, lineTexts }], [invoice.no]);
  return again?.invoice.contentHash;
}
