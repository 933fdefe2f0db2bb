import pg from 'pg';

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

/** node-postgres writes unknown objects as JSON, which would quote dates: write them plainly. */
export class TemporalClient extends pg.Client {
  // oxlint-disable-next-line typescript/no-explicit-any
  override query(...args: any[]): any {
    if (Array.isArray(args[1])) args[1] = args[1].map(toParameter);
    // oxlint-disable-next-line typescript/no-explicit-any
    return (super.query as any)(...args);
  }
}
