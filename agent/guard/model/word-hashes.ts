import { Kind, type TokenStream } from '../lexer/token-stream.ts';
import { LOWER, NAME } from '../lexer/byte-classes.ts';
import { FNV_PRIME, NAME_SEED } from '../lexer/word-table.ts';

/** Buckets that words and pairs of tokens are hashed into. */
export const WORD_BUCKETS = 1 << 16;
const SHORTEST = 3;
const LONGEST = 24;
const MOST_BYTES = 512 * 1024;

const seen = new Uint8Array(WORD_BUCKETS);

/**
 * Which words and pairs of neighbouring tokens a file holds, as bucket numbers, each once. Words
 * come from names, strings and HTML, so what a shell says of itself counts as what it does.
 */
export function wordHashes(bytes: Uint8Array, tokens: TokenStream): Uint16Array {
  const found: number[] = [];
  const add = (hash: number) => {
    const bucket = (hash ^ (hash >>> 16)) & (WORD_BUCKETS - 1);
    if (seen[bucket] === 0) {
      seen[bucket] = 1;
      found.push(bucket);
    }
  };
  let budget = MOST_BYTES;
  let before = 0;
  for (let at = 0; at < tokens.count; at++) {
    const kind = tokens.kind[at] as number;
    const value = tokens.value[at] as number;
    const start = tokens.start[at] as number;
    const end = tokens.end[at] as number;
    const isText = kind !== Kind.punctuation && kind !== Kind.number && kind !== Kind.variable;
    if (isText && budget > 0) {
      const until = Math.min(end, start + budget);
      addWords(bytes, start, until, kind === Kind.name ? 1 : 2, add);
      budget -= until - start;
    }
    const token = shapeOf(kind, value);
    if (at > 0) add(Math.imul(before ^ Math.imul(token, 0x9e3779b1), FNV_PRIME));
    before = token;
  }
  for (const bucket of found) seen[bucket] = 0;
  return Uint16Array.from(found);
}

/** Unknown variables are alike; strings too. */
function shapeOf(kind: number, value: number): number {
  if (kind === Kind.variable) return value < 4096 ? value + 512 : 3;
  if (kind === Kind.name || kind === Kind.punctuation) return Math.imul(value, 31) + kind;
  return kind;
}

function addWords(
  bytes: Uint8Array,
  start: number,
  end: number,
  salt: number,
  add: (hash: number) => void,
): void {
  let hash = NAME_SEED ^ salt;
  let length = 0;
  for (let at = start; at <= end; at++) {
    const byte = at < end ? (bytes[at] as number) : 0;
    if (NAME[byte] === 1) {
      hash = Math.imul(hash ^ (LOWER[byte] as number), FNV_PRIME);
      length++;
    } else if (length > 0) {
      if (length >= SHORTEST && length <= LONGEST) add(hash);
      hash = NAME_SEED ^ salt;
      length = 0;
    }
  }
}
