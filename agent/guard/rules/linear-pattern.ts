import { LOWER } from '../lexer/byte-classes.ts';

/** One step of a pattern: bytes of a set, at least and at most so often. */
interface Step {
  set: Uint8Array;
  least: number;
  most: number;
}

/** A pattern that is matched without going back: see `compilePattern`. */
export interface LinearPattern {
  /** What it starts with; found by the literal matcher. */
  anchor: string;
  steps: readonly Step[];
}

const LONGEST_RUN = 256;
const SHORTEST_ANCHOR = 4;

/**
 * Patterns have bytes, `.`, `\d \w \s`, `[a-z]`, `[^…]` and `? * + {n,m}` (never more than 256).
 * They start with at least four plain bytes. A step of varying length may not share a byte with the
 * step after it, so taking as much as fits is always right and nothing is tried twice: a match costs
 * at most steps × 256 bytes.
 */
export function compilePattern(source: string): LinearPattern {
  const steps: Step[] = [];
  let at = 0;
  while (at < source.length) {
    const [set, width] = readSet(source, at);
    at += width;
    const [least, most, used] = readCount(source, at);
    at += used;
    steps.push({ set, least, most });
  }
  const anchor = readAnchor(source);
  if (anchor.length < SHORTEST_ANCHOR)
    throw new Error(`Pattern ${source}: no four bytes to start.`);
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    if (!next || step.least === step.most) continue;
    if (next.least === 0) throw new Error(`Pattern ${source}: optional step after a varying one.`);
    if (next.set.some((member, byte) => member === 1 && step.set[byte] === 1)) {
      throw new Error(`Pattern ${source}: neighbouring steps share bytes.`);
    }
  }
  return { anchor, steps };
}

/** Whether the pattern matches from that byte on; the index behind the match, or -1. */
export function matchAt(
  pattern: LinearPattern,
  bytes: Uint8Array,
  start: number,
  length: number,
): number {
  let at = start;
  for (const { set, least, most } of pattern.steps) {
    let count = 0;
    while (count < most && at < length && set[LOWER[bytes[at] as number] as number] === 1) {
      at++;
      count++;
    }
    if (count < least) return -1;
  }
  return at;
}

function readAnchor(source: string): string {
  let at = 0;
  while (at < source.length && !'.[\\'.includes(source[at] as string)) at++;
  const quantified = /[?*+{]/.exec(source.slice(0, at));
  return source.slice(0, quantified ? quantified.index - 1 : at).toLowerCase();
}

function readSet(source: string, at: number): readonly [Uint8Array, number] {
  const char = source[at] as string;
  const set = new Uint8Array(256);
  if (char === '[') {
    const close = source.indexOf(']', at + 2);
    if (close < 0) throw new Error(`Pattern ${source}: [ without ].`);
    fillClass(set, source.slice(at + 1, close));
    return [set, close + 1 - at];
  }
  if (char === '.') return [set.fill(1), 1];
  if (char === '\\') {
    fillClass(set, source.slice(at, at + 2));
    return [set, 2];
  }
  set[char.toLowerCase().charCodeAt(0)] = 1;
  return [set, 1];
}

function fillClass(set: Uint8Array, body: string): void {
  const inverse = body.startsWith('^');
  for (let at = inverse ? 1 : 0; at < body.length; at++) {
    const char = body[at] as string;
    if (char === '\\') fillEscape(set, body[++at] ?? '\\');
    else if (body[at + 1] === '-' && at + 2 < body.length) {
      for (let code = char.charCodeAt(0); code <= body.charCodeAt(at + 2); code++) set[code] = 1;
      at += 2;
    } else set[char.toLowerCase().charCodeAt(0)] = 1;
  }
  if (inverse) for (let byte = 0; byte < 256; byte++) set[byte] = set[byte] === 1 ? 0 : 1;
}

function fillEscape(set: Uint8Array, char: string): void {
  const ranges: Record<string, string> = { d: '0-9', w: 'a-z0-9_', s: ' -\t\n\r\v\f' };
  if (char === 's') for (const blank of [9, 10, 11, 12, 13, 32]) set[blank] = 1;
  else if (ranges[char]) fillClass(set, ranges[char]);
  else set[char.charCodeAt(0)] = 1;
}

function readCount(source: string, at: number): readonly [number, number, number] {
  const char = source[at];
  if (char === '?') return [0, 1, 1];
  if (char === '*') return [0, LONGEST_RUN, 1];
  if (char === '+') return [1, LONGEST_RUN, 1];
  if (char !== '{') return [1, 1, 0];
  const close = source.indexOf('}', at);
  const [least, most] = source.slice(at + 1, close).split(',');
  const low = Number(least);
  const high = Math.min(LONGEST_RUN, most === undefined ? low : Number(most || LONGEST_RUN));
  if (!(low >= 0 && high >= low)) throw new Error(`Pattern ${source}: count {${least},${most}}.`);
  return [low, high, close + 1 - at];
}
