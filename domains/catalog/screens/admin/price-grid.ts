import { decimalOf, money, moneyFromDecimal } from '#kit/money.ts';
import { TERMS } from '#kit/term.ts';
import type { TermMonths } from '#kit/term.ts';

/** Whose price of what: one ladder by term for first purchase and one for renewal. */
export type Ladder = {
  audience: 'clients' | 'resellers';
  item: { kind: 'plan' | 'component'; id: string };
};
export type Action = 'add' | 'renew';
export type Cell = Ladder & { action: Action; termMonths: TermMonths };
export type Row = Cell & { currency: string; monthlyMinor: number };

/** What stands in the cells, as typed; a blank one takes the price of the longest shorter term. */
export type Cells = Readonly<Record<string, string>>;

export function cellKey({ audience, item, action, termMonths }: Cell): string {
  return [audience, item.kind, item.id, action, termMonths].join(' ');
}

/**
 * Prices for every term, as cells: only where a term's price differs from what it would fall back
 * to, so that changing the first cell of a flat price changes all of it.
 */
export function cellsOf(rows: readonly Row[]): Cells {
  const cells: Record<string, string> = {};
  for (const row of rows.toSorted(byActionAndTerm)) {
    const text = plain(decimalOf(money(BigInt(row.monthlyMinor), row.currency)));
    if (fallback(cells, row) !== text) cells[cellKey(row)] = text;
  }
  return cells;
}

/** First purchase before renewal, which falls back to it; short terms before long ones. */
function byActionAndTerm(a: Row, b: Row): number {
  return a.action.localeCompare(b.action) || a.termMonths - b.termMonths;
}

/** What a blank cell means: the nearest filled shorter term; a renewal then looks at purchases. */
export function fallback(cells: Cells, cell: Cell): string {
  const shorter = TERMS.filter((term) => term < cell.termMonths).toReversed();
  for (const termMonths of shorter) {
    const text = cells[cellKey({ ...cell, termMonths })]?.trim();
    if (text) return text;
  }
  if (cell.action === 'add') return '';
  const add = { ...cell, action: 'add' as const };
  return cells[cellKey(add)]?.trim() || fallback(cells, add);
}

/** `640.00` as `640`: nobody types kopecks that are not there. */
function plain(decimal: string): string {
  return decimal.replace(/\.0+$/, '');
}

/** A comma is a decimal point to half of those who type; spaces group digits. */
export function minorOf(text: string, currency: string): number | null {
  const amount = moneyFromDecimal(text.replaceAll(/\s/g, '').replace(',', '.'), currency);
  return amount && amount.minor >= 0n ? Number(amount.minor) : null;
}

/** The cells that are no amounts, by key. */
export function faultyCells(cells: Cells, currency: string): string[] {
  return Object.keys(cells).filter((key) => {
    const text = cells[key]?.trim();
    return text && minorOf(text, currency) === null;
  });
}

/**
 * The ladders that differ from `before`, each as a whole: an edition that prices an item replaces
 * all its prices in that currency.
 */
export function changedRows(
  before: Cells,
  after: Cells,
  ladders: readonly Ladder[],
  currency: string,
): Row[] {
  return ladders.flatMap((ladder) => {
    const cells = cellsIn(ladder);
    const changed = cells.some((cell) => textAt(before, cell) !== textAt(after, cell));
    if (!changed) return [];
    return cells.flatMap((cell) => {
      const monthlyMinor = minorOf(textAt(after, cell), currency);
      return monthlyMinor === null ? [] : [{ ...cell, currency, monthlyMinor }];
    });
  });
}

function cellsIn(ladder: Ladder): Cell[] {
  return (['add', 'renew'] as const).flatMap((action) =>
    TERMS.map((termMonths) => ({ ...ladder, action, termMonths })),
  );
}

function textAt(cells: Cells, cell: Cell): string {
  return cells[cellKey(cell)]?.trim() ?? '';
}
