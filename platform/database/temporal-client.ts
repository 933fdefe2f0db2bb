import pg from 'pg';
import { copyIn, isCopyBody } from './copy-in.ts';
import { statementName } from './statement-names.ts';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** Result parsers: exact integers and Temporal values instead of strings and legacy dates. */
export const parseTemporal: typeof pg.types.getTypeParser = ((oid: number, format?: 'text') => {
  if (oid === INT8) return BigInt;
  if (oid === DATE) return (text: string) => Temporal.PlainDate.from(text);
  if (oid === TIMESTAMPTZ) return (text: string) => Temporal.Instant.from(text);
  return pg.types.getTypeParser(oid, format);
}) as typeof pg.types.getTypeParser;

function toParameter(value: unknown): unknown {
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) {
    return value.toString();
  }
  return Array.isArray(value) ? value.map(toParameter) : value;
}

/**
 * node-postgres writes unknown objects as JSON, which would quote dates: they are written plainly.
 * Statements that come again are prepared once per connection, which saves the server parsing and
 * planning them anew.
 */
export class TemporalClient extends pg.Client {
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
    if (isCopyBody(first)) return copyIn((copy) => super.query(copy), text, first);
    const name = typeof text === 'string' ? statementName(text) : undefined;
    const parameters = values.map(toParameter);
    return name
      ? query.call(this, { name, text, values: parameters }, ...rest)
      : query.call(this, text, parameters, ...rest);
  }
}
