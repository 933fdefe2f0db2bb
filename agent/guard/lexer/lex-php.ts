import { CLASS, Class, LOWER, NAME } from './byte-classes.ts';
import { leaveHtml } from './lex-html.ts';
import { lexHeredoc, lexTemplate, openTemplate, quotedEnd } from './lex-strings.ts';
import { emit, type LexerState, type LexLimits } from './lexer-state.ts';
import { endTokenStream, Kind, Op, type TokenStream } from './token-stream.ts';
import { findWord, FNV_PRIME, learnWord, NAME_SEED, VARIABLE_SEED } from './word-table.ts';

export const DEFAULT_LEX_LIMITS: LexLimits = { tokens: 4_000_000, depth: 64 };

/** Zero bytes a buffer must hold behind its content. */
export const PADDING = 16;

const HALT = learnWord('__halt_compiler');
const SEMICOLON = 59;

/**
 * Splits PHP source into tokens in one pass, without recursion and without turning it into text.
 * Comments and blanks leave nothing behind; tags become `;` and `echo`; an interpolated string
 * becomes the concatenation it means, in brackets; backticks become `shell_exec (…)`.
 * `bytes` holds `PADDING` zero bytes behind `length`. With `inPhp` it starts inside PHP (for code
 * that `eval` would get).
 */
export function lexPhp(
  bytes: Uint8Array,
  length: number,
  tokens: TokenStream,
  limits: LexLimits = DEFAULT_LEX_LIMITS,
  inPhp = false,
): LexerState {
  tokens.count = 0;
  const state: LexerState = {
    bytes,
    length,
    at: 0,
    tokens,
    limits,
    limit: null,
    haltedAt: -1,
    openTags: 0,
    commentBytes: 0,
    htmlBytes: 0,
    commentsEnd: true,
    frames: [],
    braces: 0,
  };
  if (!inPhp) leaveHtml(state);
  while (state.at < length) step(state);
  endTokenStream(tokens);
  return state;
}

function step(state: LexerState): void {
  const at = state.at;
  const byte = state.bytes[at] as number;
  switch (CLASS[byte]) {
    case Class.space:
      return skipBlanks(state);
    case Class.name:
    case Class.backslash:
      return lexName(state);
    case Class.dollar:
      return lexVariable(state);
    case Class.digit:
      return lexNumber(state);
    case Class.singleQuote:
      return lexSingleQuoted(state);
    case Class.doubleQuote:
    case Class.backtick:
      return openTemplate(state, byte);
    case Class.operator:
      return lexOperator(state, byte);
    case Class.slash:
      return lexSlash(state);
    case Class.hash:
      if (state.bytes[at + 1] === 91) return single(state, 91, 2); // #[ attribute
      return skipLineComment(state);
    case Class.question:
      return lexQuestion(state);
    case Class.less:
      return lexLess(state);
    case Class.open:
      state.braces++;
      return single(state, byte, 1);
    case Class.close:
      return closeBrace(state);
    default:
      return single(state, byte, 1);
  }
}

function single(state: LexerState, value: number, width: number): void {
  const at = state.at;
  state.at = at + width;
  emit(state, Kind.punctuation, at, at + width, value);
}

function skipBlanks(state: LexerState): void {
  const { bytes } = state;
  let at = state.at + 1;
  while (CLASS[bytes[at] as number] === Class.space) at++;
  state.at = at;
}

function lexName(state: LexerState): void {
  const { bytes } = state;
  const start = state.at;
  let at = start;
  let hash = NAME_SEED;
  for (;;) {
    const byte = bytes[at] as number;
    if (NAME[byte] === 1) hash = Math.imul(hash ^ (LOWER[byte] as number), FNV_PRIME);
    else if (byte === 92) hash = NAME_SEED; // the last part of a qualified name counts
    else break;
    at++;
  }
  state.at = at;
  const word = findWord(hash);
  emit(state, Kind.name, start, at, word);
  if (word === HALT) {
    state.haltedAt = at;
    state.at = state.length;
  }
}

function lexVariable(state: LexerState): void {
  const { bytes } = state;
  const start = state.at;
  let at = start + 1;
  if (CLASS[bytes[at] as number] !== Class.name) return single(state, 36, 1);
  let hash = VARIABLE_SEED;
  for (;;) {
    const byte = bytes[at] as number;
    if (NAME[byte] !== 1) break;
    hash = Math.imul(hash ^ byte, FNV_PRIME);
    at++;
  }
  state.at = at;
  emit(state, Kind.variable, start, at, findWord(hash));
}

function lexNumber(state: LexerState): void {
  const { bytes } = state;
  const start = state.at;
  let at = start + 1;
  for (;;) {
    const byte = bytes[at] as number;
    if (NAME[byte] === 1) at++;
    else if (byte === 46 && CLASS[bytes[at + 1] as number] === Class.digit) at++;
    else break;
  }
  state.at = at;
  emit(state, Kind.number, start, at, 0);
}

function lexSingleQuoted(state: LexerState): void {
  const start = state.at;
  const end = quotedEnd(state.bytes, start + 1, state.length, 39);
  state.at = end;
  emit(state, Kind.string, start, end, 39);
}

function lexSlash(state: LexerState): void {
  const next = state.bytes[state.at + 1];
  if (next === 47) return skipLineComment(state);
  if (next !== 42) return lexAssigning(state);
  const { bytes, length } = state;
  const end = state.commentsEnd ? endOfComment(bytes, state.at, length) : -1;
  // PHP refuses such a file; damage done on purpose must not hide what stands behind it.
  if (end < 0) {
    state.commentsEnd = false;
    state.at += 2;
    return;
  }
  state.commentBytes += end - state.at;
  state.at = end;
}

/** Behind the comment that starts there, -1 when nothing closes it: two bytes at a time. */
export function endOfComment(bytes: Uint8Array, start: number, length: number): number {
  for (let at = start + 3; at < length; at += 2) {
    const byte = bytes[at];
    if (byte === 47 && bytes[at - 1] === 42) return at + 1;
    if (byte === 42 && bytes[at + 1] === 47 && at + 1 < length) return at + 2;
  }
  return -1;
}

/** A line comment ends before `?>` too. */
function skipLineComment(state: LexerState): void {
  const { bytes, length } = state;
  let at = state.at + 1;
  for (; at < length; at++) {
    const byte = bytes[at];
    if (byte === 10 || byte === 13) break;
    if (byte === 63 && bytes[at + 1] === 62) break;
  }
  state.commentBytes += at - state.at;
  state.at = at;
}

function lexQuestion(state: LexerState): void {
  const { bytes, at } = state;
  const next = bytes[at + 1];
  if (next === 62) {
    emit(state, Kind.punctuation, at, at + 2, SEMICOLON);
    state.at = Math.max(state.at, at + 2);
    return leaveHtml(state);
  }
  if (next === 63) return single(state, Op.coalesce, bytes[at + 2] === 61 ? 3 : 2);
  if (next === 45 && bytes[at + 2] === 62) return single(state, Op.arrow, 3);
  single(state, 63, 1);
}

function lexLess(state: LexerState): void {
  const { bytes, at } = state;
  const next = bytes[at + 1];
  if (next === 60) {
    if (bytes[at + 2] === 60 && lexHeredoc(state)) return;
    return single(state, Op.shift, 2);
  }
  if (next === 61) return single(state, Op.compare, bytes[at + 2] === 62 ? 3 : 2);
  if (next === 62) return single(state, Op.compare, 2);
  single(state, Op.compare, 1);
}

function lexOperator(state: LexerState, byte: number): void {
  const { bytes, at } = state;
  const next = bytes[at + 1];
  if (byte === 45 && next === 62) return single(state, Op.arrow, 2);
  if (byte === 61) {
    if (next === 62) return single(state, Op.doubleArrow, 2);
    if (next === 61) return single(state, Op.compare, bytes[at + 2] === 61 ? 3 : 2);
    return single(state, 61, 1);
  }
  if (byte === 58) return next === 58 ? single(state, Op.doubleColon, 2) : single(state, 58, 1);
  if (byte === 33 && next === 61) return single(state, Op.compare, bytes[at + 2] === 61 ? 3 : 2);
  if (byte === 46 && next === 61) return single(state, Op.concatAssign, 2);
  if (byte === 46 && next === 46 && bytes[at + 2] === 46) return single(state, Op.ellipsis, 3);
  if (byte === 94 && next === 61) return single(state, Op.xorAssign, 2);
  if ((byte === 43 || byte === 45) && next === byte) return single(state, Op.step, 2);
  if ((byte === 38 || byte === 124) && next === byte) return single(state, Op.logic, 2);
  if (byte === 62) {
    if (next === 62) return single(state, Op.shift, 2);
    return single(state, Op.compare, next === 61 ? 2 : 1);
  }
  lexAssigning(state);
}

function lexAssigning(state: LexerState): void {
  const byte = state.bytes[state.at] as number;
  if (byte !== 33 && byte !== 46 && state.bytes[state.at + 1] === 61) {
    return single(state, Op.otherAssign, 2);
  }
  single(state, byte, 1);
}

/** `}` ends a block, or the expression inside a string. */
function closeBrace(state: LexerState): void {
  const frame = state.frames.at(-1);
  if (!frame || state.braces > 0) {
    if (state.braces > 0) state.braces--;
    return single(state, 125, 1);
  }
  if (frame.named) single(state, 125, 1);
  else state.at++;
  emit(state, Kind.punctuation, state.at, state.at, 41);
  emit(state, Kind.punctuation, state.at, state.at, 46);
  state.braces = frame.outerBraces;
  lexTemplate(state);
}
