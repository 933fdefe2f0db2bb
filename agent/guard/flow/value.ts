/** Where a value may come from; bits that add up through concatenation and calls. */
export const Taint = {
  request: 1,
  upload: 2,
  file: 4,
  net: 8,
  decoded: 16,
  /** A variable that nothing in the file sets (`register_globals`, `extract`). */
  ambient: 32,
  parameter: 64,
  server: 128,
  /** Put together from pieces rather than written out. */
  built: 256,
  session: 512,
  /** Read through a name that was put together: `${'_' . $x}`. */
  indirect: 1024,
  /** No source: stands behind constant text, or went through a function of another file. */
  led: 2048,
  /** Taken byte by byte from a constant, as decoders do in loops that are not run. */
  spelt: 4096,
  /** All that the request holds, or what nobody may keep of it: cards and passwords. */
  secret: 8192,
  /** No source: an address that goes on with something else. */
  address: 16384,
} as const;

/** Sources that another pass over the functions is worth. */
export const MOVING =
  Taint.request |
  Taint.upload |
  Taint.file |
  Taint.net |
  Taint.decoded |
  Taint.session |
  Taint.indirect;

/** What is known of a value: its sources, its bytes when they are constant, its elements. */
export interface Value {
  taint: number;
  /** One character per byte; null when not constant. */
  text: string | null;
  /** Elements by key; `null` key order is insertion order. */
  items: Map<string, Value> | null;
  /** The variable it was read from (token value), 0 otherwise; `key` when an element of it. */
  variable: number;
  key: string | null;
  number: boolean;
  /** What it ends in, where its bytes are constant only there. */
  tail: string | null;
}

export const NOTHING: Value = plain(0);

export function plain(taint: number): Value {
  return { taint, text: null, items: null, variable: 0, key: null, number: false, tail: null };
}

export function constant(text: string, taint = 0, number = false): Value {
  return { taint, text, items: null, variable: 0, key: null, number, tail: null };
}

export function collection(items: Map<string, Value>, taint = 0): Value {
  return { taint, text: null, items, variable: 0, key: null, number: false, tail: null };
}

/** The same value with other sources, read from elsewhere. */
export function readAs(value: Value, taint: number, variable: number, key: string | null): Value {
  const { text, items, number, tail } = value;
  return { taint, text, items, variable, key, number, tail };
}

/** Of unknown bytes, read from a variable. */
export function unknownOf(variable: number, taint: number, key: string | null = null): Value {
  return { taint, text: null, items: null, variable, key, number: false, tail: null };
}

/** Either of two values, as after a condition: what is constant stays so only when both agree. */
export function either(left: Value, right: Value): Value {
  const taint = left.taint | right.taint;
  if (left.text !== null && left.text === right.text) return constant(left.text, taint);
  const text = left.text !== null && right.text === null ? left.text : right.text;
  const items = left.items ?? right.items;
  return { taint, text, items, variable: 0, key: null, number: false, tail: null };
}

const LONGEST_TAIL = 16;

/** The last bytes of a value, as far as they are constant. */
export function tailOf(value: Value): string | null {
  return value.text === null ? value.tail : value.text.slice(-LONGEST_TAIL);
}

/** Sources of a value and of its elements: a list's own are kept with it. */
export function allTaint(value: Value): number {
  return value.taint;
}
