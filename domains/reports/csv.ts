import { decimalOf } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';

/** Text is what people wrote and is never trusted; amounts are ours. */
export type CsvCell = string | Money | null;

const BYTE_ORDER_MARK = '\ufeff';
/** A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * A table as a spreadsheet of that language opens it: UTF-8 with a byte order mark; `;` and decimal
 * commas in Russian, `,` and points in English. Text that a spreadsheet would take for a formula
 * gets an apostrophe before it.
 */
export function csvText(rows: readonly (readonly CsvCell[])[], language: 'ru' | 'en'): string {
  const separator = language === 'ru' ? ';' : ',';
  const lines = rows.map((row) =>
    row.map((cell) => quoted(cellText(cell, language), separator)).join(separator),
  );
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

export function csvFile(
  name: string,
  rows: readonly (readonly CsvCell[])[],
  language: 'ru' | 'en',
): File {
  return new File([csvText(rows, language)], `${name}.csv`, { type: 'text/csv' });
}

function cellText(cell: CsvCell, language: 'ru' | 'en'): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return FORMULA.test(cell) ? `'${cell}` : cell;
  const decimal = decimalOf(cell);
  return language === 'ru' ? decimal.replace('.', ',') : decimal;
}

function quoted(text: string, separator: string): string {
  const plain = !text.includes(separator) && !/["\r\n]/.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}
