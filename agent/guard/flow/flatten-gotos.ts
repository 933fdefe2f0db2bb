import { Kind, makeTokenStream, type TokenStream } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';

const GOTO = wordOf('goto');
const [COLON, SEMICOLON, OPEN, CLOSE] = [58, 59, 123, 125] as const;

/**
 * Puts code that was cut up by `goto` back into the order it runs in: from the top, each jump is
 * followed once; what no jump reached is appended. Null without gotos. Linear in the tokens.
 */
export function flattenGotos(tokens: TokenStream): TokenStream | null {
  const labels = findLabels(tokens);
  if (!labels) return null;
  const flat = makeTokenStream(tokens.count + 1);
  const used = new Uint8Array(tokens.count);
  for (let at = 0; at < tokens.count; at++) {
    if (used[at] === 0) follow(tokens, at, labels, used, flat);
  }
  return flat;
}

function findLabels(tokens: TokenStream): Map<number, number> | null {
  if (!tokens.value.subarray(0, tokens.count).includes(GOTO)) return null;
  let gotos = 0;
  const labels = new Map<number, number>();
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kind[at] !== Kind.name) continue;
    if (tokens.value[at] === GOTO) gotos++;
    else if (isPunctuation(tokens, at + 1, COLON) && startsStatement(tokens, at)) {
      labels.set(tokens.value[at] as number, at);
    }
  }
  return gotos >= 2 && labels.size > 0 ? labels : null;
}

function startsStatement(tokens: TokenStream, at: number): boolean {
  if (at === 0) return true;
  if (tokens.kind[at - 1] !== Kind.punctuation) return false;
  const before = tokens.value[at - 1];
  return before === SEMICOLON || before === OPEN || before === CLOSE || before === COLON;
}

function follow(
  tokens: TokenStream,
  from: number,
  labels: Map<number, number>,
  used: Uint8Array,
  flat: TokenStream,
): void {
  let at = from;
  while (at < tokens.count && used[at] === 0) {
    const jumps = tokens.kind[at] === Kind.name && tokens.value[at] === GOTO;
    const target = jumps ? labels.get(tokens.value[at + 1] as number) : undefined;
    used[at] = 1;
    if (target !== undefined && used[target] === 0 && isPunctuation(tokens, at + 2, SEMICOLON)) {
      used[at + 1] = 1;
      used[at + 2] = 1;
      at = target + 2; // behind the label and its colon
      used[target] = 1;
      used[target + 1] = 1;
      continue;
    }
    append(flat, tokens, at);
    at++;
  }
}

function append(flat: TokenStream, tokens: TokenStream, at: number): void {
  const to = flat.count++;
  flat.kind[to] = tokens.kind[at] as number;
  flat.start[to] = tokens.start[at] as number;
  flat.end[to] = tokens.end[at] as number;
  flat.value[to] = tokens.value[at] as number;
}

function isPunctuation(tokens: TokenStream, at: number, value: number): boolean {
  return tokens.kind[at] === Kind.punctuation && tokens.value[at] === value;
}
