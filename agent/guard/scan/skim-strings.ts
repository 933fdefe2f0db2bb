import { CLASS, Class, NAME } from '../lexer/byte-classes.ts';
import { DEEPEST_SKIM, type Skim } from './skim-state.ts';
import { skimText, skimVariable } from './skim-words.ts';

const [DOUBLE_QUOTE, SINGLE_QUOTE, BACKSLASH, LESS, QUESTION] = [34, 39, 92, 60, 63] as const;
const [DOLLAR, BRACE, BRACKET, NEWLINE] = [36, 123, 91, 10] as const;

/** 1 for bytes that mean nothing in a string of that quote; the zero behind the file means its end. */
const PLAIN_SINGLE = new Uint8Array(256).fill(1);
const PLAIN_DOUBLE = new Uint8Array(256).fill(1);
for (const byte of [0, SINGLE_QUOTE, BACKSLASH, LESS]) PLAIN_SINGLE[byte] = 0;
for (const byte of [0, DOUBLE_QUOTE, BACKSLASH, LESS, DOLLAR, BRACE]) PLAIN_DOUBLE[byte] = 0;

/** At `'`; the place behind the string, as from all of these. */
export function skimSingleQuoted(skim: Skim, start: number): number {
  const { bytes, length } = skim;
  let at = start + 1;
  for (;;) {
    while (PLAIN_SINGLE[bytes[at] as number] === 1) at++;
    const byte = bytes[at];
    if (byte === SINGLE_QUOTE || at >= length) break;
    at += skimEscape(skim, at);
  }
  const end = Math.min(at + 1, length);
  skimText(skim, start, end);
  return end;
}

/** At `"`: a constant, or text up to its first expression. */
export function skimDoubleQuoted(skim: Skim, start: number, called: boolean): number {
  const { bytes, length, survey } = skim;
  let at = start + 1;
  for (;;) {
    while (PLAIN_DOUBLE[bytes[at] as number] === 1) at++;
    const byte = bytes[at];
    if (byte === DOUBLE_QUOTE || at >= length) {
      const end = Math.min(at + 1, length);
      skimText(skim, start, end);
      return end;
    }
    if ((byte === DOLLAR || byte === BRACE) && interpolates(bytes, at)) break;
    at += skimEscape(skim, at);
  }
  if (called) survey.valueCalls++; // the text stands in brackets of its own
  return skimTemplate(skim, start + 1);
}

/** Most tokens that an expression in a text makes beside its own. */
const AROUND = 8;

/** Text with variables, up to its end or into an expression in braces. */
export function skimTemplate(skim: Skim, from: number): number {
  const { bytes, length } = skim;
  let [piece, at] = [from, from];
  skim.tokens += AROUND;
  for (;;) {
    while (PLAIN_DOUBLE[bytes[at] as number] === 1) at++;
    const byte = bytes[at];
    if (byte === DOUBLE_QUOTE || at >= length) break;
    if ((byte !== DOLLAR && byte !== BRACE) || !interpolates(bytes, at)) {
      at += skimEscape(skim, at);
      continue;
    }
    skimText(skim, piece, at);
    skim.tokens += AROUND;
    if (byte === BRACE) return enterExpression(skim, at);
    if (bytes[at + 1] === BRACE) skim.unsure = true; // ${…}
    at = skimSimple(skim, at);
    piece = at;
  }
  const end = Math.min(at, length);
  skimText(skim, piece, end);
  return Math.min(end + 1, length);
}

/** A byte that may mean something in a string: how far to go on. */
function skimEscape(skim: Skim, at: number): number {
  const { bytes } = skim;
  const escaped = bytes[at] === BACKSLASH ? 1 : 0;
  if (bytes[at + escaped] === LESS && bytes[at + escaped + 1] === QUESTION) {
    skim.survey.codeStrings++;
  }
  return 1 + escaped;
}

function enterExpression(skim: Skim, at: number): number {
  if (skim.depth >= DEEPEST_SKIM) {
    skim.unsure = true;
    return skim.length;
  }
  skim.outerBraces[skim.depth++] = skim.braces;
  if (skim.depth >= skim.deepest) skim.deepest = skim.depth + 1;
  skim.braces = 0;
  return at + 1;
}

/** `$name`, `$name[key]` or `$name->key` in a text. */
function skimSimple(skim: Skim, start: number): number {
  const { bytes } = skim;
  let at = start + 1;
  while (NAME[bytes[at] as number] === 1) at++;
  skimVariable(skim, start, at);
  if (bytes[at] === BRACKET) return skimKey(skim, at);
  if (bytes[at] !== 45 || bytes[at + 1] !== 62) return at;
  if (CLASS[bytes[at + 2] as number] !== Class.name) return at;
  at += 2;
  while (NAME[bytes[at] as number] === 1) at++;
  return at;
}

function skimKey(skim: Skim, open: number): number {
  const { bytes, length } = skim;
  let end = open + 1;
  while (end < length && end - open < 256 && bytes[end] !== 93 && bytes[end] !== NEWLINE) {
    if (bytes[end] === LESS) skimEscape(skim, end);
    end++;
  }
  if (bytes[end] !== 93) return open;
  if (bytes[open + 1] === DOLLAR) skimVariable(skim, open + 1, end);
  else skimText(skim, open + 1, end);
  return end + 1;
}

function interpolates(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] as number;
  if (bytes[at] === DOLLAR) return next === BRACE || CLASS[next] === Class.name;
  return next === DOLLAR;
}
