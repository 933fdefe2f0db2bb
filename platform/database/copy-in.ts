import type pg from 'pg';

/** Rows in COPY's text format (`rowTexts`), passed as the one parameter of a `copy … from stdin`. */
export type CopyBody = { readonly copyRows: readonly string[] };

export function isCopyBody(value: unknown): value is CopyBody {
  return typeof value === 'object' && value !== null && 'copyRows' in value;
}

export type CopyResult = { command: 'COPY'; rowCount: null; rows: never[] };

type Copier = { stream: { write(frames: Buffer): void } };

/** Runs a `copy … from stdin` on a connection, in its queue like any statement. */
export function copyIn(
  enqueue: (query: pg.Submittable) => void,
  text: string,
  { copyRows }: CopyBody,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  // The methods that node-postgres calls on whatever stands in its queue.
  const query = {
    submit: ({ stream }: Copier) => {
      stream.write(framesOf(text, copyRows)); // whatever is answered here counts as an error
    },
    handleCopyInResponse: () => {},
    handleCommandComplete: () => {},
    handleReadyForQuery: () => done.resolve(),
    handleError: (error: Error) => done.reject(error),
  };
  enqueue(query as unknown as pg.Submittable);
  return done.promise;
}

const HEAD = 5;
const [QUERY, COPY_DATA, COPY_DONE] = ['Q', 'd', 'c'].map((letter) => letter.charCodeAt(0));

/**
 * The statement with all its rows as one piece: nobody waits for the server to ask for them. One
 * that refuses the statement passes over what follows it (PostgreSQL's protocol, COPY operations).
 */
function framesOf(text: string, rows: readonly string[]): Buffer {
  const dataBytes = rows.reduce((sum, row) => sum + Buffer.byteLength(row) + 1, 0);
  const textBytes = Buffer.byteLength(text) + 1;
  const frames = Buffer.allocUnsafe(3 * HEAD + textBytes + dataBytes);
  let at = 0;
  const begin = (kind = 0, bytes: number): void => {
    at = frames.writeUInt8(kind, at);
    at = frames.writeInt32BE(bytes + HEAD - 1, at);
  };
  begin(QUERY, textBytes);
  at += frames.write(text, at);
  at = frames.writeUInt8(0, at);
  begin(COPY_DATA, dataBytes);
  for (const row of rows) {
    at += frames.write(row, at);
    at = frames.writeUInt8(10, at); // a line break
  }
  begin(COPY_DONE, 0);
  return frames;
}
