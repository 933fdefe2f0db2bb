import { FNV_PRIME, NAME_SEED } from '../lexer/word-table.ts';
import { constant, type Value } from './value.ts';

const LONGEST = 24;
const SLOTS = 1 << 12;
const BACKSLASH = 92;

/** The same keys and names stand in most files: values are never changed, so each is made once. */
const known: (Value | undefined)[] = Array.from({ length: SLOTS });

/** The constant of so many bytes; null when they are many, or mean something else than themselves. */
export function shortConstant(bytes: Buffer, start: number, end: number): Value | null {
  if (end - start > LONGEST || end < start) return null;
  let hash = NAME_SEED;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === BACKSLASH) return null;
    hash = Math.imul(hash ^ byte, FNV_PRIME);
  }
  const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
  const found = known[slot];
  if (found && isText(found.text as string, bytes, start, end)) return found;
  return (known[slot] = constant(bytes.toString('latin1', start, end)));
}

function isText(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at - start) !== bytes[at]) return false;
  }
  return true;
}
