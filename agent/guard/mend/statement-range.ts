import type { Statement } from '../flow/split-statements.ts';
import { Kind, type TokenStream } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';
import type { ByteRange } from '../service/wire.ts';

const [SEMICOLON, OPEN, CLOSE] = [59, 123, 125] as const;

/**
 * The bytes of a whole statement, its semicolon included, wherever it stands: in a method, in a
 * closure. Null where it is not delimited by itself, as the head of a block is not.
 */
function statementRange(tokens: TokenStream, { from, to, start }: Statement): ByteRange | null {
  const ends = to < tokens.count && isPunctuation(tokens, to, SEMICOLON);
  const isTag = ends && (tokens.end[to] as number) - (tokens.start[to] as number) !== 1;
  if (!begins(tokens, from) || !ends || isTag) return null;
  return { offset: start, length: (tokens.end[to] as number) - start };
}

function begins(tokens: TokenStream, from: number): boolean {
  return from > 0 && [SEMICOLON, OPEN, CLOSE].some((mark) => isPunctuation(tokens, from - 1, mark));
}

/** Words that go on with the block before them. */
const GO_ON = new Set(['else', 'elseif', 'catch', 'finally', 'while'].map(wordOf));

/** The bytes of a head and its block; null where another block belongs to it. */
export function blockRange(tokens: TokenStream, head: Statement): ByteRange | null {
  const { from, to, start } = head;
  if (!begins(tokens, from) || goesOn(tokens, from) || !isPunctuation(tokens, to, OPEN))
    return null;
  let depth = 0;
  for (let at = to; at < tokens.count; at++) {
    if (isPunctuation(tokens, at, OPEN)) depth++;
    if (!isPunctuation(tokens, at, CLOSE) || --depth > 0) continue;
    if (goesOn(tokens, at + 1)) return null;
    return { offset: start, length: (tokens.end[at] as number) - start };
  }
  return null;
}

function goesOn(tokens: TokenStream, at: number): boolean {
  return tokens.kind[at] === Kind.name && GO_ON.has(tokens.value[at] as number);
}

function isPunctuation(tokens: TokenStream, at: number, value: number): boolean {
  return tokens.kind[at] === Kind.punctuation && tokens.value[at] === value;
}

/** The bytes of whole statements that follow each other in one block; null where they do not. */
export function runRange(tokens: TokenStream, run: readonly Statement[]): ByteRange | null {
  const ranges = run.map((statement) => statementRange(tokens, statement));
  const [first, last] = [ranges[0], ranges.at(-1)];
  const { scope, head } = run[0] ?? { scope: -1, head: -1 };
  const isOneBlock = run.every((one) => one.scope === scope && one.head === head);
  if (!first || !last || !isOneBlock || ranges.includes(null)) return null;
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}
