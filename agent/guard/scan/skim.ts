import { CLASS, Class, LOWER, NAME } from '../lexer/byte-classes.ts';
import { DEFAULT_LEX_LIMITS, endOfComment } from '../lexer/lex-php.ts';
import type { LexLimits } from '../lexer/lexer-state.ts';
import { isCandidate } from '../model/is-candidate.ts';
import { emptySurvey } from '../model/survey.ts';
import { DEEPEST_SKIM, touchesMember, type Skim } from './skim-state.ts';
import { skimDoubleQuoted, skimSingleQuoted, skimTemplate } from './skim-strings.ts';
import { skimName, skimText, skimVariable } from './skim-words.ts';

const [OPEN, CLOSE, END_BRACKET] = [40, 41, 93] as const;

/** What the token before was, as far as it matters: a bracket behind a value calls it. */
const [OTHER, VALUE, BITS] = [0, 1, 2] as const;
const BITWISE = new Uint8Array(256);
for (const text of '&^|~') BITWISE[text.charCodeAt(0)] = 1;

const outerBraces = new Int32Array(DEEPEST_SKIM);

/**
 * Whether a file may be a candidate: the survey's counts taken from the bytes, without making
 * tokens, and rounded up where only tokens could tell. False means that `isCandidate` of the
 * tokens' survey is false too, but for names whose hashes collide with a known word's.
 */
export function mayBeCandidate(
  bytes: Buffer,
  length: number,
  limits: LexLimits = DEFAULT_LEX_LIMITS,
): boolean {
  const survey = emptySurvey();
  const empty = { unsure: false, tokens: 0, depth: 0, deepest: 0, outerBraces, braces: 0 };
  const skim: Skim = { bytes, length, survey, ...empty };
  skimPhp(skim, skimHtml(skim, 0));
  // Where a budget could be met, the lexer tells whether it is.
  if (skim.unsure || skim.tokens > limits.tokens || skim.deepest > limits.depth) return true;
  return isCandidate(survey, { length, haltedAt: -1, limit: null, tokens: { count: 0 } });
}

function skimPhp(skim: Skim, from: number): void {
  const { bytes, length, survey } = skim;
  const classes = CLASS;
  let at = from;
  let before: number = OTHER;
  while (at < length && !skim.unsure) {
    skim.tokens++;
    const byte = bytes[at] as number;
    switch (classes[byte]) {
      case Class.space:
        do at++;
        while (classes[bytes[at] as number] === Class.space);
        continue;
      case Class.name:
      case Class.backslash:
        at = passName(skim, at);
        break;
      case Class.slash:
      case Class.hash: {
        const end = passComment(skim, at, byte);
        at = Math.abs(end);
        if (end > 0) continue; // a comment changes nothing
        break;
      }
      case Class.dollar: {
        const start = at;
        at = passVariable(skim, start);
        before = touchesMember(bytes, start) ? OTHER : VALUE;
        continue;
      }
      case Class.singleQuote:
        if (before === BITS) survey.textBits++;
        at = skimSingleQuoted(skim, at);
        break;
      case Class.digit:
        if (before === BITS) survey.textBits++;
        at = passNumber(skim, at);
        break;
      case Class.doubleQuote:
        if (before === BITS) survey.textBits++;
        at = skimDoubleQuoted(skim, at, before === VALUE);
        before = VALUE; // a text with variables ends with a bracket of its own
        continue;
      case Class.close:
        before = skim.depth > 0 ? VALUE : OTHER;
        at = passBrace(skim, at);
        continue;
      case Class.question:
      case Class.less:
      case Class.backtick:
        at = passRare(skim, at, byte);
        break;
      case Class.open:
        skim.braces++;
        at++;
        break;
      default:
        if (byte === OPEN && before === VALUE) survey.valueCalls++;
        before = byte === CLOSE || byte === END_BRACKET ? VALUE : OTHER;
        if (BITWISE[byte] === 1) {
          const width = widthOfBits(bytes, at, byte);
          if (width > 0) before = BITS;
          at += Math.abs(width);
        } else at++;
        continue;
    }
    before = OTHER;
  }
}

/** Of a qualified name the last part counts. */
function passName(skim: Skim, from: number): number {
  const { bytes } = skim;
  const names = NAME;
  let [start, at] = [from, from];
  for (;;) {
    while (names[bytes[at] as number] === 1) at++;
    if (bytes[at] !== 92) break;
    at++;
    start = at;
  }
  if (at > start) skimName(skim, start, at);
  return at;
}

function passVariable(skim: Skim, start: number): number {
  const { bytes } = skim;
  const names = NAME;
  let at = start + 1;
  if (CLASS[bytes[at] as number] !== Class.name) skim.unsure = true; // $$name, ${…}
  while (names[bytes[at] as number] === 1) at++;
  skimVariable(skim, start, at);
  return at;
}

function passNumber(skim: Skim, start: number): number {
  const { bytes } = skim;
  let at = start + 1;
  for (;;) {
    const byte = bytes[at] as number;
    if (NAME[byte] !== 1 && !(byte === 46 && CLASS[bytes[at + 1] as number] === Class.digit)) break;
    at++;
  }
  skimText(skim, start, at);
  return at;
}

/** The place behind a comment; below 0 it is none, and that far on. */
function passComment(skim: Skim, start: number, byte: number): number {
  const { bytes, length } = skim;
  const next = bytes[start + 1];
  if (byte === 47 && next === 42) return passBlockComment(skim, start);
  if (byte === 47 ? next !== 47 : next === 91) return -start - (byte === 47 ? 1 : 2);
  let at = start + 1;
  for (; at < length; at++) {
    const here = bytes[at];
    if (here === 10 || here === 13) break;
    if (here === 63 && bytes[at + 1] === 62) break;
  }
  return at;
}

function passBlockComment(skim: Skim, start: number): number {
  const { bytes, length } = skim;
  const end = endOfComment(bytes, start, length);
  if (end < 0) skim.unsure = true;
  return end < 0 ? length : end;
}

/** How wide an operator of bits is; below 0 when it is another one (`&&`, `|=`). */
function widthOfBits(bytes: Uint8Array, at: number, byte: number): number {
  const next = bytes[at + 1];
  if (byte === 126) return 1;
  if (next === 61) return -2;
  return next === byte && byte !== 94 ? -2 : 1;
}

function passBrace(skim: Skim, at: number): number {
  if (skim.braces > 0) skim.braces--;
  else if (skim.depth > 0) {
    skim.braces = skim.outerBraces[--skim.depth] as number;
    return skimTemplate(skim, at + 1);
  }
  return at + 1;
}

/** `?`, `<` and backticks. */
function passRare(skim: Skim, at: number, byte: number): number {
  const { bytes } = skim;
  const next = bytes[at + 1];
  if (byte === 63) {
    if (next === 62) return skimHtml(skim, at + 2);
    if (next === 63) return at + 2;
    return next === 45 && bytes[at + 2] === 62 ? at + 3 : at + 1;
  }
  if (byte === 96 || (next === 60 && bytes[at + 2] === 60)) skim.unsure = true;
  return at + 1;
}

/** What stands outside PHP, up to behind the next opening tag. */
function skimHtml(skim: Skim, from: number): number {
  const { bytes, length } = skim;
  const found = bytes.indexOf('<?', from, 'latin1');
  const end = found < 0 || found >= length ? length : found;
  if (end > from) skimText(skim, from, end);
  skim.tokens += 2;
  for (let at = from; at < end - 1; at++) {
    // <script language="php"> opened PHP once.
    if (bytes[at] !== 60 || LOWER[bytes[at + 1] as number] !== 115) continue;
    if (LOWER[bytes[at + 2] as number] === 99) skim.unsure = true;
  }
  if (end === length) return length;
  if (LOWER[bytes[end + 2] as number] === 120) skim.unsure = true; // <?xml
  if (bytes[end + 2] === 61) return end + 3;
  const isLong = bytes.toString('latin1', end + 2, end + 5).toLowerCase() === 'php';
  return end + (isLong ? 5 : 2);
}
