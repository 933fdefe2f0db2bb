/** What a token is. Interpolated strings arrive as the concatenation they mean (see lex-php.ts). */
export const Kind = {
  html: 1,
  name: 2,
  variable: 3,
  /** Quoted constant; the span includes its quotes. */
  string: 4,
  /** Text between interpolations or in a heredoc: escapes as in double quotes. */
  text: 5,
  /** Nowdoc body: no escapes. */
  raw: 6,
  number: 7,
  punctuation: 8,
} as const;

/** Operators longer than one byte; one-byte operators are their own byte value. */
export const Op = {
  arrow: 256, // -> and ?->
  doubleColon: 257,
  doubleArrow: 258, // =>
  compare: 259,
  concatAssign: 260,
  xorAssign: 261,
  otherAssign: 262,
  coalesce: 263,
  logic: 264, // && and ||
  shift: 265,
  step: 266, // ++ and --
  ellipsis: 267,
} as const;

/**
 * One file's tokens as parallel arrays: kind, span in bytes, and a value. The value of a known word
 * is its id (rules/words.ts), of any other name or variable a hash with bit 30 set, of punctuation
 * its `Op` or byte. Arrays are reused from file to file.
 */
export interface TokenStream {
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  value: Int32Array;
  count: number;
}

export const UNKNOWN_NAME = 0x40000000;

export function makeTokenStream(capacity = 1 << 16): TokenStream {
  return {
    kind: new Uint8Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    value: new Int32Array(capacity),
    count: 0,
  };
}

/** Tokens of no kind behind the last, so that looking ahead never meets those of the file before. */
const BEHIND = 16;

export function endTokenStream(stream: TokenStream): void {
  const { count } = stream;
  if (count + BEHIND > stream.kind.length) growTokenStream(stream);
  stream.kind.fill(0, count, count + BEHIND);
  stream.value.fill(0, count, count + BEHIND);
  stream.start.fill(0, count, count + BEHIND);
  stream.end.fill(0, count, count + BEHIND);
}

export function growTokenStream(stream: TokenStream): void {
  const capacity = stream.kind.length * 2;
  const kind = new Uint8Array(capacity);
  kind.set(stream.kind);
  stream.kind = kind;
  stream.start = grown(stream.start, capacity);
  stream.end = grown(stream.end, capacity);
  stream.value = grown(stream.value, capacity);
}

function grown(from: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}
