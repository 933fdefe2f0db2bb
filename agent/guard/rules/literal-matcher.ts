import { LOWER } from '../lexer/byte-classes.ts';

/**
 * Finds many literals in one pass, skipping ahead by the block table of Wu and Manber (1994): most
 * bytes are never looked at. Literals are ASCII, ignore case, and have at least four bytes.
 */
export interface LiteralMatcher {
  literals: readonly Uint8Array[];
  shortest: number;
  shift: Uint8Array;
  /** Literals whose first `shortest` bytes end in that block. */
  byBlock: readonly (readonly number[] | undefined)[];
}

const SHORTEST = 4;
const blockOf = (first: number, second: number) => (first << 8) | second;

export function compileLiterals(texts: readonly string[]): LiteralMatcher {
  const literals = texts.map((text) => Buffer.from(text.toLowerCase(), 'latin1'));
  const shortest = Math.min(255, ...literals.map((literal) => literal.length));
  if (literals.length > 0 && shortest < SHORTEST) {
    throw new Error(`A literal needs at least ${SHORTEST} bytes.`);
  }
  const shift = new Uint8Array(65_536).fill(Math.max(1, shortest - 1));
  const byBlock: (number[] | undefined)[] = [];
  for (const [index, literal] of literals.entries()) {
    for (let at = 1; at < shortest; at++) {
      const block = blockOf(literal[at - 1] as number, literal[at] as number);
      shift[block] = Math.min(shift[block] as number, shortest - 1 - at);
      if (at === shortest - 1) (byBlock[block] ??= []).push(index);
    }
  }
  return { literals, shortest, shift, byBlock };
}

/** Calls back with each literal's index and start. */
export function findLiterals(
  matcher: LiteralMatcher,
  bytes: Uint8Array,
  length: number,
  found: (index: number, at: number) => void,
): void {
  const { shift, shortest, byBlock, literals } = matcher;
  if (literals.length === 0) return;
  let end = shortest - 1;
  while (end < length) {
    const block = blockOf(
      LOWER[bytes[end - 1] as number] as number,
      LOWER[bytes[end] as number] as number,
    );
    const skip = shift[block] as number;
    if (skip > 0) {
      end += skip;
      continue;
    }
    const start = end - shortest + 1;
    for (const index of byBlock[block] ?? []) {
      if (isAt(literals[index] as Uint8Array, bytes, start, length)) found(index, start);
    }
    end++;
  }
}

function isAt(literal: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  if (start + literal.length > length) return false;
  for (let at = 0; at < literal.length; at++) {
    if (LOWER[bytes[start + at] as number] !== literal[at]) return false;
  }
  return true;
}
