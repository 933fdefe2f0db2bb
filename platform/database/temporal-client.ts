import pg from 'pg';
import { dateOf } from '#kit/calendar.ts';
import { temporalText } from '#kit/temporal-text.ts';
import { copyIn, isCopyBody } from './copy-in.ts';
import type { CopyBody, CopyResult } from './copy-in.ts';
import { statementName } from './statement-names.ts';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** Result parsers: exact integers and Temporal values instead of strings and legacy dates. */
export const parseTemporal: typeof pg.types.getTypeParser = ((oid: number, format?: 'text') => {
  if (oid === INT8) return BigInt;
  if (oid === DATE) return dateOf;
  if (oid === TIMESTAMPTZ) return (text: string) => Temporal.Instant.from(text);
  return pg.types.getTypeParser(oid, format);
}) as typeof pg.types.getTypeParser;

function toParameter(value: unknown): unknown {
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) {
    return temporalText(value);
  }
  return Array.isArray(value) ? value.map(toParameter) : value;
}

/**
 * node-postgres writes unknown objects as JSON, which would quote dates: they are written plainly.
 * Statements that come again are prepared once per connection, which saves the server parsing and
 * planning them anew.
 */
export class TemporalClient extends pg.Client {
  /** Rows that are on their way to the server. */
  #copying: Promise<void> | null = null;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // A connection that breaks while a transaction thinks fails its next query; without a listener
    // it would end the process.
    this.on('error', () => {});
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  override query(...args: any[]): any {
    const [text, values, ...rest] = args;
    // oxlint-disable-next-line typescript/no-explicit-any
    const query = super.query as any;
    if (!Array.isArray(values)) return query.apply(this, args);
    const [first] = values;
    if (isCopyBody(first)) return this.#copy(text, first);
    const name = typeof text === 'string' ? statementName(text) : undefined;
    const parameters = values.map(toParameter);
    const ask = () =>
      name
        ? query.call(this, { name, text, values: parameters }, ...rest)
        : query.call(this, text, parameters, ...rest);
    return this.#copying ? this.#afterCopies(text, ask) : ask();
  }

  /** Does not wait for the server, so that it writes these rows while we prepare the next. */
  #copy(text: string, body: CopyBody): Promise<CopyResult> {
    const before = this.#copying ?? Promise.resolve();
    this.#copying = before.then(() => copyIn((copy) => super.query(copy), text, body));
    this.#copying.catch(() => {}); // the next statement tells of it
    return Promise.resolve({ command: 'COPY', rowCount: null, rows: [] });
  }

  /** What was wrong with rows on their way fails the statement after them: the commit at the latest. */
  async #afterCopies<T>(text: string, ask: () => Promise<T>): Promise<T> {
    const copied = this.#copying;
    this.#copying = null;
    if (text.startsWith('rollback')) await copied?.catch(() => {});
    else await copied;
    return ask();
  }
}
