import { CompiledQuery, sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { temporalText } from '#kit/temporal-text.ts';
import type { CopyBody } from './copy-in.ts';
import type { Db, Tx } from './database.ts';
import { rowTexts } from './row-text.ts';

/** The columns of a set of rows with their PostgreSQL types: `{ branch_id: 'int4', id: 'text' }`. */
export type ColumnTypes<Row> = { readonly [Column in keyof Row & string]: string };

/**
 * Rows as a source for `insert … select` and `update … from`: one array a column, so that the
 * statement is the same for one row and for thousands, and stays prepared.
 */
export function rowsOf<Column extends string>(
  types: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<NoInfer<Column>, unknown>>[],
): RawBuilder<unknown> {
  const columns = Object.keys(types) as Column[];
  const arrays = columns.map((column) => {
    const isJson = types[column] === 'jsonb';
    const items = rows.map((row) => itemText(isJson ? jsonOf(row[column]) : row[column]));
    return sql`${`{${items.join(',')}}`}::${sql.raw(types[column])}[]`;
  });
  return sql`unnest(${sql.join(arrays)}) as r (${sql.raw(columns.join(', '))})`;
}

function jsonOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** A value as an item of an array in PostgreSQL's notation. */
function itemText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `"${QUOTED.test(value) ? escaped(value) : value}"`;
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) {
    return `"${temporalText(value)}"`;
  }
  return (value as number | bigint | boolean).toString();
}

const QUOTED = /["\\]/;

function escaped(text: string): string {
  return text.replaceAll(/["\\]/g, String.raw`\$&`);
}

/** Fewer go by a statement that is prepared, and that itself tells what is wrong with them. */
const COPY_ROWS_MIN = 20;

/** Writes any number of rows with one statement. */
export async function insertRows<Column extends string>(
  tx: Db | Tx,
  table: string,
  types: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<NoInfer<Column>, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(types).join(', ');
  if (rows.length < COPY_ROWS_MIN) {
    await sql`insert into ${sql.table(table)} (${sql.raw(columns)})
      select ${sql.raw(columns)} from ${rowsOf(types, rows)}`.execute(tx);
    return;
  }
  await copyRows(tx, table, types, rowTexts(types, rows));
}

/** Writes rows that are texts already (`rowTexts`). */
export async function copyRows(
  tx: Db | Tx,
  table: string,
  types: Readonly<Record<string, string>>,
  texts: readonly string[],
): Promise<void> {
  const body: CopyBody = { copyRows: texts };
  const columns = Object.keys(types).join(', ');
  await tx.executeQuery(CompiledQuery.raw(`copy "${table}" (${columns}) from stdin`, [body]));
}

/** Sets all columns but the key of any number of rows with one statement. */
export async function updateRows<Column extends string>(
  tx: Db | Tx,
  table: string,
  types: Readonly<Record<Column, string>>,
  key: readonly Column[],
  rows: readonly Readonly<Record<NoInfer<Column>, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(types).filter((column) => !key.some((one) => one === column));
  const set = columns.map((column) => `${column} = r.${column}`).join(', ');
  const same = key.map((column) => `t.${column} = r.${column}`).join(' and ');
  await sql`update ${sql.table(table)} t set ${sql.raw(set)}
    from ${rowsOf(types, rows)} where ${sql.raw(same)}`.execute(tx);
}
