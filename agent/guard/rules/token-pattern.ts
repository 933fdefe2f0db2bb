import { Kind, Op, type TokenStream } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';

type Item =
  | { kind: 'exact'; token: number; value: number }
  | { kind: 'any'; token: number }
  | { kind: 'text' }
  | { kind: 'gap' };

export type TokenPattern = readonly Item[];

const LONGEST_GAP = 8;
const OPERATORS: Record<string, number> = {
  '->': Op.arrow,
  '::': Op.doubleColon,
  '=>': Op.doubleArrow,
  '.=': Op.concatAssign,
};

/**
 * Tokens apart by blanks: words (`eval`), variables (`$_POST`), punctuation, `$any`, `name`,
 * `text` (any constant) and `...` (up to eight tokens). Blanks and comments in the file are nothing.
 */
export function compileTokens(source: string): TokenPattern {
  return source.split(' ').map((part): Item => {
    if (part === '$any') return { kind: 'any', token: Kind.variable };
    if (part === 'name') return { kind: 'any', token: Kind.name };
    if (part === 'text') return { kind: 'text' };
    if (part === '...') return { kind: 'gap' };
    if (part.startsWith('$') && part.length > 1) {
      return { kind: 'exact', token: Kind.variable, value: wordOf(part) };
    }
    if (/^[a-z_]/.test(part)) return { kind: 'exact', token: Kind.name, value: wordOf(part) };
    const value = OPERATORS[part] ?? part.charCodeAt(0);
    return { kind: 'exact', token: Kind.punctuation, value };
  });
}

/** Start of the first place where the tokens stand so, -1 when nowhere. */
export function findTokens(pattern: TokenPattern, tokens: TokenStream): number {
  for (let at = 0; at < tokens.count; at++) {
    if (standsAt(pattern, tokens, at)) return tokens.start[at] as number;
  }
  return -1;
}

function standsAt(pattern: TokenPattern, tokens: TokenStream, from: number): boolean {
  let at = from;
  for (let index = 0; index < pattern.length; index++) {
    const item = pattern[index] as Item;
    if (item.kind !== 'gap') {
      if (!fits(item, tokens, at)) return false;
      at++;
      continue;
    }
    const next = pattern[index + 1];
    const until = at + LONGEST_GAP;
    while (next && at <= until && !fits(next, tokens, at)) at++;
    if (at > until) return false;
  }
  return true;
}

function fits(item: Item, tokens: TokenStream, at: number): boolean {
  if (at >= tokens.count) return false;
  const kind = tokens.kind[at] as number;
  if (item.kind === 'exact') return kind === item.token && tokens.value[at] === item.value;
  if (item.kind === 'any') return kind === item.token;
  return kind === Kind.string || kind === Kind.text || kind === Kind.raw;
}
