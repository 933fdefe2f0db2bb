import { UNKNOWN_NAME } from './token-stream.ts';

const FNV_OFFSET = 0x811c9dc5 | 0;
export const FNV_PRIME = 0x01000193;
/** Seeds keep `$_GET` and `_GET` apart. */
export const NAME_SEED = FNV_OFFSET;
export const VARIABLE_SEED = Math.imul(FNV_OFFSET ^ 36, FNV_PRIME);

const SLOTS = 1 << 13;
/** Ids of known words lie below. */
export const MOST_WORDS = SLOTS;
const hashes = new Int32Array(SLOTS);
const ids = new Int32Array(SLOTS);
const texts: string[] = [''];

/** FNV-1a over bytes as the lexer computes it; names are folded to lower case by the caller. */
export function hashName(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return hash;
}

/**
 * Adds a word the analysis knows and returns its id. `$name` is a variable (case counts), anything
 * else a name (given in lower case).
 */
export function learnWord(text: string): number {
  const hash = text.startsWith('$')
    ? hashName(text.slice(1), VARIABLE_SEED)
    : hashName(text, NAME_SEED);
  const found = findWord(hash);
  if (found < UNKNOWN_NAME) return found;
  let slot = slotOf(hash);
  while (ids[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
  hashes[slot] = hash;
  ids[slot] = texts.length;
  texts.push(text);
  return texts.length - 1;
}

/** The id of a known word, or the hash marked as unknown. */
export function findWord(hash: number): number {
  let slot = slotOf(hash);
  for (;;) {
    const id = ids[slot] as number;
    if (id === 0) return (hash & (UNKNOWN_NAME - 1)) | UNKNOWN_NAME;
    if (hashes[slot] === hash) return id;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

/** Id or marked hash of a name written out, in any case. */
export function wordOf(name: string): number {
  const last = name.slice(name.lastIndexOf('\\') + 1);
  return last.startsWith('$')
    ? findWord(hashName(last.slice(1), VARIABLE_SEED))
    : findWord(hashName(last.toLowerCase(), NAME_SEED));
}

export function wordText(id: number): string {
  return texts[id] ?? '';
}

export function wordCount(): number {
  return texts.length;
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
