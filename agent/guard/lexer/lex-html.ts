import { LOWER } from './byte-classes.ts';
import { emit, type LexerState } from './lexer-state.ts';
import { Kind } from './token-stream.ts';
import { learnWord } from './word-table.ts';

const ECHO = learnWord('echo');
const SEMICOLON = 59;
const SCRIPT = Buffer.from('<script');
const LONGEST_TAG = 60;

/** Skips what stands outside PHP, up to behind the next opening tag. */
export function leaveHtml(state: LexerState): void {
  const start = state.at;
  const tag = nextTag(state, start);
  if (tag.at > start) {
    state.htmlBytes += tag.at - start;
    emit(state, Kind.html, start, tag.at, 0);
  }
  state.at = tag.at + tag.width;
  if (tag.width === 0) return;
  state.openTags++;
  if (tag.echo) emit(state, Kind.name, tag.at, state.at, ECHO);
  else emit(state, Kind.punctuation, tag.at, state.at, SEMICOLON);
}

interface Tag {
  at: number;
  width: number;
  echo: boolean;
}

function nextTag(state: LexerState, from: number): Tag {
  const { bytes, length } = state;
  const open = nextShortTag(bytes, from, length);
  const script = nextScriptTag(bytes, from, open.at);
  return script ?? open;
}

/** `<?php`, `<?=` and `<?`: short tags may be on, so `<?xml` alone is not one. */
function nextShortTag(bytes: Uint8Array, from: number, length: number): Tag {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, length);
  let at = buffer.indexOf('<?', from, 'latin1');
  while (at >= 0 && startsWith(bytes, at + 2, 'xml')) at = buffer.indexOf('<?', at + 2, 'latin1');
  if (at < 0) return { at: length, width: 0, echo: false };
  if (bytes[at + 2] === 61) return { at, width: 3, echo: true };
  return { at, width: startsWith(bytes, at + 2, 'php') ? 5 : 2, echo: false };
}

/** `<script language="php">` opened PHP up to version 6. */
function nextScriptTag(bytes: Uint8Array, from: number, until: number): Tag | null {
  if (until - from < 20) return null;
  const html = Buffer.from(bytes.buffer, bytes.byteOffset, until);
  for (let at = html.indexOf('<', from, 'latin1'); at >= 0; at = html.indexOf('<', at + 1)) {
    if (LOWER[bytes[at + 1] as number] !== 115 || !matches(bytes, at, SCRIPT)) continue;
    const close = at + html.subarray(at, at + LONGEST_TAG).indexOf('>', 0, 'latin1');
    if (close < at) continue;
    const inside = html.toString('latin1', at, close).toLowerCase();
    if (inside.includes('language') && inside.includes('php')) {
      return { at, width: close + 1 - at, echo: false };
    }
  }
  return null;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (LOWER[bytes[at + index] as number] !== text.charCodeAt(index)) return false;
  }
  return true;
}

function matches(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) {
    if (LOWER[bytes[at + index] as number] !== word[index]) return false;
  }
  return true;
}
