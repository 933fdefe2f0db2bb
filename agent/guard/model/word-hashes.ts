import { Kind, UNKNOWN_NAME, type TokenStream } from '../lexer/token-stream.ts';
import { LOWER, NAME } from '../lexer/byte-classes.ts';
import { FNV_PRIME, hashName, NAME_SEED, wordText } from '../lexer/word-table.ts';

/** Buckets that words and pairs of tokens are hashed into. */
export const WORD_BUCKETS = 1 << 16;
const SHORTEST = 3;
const LONGEST = 24;
const MOST_BYTES = 512 * 1024;

/** Which buckets were found, and in which order; reused by the next call. */
const seen = new Uint8Array(WORD_BUCKETS);
const order = new Uint16Array(WORD_BUCKETS);

/**
 * Which words and pairs of neighbouring tokens a file holds, as bucket numbers, each once. Words
 * come from names, strings and HTML, so what a shell says of itself counts as what it does.
 */
export function wordHashes(bytes: Uint8Array, tokens: TokenStream): Uint16Array {
  const { kind: kinds, value: values, start: starts, end: ends, count } = tokens;
  let found = 0;
  let budget = MOST_BYTES;
  let before = 0;
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] as number;
    const isText = kind !== Kind.punctuation && kind !== Kind.number && kind !== Kind.variable;
    if (isText && budget > 0) {
      const start = starts[at] as number;
      const until = Math.min(ends[at] as number, start + budget);
      found = addWords(bytes, start, until, kind === Kind.name ? 1 : 2, found);
      budget -= until - start;
    }
    const token = shapeOf(kind, values[at] as number);
    if (at > 0) found = add(Math.imul(before ^ Math.imul(token, 0x9e3779b1), FNV_PRIME), found);
    before = token;
  }
  for (let at = 0; at < found; at++) seen[order[at] as number] = 0;
  return order.slice(0, found);
}

/** Adds a bucket once; how many there are then. */
function add(hash: number, found: number): number {
  const bucket = (hash ^ (hash >>> 16)) & (WORD_BUCKETS - 1);
  if (seen[bucket] === 1) return found;
  seen[bucket] = 1;
  order[found] = bucket;
  return found + 1;
}

/** Unknown variables are alike; strings too. */
function shapeOf(kind: number, value: number): number {
  if (kind === Kind.punctuation) return Math.imul(value, 31) + kind;
  if (kind === Kind.name) return Math.imul(value < UNKNOWN_NAME ? hashOf(value) : value, 31) + kind;
  return kind === Kind.variable && value < UNKNOWN_NAME ? hashOf(value) : kind;
}

const hashes = new Int32Array(1 << 13);

/**
 * Ids are dealt out in the order that modules are loaded in. What was learned goes by the text, as
 * if the word were not known.
 */
function hashOf(id: number): number {
  if (hashes[id] === 0) {
    hashes[id] = (hashName(wordText(id), NAME_SEED) & (UNKNOWN_NAME - 1)) | UNKNOWN_NAME;
  }
  return hashes[id] as number;
}

function addWords(
  bytes: Uint8Array,
  start: number,
  end: number,
  salt: number,
  foundBefore: number,
): number {
  let found = foundBefore;
  let at = start;
  while (at < end) {
    while (at < end && NAME[bytes[at] as number] === 0) at++;
    const from = at;
    let hash = NAME_SEED ^ salt;
    for (; at < end && NAME[bytes[at] as number] === 1; at++) {
      hash = Math.imul(hash ^ (LOWER[bytes[at] as number] as number), FNV_PRIME);
    }
    const length = at - from;
    if (length >= SHORTEST && length <= LONGEST) found = add(hash, found);
  }
  return found;
}
