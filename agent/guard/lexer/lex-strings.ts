import { CLASS, Class, NAME } from './byte-classes.ts';
import { emit, type LexerState, type TemplateFrame } from './lexer-state.ts';
import { Kind, Op } from './token-stream.ts';
import { findWord, FNV_PRIME, learnWord, VARIABLE_SEED } from './word-table.ts';

const SHELL = learnWord('shell_exec');
const [OPEN, CLOSE, DOT, DOLLAR, BRACE, BRACKET] = [40, 41, 46, 36, 123, 91] as const;
const BACKTICK = 96;

/** Index behind the closing quote; an unclosed string reaches to the end. */
export function quotedEnd(bytes: Uint8Array, from: number, length: number, quote: number): number {
  let at = from;
  while (at < length) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    at += byte === 92 ? 2 : 1;
  }
  return length;
}

/** At a double quote or backtick: a constant, or the start of text with interpolations. */
export function openTemplate(state: LexerState, quote: number): void {
  const { bytes, length } = state;
  const start = state.at;
  let at = start + 1;
  for (; at < length; at++) {
    const byte = bytes[at];
    if (byte === quote || interpolates(bytes, at)) break;
    if (byte === 92) at++;
  }
  if (quote !== BACKTICK && (at >= length || bytes[at] === quote)) {
    state.at = Math.min(at + 1, length);
    emit(state, Kind.string, start, state.at, 34);
    return;
  }
  state.at = start + 1;
  if (quote === BACKTICK) emit(state, Kind.name, start, start + 1, SHELL);
  pushFrame(state, { quote, labelStart: 0, labelEnd: 0, outerBraces: state.braces, named: false });
}

/** At `<<<`: false when no label follows. */
export function lexHeredoc(state: LexerState): boolean {
  const { bytes, length } = state;
  const start = state.at;
  let at = start + 3;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  const quote = bytes[at];
  const quoted = quote === 39 || quote === 34;
  if (quoted) at++;
  const labelStart = at;
  if (CLASS[bytes[at] as number] !== Class.name) return false;
  while (NAME[bytes[at] as number] === 1) at++;
  const labelEnd = at;
  if (quoted && bytes[at] !== quote) return false;
  while (at < length && bytes[at] !== 10 && bytes[at] !== 13) at++;
  if (quote !== 39) {
    state.at = at;
    const frame = { quote: 0, labelStart, labelEnd, outerBraces: state.braces, named: false };
    pushFrame(state, frame);
    return true;
  }
  let end = at;
  while (end < length && endOfLabel(bytes, end, labelStart, labelEnd) < 0) end++;
  emit(state, Kind.raw, Math.min(at + 1, end), end, 0);
  state.at = end < length ? endOfLabel(bytes, end, labelStart, labelEnd) : length;
  return true;
}

function pushFrame(state: LexerState, frame: TemplateFrame): void {
  if (state.frames.length >= state.limits.depth) {
    state.limit ??= 'depth';
    state.at = state.length;
    return;
  }
  state.frames.push(frame);
  emit(state, Kind.punctuation, state.at, state.at, OPEN);
  lexTemplate(state);
}

/** Text of the innermost template up to its end or to an expression in braces. */
export function lexTemplate(state: LexerState): void {
  const { bytes, length } = state;
  const frame = state.frames.at(-1) as TemplateFrame;
  let from = state.at;
  let at = from;
  while (at < length) {
    const byte = bytes[at] as number;
    const end = endOfTemplate(frame, bytes, at, byte);
    if (end >= 0) {
      emit(state, Kind.text, from, at, 0);
      emit(state, Kind.punctuation, at, end, CLOSE);
      state.at = Math.max(state.at, end);
      state.frames.pop();
      return;
    }
    if (byte === 92) at += 2;
    else if (interpolates(bytes, at)) {
      emit(state, Kind.text, from, at, 0);
      emit(state, Kind.punctuation, at, at, DOT);
      if (byte === BRACE || bytes[at + 1] === BRACE) return enterExpression(state, frame, at, byte);
      at = lexSimple(state, at);
      from = at;
    } else at++;
  }
  emit(state, Kind.text, from, length, 0);
  state.frames.pop();
  state.at = length;
}

function enterExpression(state: LexerState, frame: TemplateFrame, at: number, byte: number): void {
  frame.outerBraces = state.braces;
  frame.named = byte === DOLLAR;
  state.braces = 0;
  emit(state, Kind.punctuation, at, at, OPEN);
  if (frame.named) {
    emit(state, Kind.punctuation, at, at + 1, DOLLAR);
    emit(state, Kind.punctuation, at + 1, at + 2, BRACE);
    state.at = Math.max(state.at, at + 2);
  } else state.at = Math.max(state.at, at + 1);
}

/** `$name`, `$name[key]` or `$name->key` in text; then `.` for what follows. */
function lexSimple(state: LexerState, start: number): number {
  const { bytes } = state;
  let at = start + 1;
  let hash = VARIABLE_SEED;
  for (; NAME[bytes[at] as number] === 1; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), FNV_PRIME);
  }
  emit(state, Kind.variable, start, at, findWord(hash));
  if (bytes[at] === BRACKET) at = lexSimpleKey(state, at);
  else if (bytes[at] === 45 && bytes[at + 1] === 62) {
    if (CLASS[bytes[at + 2] as number] === Class.name) {
      emit(state, Kind.punctuation, at, at + 2, Op.arrow);
      let end = at + 2;
      while (NAME[bytes[end] as number] === 1) end++;
      emit(state, Kind.name, at + 2, end, 0);
      at = end;
    }
  }
  emit(state, Kind.punctuation, at, at, DOT);
  return at;
}

function lexSimpleKey(state: LexerState, open: number): number {
  const { bytes, length } = state;
  let end = open + 1;
  while (end < length && end - open < 256 && bytes[end] !== 93 && bytes[end] !== 10) end++;
  if (bytes[end] !== 93) return open;
  emit(state, Kind.punctuation, open, open + 1, BRACKET);
  if (bytes[open + 1] === DOLLAR) {
    let hash = VARIABLE_SEED;
    for (let at = open + 2; at < end; at++) {
      hash = Math.imul(hash ^ (bytes[at] as number), FNV_PRIME);
    }
    emit(state, Kind.variable, open + 1, end, findWord(hash));
  } else emit(state, Kind.raw, open + 1, end, 0);
  emit(state, Kind.punctuation, end, end + 1, 93);
  return end + 1;
}

function interpolates(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] as number;
  if (bytes[at] === DOLLAR) return next === BRACE || CLASS[next] === Class.name;
  return bytes[at] === BRACE && next === DOLLAR;
}

function endOfTemplate(frame: TemplateFrame, bytes: Uint8Array, at: number, byte: number): number {
  if (frame.quote !== 0) return byte === frame.quote ? at + 1 : -1;
  if (byte !== 10 && byte !== 13) return -1;
  return endOfLabel(bytes, at, frame.labelStart, frame.labelEnd);
}

/** At a line's end: index behind the closing label on the next line, or -1. */
function endOfLabel(bytes: Uint8Array, newline: number, start: number, end: number): number {
  const first = bytes[newline];
  if (first !== 10 && first !== 13) return -1;
  let at = newline + 1;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  for (let index = start; index < end; index++, at++) {
    if (bytes[at] !== bytes[index]) return -1;
  }
  return NAME[bytes[at] as number] === 1 ? -1 : at;
}
