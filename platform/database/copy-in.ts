import type pg from 'pg';
import { temporalText } from '#kit/temporal-text.ts';

/** Rows in COPY's text format, passed as the one parameter of a `copy … from stdin`. */
export type CopyBody = { readonly copyBody: string };

export function isCopyBody(value: unknown): value is CopyBody {
  return typeof value === 'object' && value !== null && 'copyBody' in value;
}

export type CopyResult = { command: 'COPY'; rowCount: null; rows: never[] };

type Copier = {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
};

/** Runs a `copy … from stdin` on a connection, in its queue like any statement. */
export function copyIn(
  enqueue: (query: pg.Submittable) => void,
  text: string,
  { copyBody }: CopyBody,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  // The methods that node-postgres calls on whatever stands in its queue.
  const query = {
    submit: (connection: Copier) => connection.query(text),
    handleCopyInResponse: (connection: Copier) => {
      connection.sendCopyFromChunk(Buffer.from(copyBody));
      connection.endCopyFrom();
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => done.resolve(),
    handleError: (error: Error) => done.reject(error),
  };
  enqueue(query as unknown as pg.Submittable);
  return done.promise;
}

/** Plain values of one row after another, by column; JSON columns take any value. */
export function copyTextOf(
  columns: readonly { name: string; isJson: boolean }[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  const fields = columns.map(({ name, isJson }) => ({
    name,
    write: isJson ? jsonWriter() : plain,
  }));
  const last = fields.length - 1;
  let text = '';
  for (const row of rows) {
    let index = 0;
    for (const { name, write } of fields) {
      text += write(row[name]);
      text += index === last ? '\n' : '\t';
      index += 1;
    }
  }
  return text;
}

/** So many different values are worth looking for the same one again. */
const SHARED_MAX = 100;

/** Rows that come together share parties and words: writing the same object again is wasted. */
function jsonWriter(): (value: unknown) => string {
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
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) {
    return temporalText(value);
  }
  return (value as number | bigint | boolean).toString();
}

function json(value: unknown): string {
  return value === null || value === undefined ? NULL : escaped(JSON.stringify(value));
}

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (one) => ESCAPES[one] ?? one) : text;
}
