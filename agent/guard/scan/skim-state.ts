import type { Survey } from '../model/survey.ts';

/** Where a skim is. `bytes` holds padding behind `length`, so looking ahead needs no check. */
export interface Skim {
  bytes: Buffer;
  length: number;
  /** What the tokens' survey would count, or more: never less. */
  survey: Survey;
  /** Something only the lexer can tell: the file gets its tokens. */
  unsure: boolean;
  /** How many tokens the lexer would make, or more. */
  tokens: number;
  /** Expressions open within strings: how many, at most so far, and the braces around each. */
  depth: number;
  deepest: number;
  outerBraces: Int32Array;
  braces: number;
}

export const DEEPEST_SKIM = 32;

/** The place behind blanks. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 32 || ((byte as number) - 9) >>> 0 < 5; byte = bytes[at])
    at++;
  return at;
}

/** Whether `->` or `::` touches: `--` and `>`, or `::` and `:` do not make one. */
export function touchesMember(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 1];
  if (before === 62) return bytes[at - 2] === 45 && bytes[at - 3] !== 45;
  return before === 58 && bytes[at - 2] === 58 && bytes[at - 3] !== 58;
}
