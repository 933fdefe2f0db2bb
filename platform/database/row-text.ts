import { temporalText } from '#kit/temporal-text.ts';

/**
 * Rows in COPY's text format, each without its line break: the columns in the order of `types`,
 * which says their PostgreSQL types. JSON columns take any value.
 */
export function rowTexts<Column extends string>(
  types: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<NoInfer<Column>, unknown>>[],
): string[] {
  const names = Object.keys(types) as Column[];
  const fields = names.map((name) => ({ name, write: writerOf(types[name]) }));
  return rows.map((row) => fields.map(({ name, write }) => write(row[name])).join('\t'));
}

type Writer = (value: unknown) => string;

function writerOf(type: string): Writer {
  if (type === 'jsonb') return jsonWriter();
  return type === 'date' || type === 'timestamptz' ? moment : plain;
}

/** So many different values are worth looking for the same one again. */
const SHARED_MAX = 100;

/** Rows that come together share parties and words: writing the same object again is wasted. */
function jsonWriter(): Writer {
  const known = new Map<unknown, string>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const text = json(value);
    if (known.size < SHARED_MAX) known.set(value, text);
    return text;
  };
}

const NULL = String.raw`\N`;
const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

function plain(value: unknown): string {
  if (value === null || value === undefined) return NULL;
  return typeof value === 'string'
    ? escaped(value)
    : (value as number | bigint | boolean).toString();
}

function moment(value: unknown): string {
  if (value === null || value === undefined) return NULL;
  return typeof value === 'string'
    ? escaped(value)
    : temporalText(value as Temporal.PlainDate | Temporal.Instant);
}

function json(value: unknown): string {
  return value === null || value === undefined ? NULL : escaped(JSON.stringify(value));
}

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (one) => ESCAPES[one] ?? one) : text;
}
