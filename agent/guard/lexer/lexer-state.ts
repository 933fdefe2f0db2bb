import { growTokenStream, type TokenStream } from './token-stream.ts';

/** Budgets of one file's pass; what exceeds one is `suspicious: limit`. */
export interface LexLimits {
  tokens: number;
  /** Strings inside expressions inside strings … */
  depth: number;
}

/** Where the lexer is. `bytes` carries zero bytes behind `length`, so looking ahead needs no check. */
export interface LexerState {
  bytes: Uint8Array;
  length: number;
  at: number;
  tokens: TokenStream;
  limits: LexLimits;
  /** Which limit was met first. */
  limit: 'tokens' | 'depth' | null;
  /** Where `__halt_compiler` left the rest as data; -1 without it. */
  haltedAt: number;
  openTags: number;
  commentBytes: number;
  htmlBytes: number;
  /** A comment was opened that nothing closes: its opening alone is passed over. */
  commentsEnd: boolean;
  /** Template frames: what ends the text, and the brace depth of the expression around it. */
  frames: TemplateFrame[];
  braces: number;
}

export interface TemplateFrame {
  /** Quote or backtick byte; 0 for a heredoc. */
  quote: number;
  labelStart: number;
  labelEnd: number;
  /** Open braces within the current `{$…}`; the text goes on when they are closed. */
  outerBraces: number;
  /** Closing bytes to emit when the expression ends: 1 for `}` of `${`. */
  named: boolean;
}

export function emit(
  state: LexerState,
  kind: number,
  start: number,
  end: number,
  value: number,
): void {
  const tokens = state.tokens;
  const at = tokens.count;
  if (at >= state.limits.tokens) {
    state.limit ??= 'tokens';
    state.at = state.length;
    return;
  }
  if (at === tokens.kind.length) growTokenStream(tokens);
  tokens.kind[at] = kind;
  tokens.start[at] = start;
  tokens.end[at] = end;
  tokens.value[at] = value;
  tokens.count = at + 1;
}
