import { Kind, Op, type TokenStream } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';

/** A statement, or the head of a block: `if (…)`, `function name (…)`. Tags and HTML end one. */
export interface Statement {
  /** Tokens: the first, and behind the last; what ends it (`;`, `{`, `}`) does not count. */
  from: number;
  to: number;
  /** Bytes. */
  start: number;
  end: number;
  /** The function whose body it stands in, 0 outside of all: an index in `scopes`. */
  scope: number;
  /** The head of the innermost block around it, -1 at the top: an index in `statements`. */
  head: number;
}

export interface Scope {
  /** Name of the function; 0 for the file's own code and for closures. */
  word: number;
  /** An index in `statements`; -1 for the file's own code. */
  head: number;
}

export interface Statements {
  statements: Statement[];
  scopes: Scope[];
}

interface Block {
  scope: number;
  head: number;
  /** Not a block: `$text{0}`, `${name}`, `$object->{name}`. */
  inExpression: boolean;
}

const FUNCTION = wordOf('function');
const [OPEN, CLOSE, SEMICOLON, DOLLAR, AMPERSAND] = [123, 125, 59, 36, 38] as const;

/** Splits tokens at the ends of statements and at the braces of blocks, in one pass. */
export function splitStatements(tokens: TokenStream): Statements {
  const statements: Statement[] = [];
  const scopes: Scope[] = [{ word: 0, head: -1 }];
  const blocks: Block[] = [];
  let block: Block = { scope: 0, head: -1, inExpression: false };
  let from = 0;
  const close = (to: number) => {
    if (to > from) {
      const start = tokens.start[from] as number;
      const end = to < tokens.count ? (tokens.start[to] as number) : (tokens.end[to - 1] as number);
      statements.push({ from, to, start, end, scope: block.scope, head: block.head });
    }
    from = to + 1;
  };
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kind[at] === Kind.html) close(at);
    if (tokens.kind[at] !== Kind.punctuation) continue;
    const value = tokens.value[at];
    if (value === SEMICOLON) close(at);
    else if (value === OPEN) {
      blocks.push(block);
      if (isInExpression(tokens, at)) {
        block = { ...block, inExpression: true };
        continue;
      }
      const word = functionHead(tokens, from, at);
      const head = at > from ? statements.length : -1;
      close(at);
      if (word >= 0) scopes.push({ word, head });
      block = { scope: word >= 0 ? scopes.length - 1 : block.scope, head, inExpression: false };
    } else if (value === CLOSE) {
      if (!block.inExpression) close(at);
      block = blocks.pop() ?? block;
    }
  }
  close(tokens.count);
  return { statements, scopes };
}

function isInExpression(tokens: TokenStream, at: number): boolean {
  if (at === 0) return false;
  const value = tokens.value[at - 1];
  if (tokens.kind[at - 1] === Kind.variable) return true;
  if (tokens.kind[at - 1] !== Kind.punctuation) return false;
  return value === DOLLAR || value === 93 || value === Op.arrow || value === Op.doubleColon;
}

/** The name of the function that a head opens; 0 for a closure, -1 where it opens none. */
function functionHead(tokens: TokenStream, from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) {
    if (tokens.kind[at] !== Kind.name || tokens.value[at] !== FUNCTION) continue;
    const next = tokens.value[at + 1] === AMPERSAND ? at + 2 : at + 1;
    return tokens.kind[next] === Kind.name ? (tokens.value[next] as number) : 0;
  }
  return -1;
}
