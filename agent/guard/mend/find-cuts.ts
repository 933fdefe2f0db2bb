import { lexPhp, PADDING } from '../lexer/lex-php.ts';
import { splitStatements, type Statement } from '../flow/split-statements.ts';
import { Kind, type TokenStream } from '../lexer/token-stream.ts';
import { judgePhp, type Judge } from '../scan/judge-php.ts';
import type { Verdict } from '../scan/verdict.ts';
import type { ByteRange } from '../service/wire.ts';
import { blockRange, runRange } from './statement-range.ts';

const MOST_TRIES = 60;
const MOST_CUTS = 5;
/** Larger files are mended whole: trying cuts on them takes too long. */
const MOST_BYTES = 2 * 1024 * 1024;
const LONGEST_MS = 1500;
/** What is left must be a site's file, not a remainder. */
const LEAST_REST = 24;
const GROWTH = 8;

/** A statement or a tag at the top level of a file: nothing around it is open. */
interface Piece extends ByteRange {
  kind: 'open' | 'close' | 'html' | 'code';
}

/**
 * Where malicious code could be cut out so that what remains is whole, clean and still something.
 * Only exactly delimited places: an island between tags, or whole statements at the top level. What
 * is taken out must itself be found malicious. Best first; empty where there is no such place.
 */
export function findCuts(
  judge: Judge,
  bytes: Buffer,
  length: number,
  verdict: Verdict,
): ByteRange[] {
  if (length > MOST_BYTES) return [];
  const until = performance.now() + LONGEST_MS;
  const content = bytes.subarray(0, length);
  const state = lexPhp(bytes, length, judge.tokens, judge.lexLimits);
  if (state.limit || state.haltedAt >= 0) return [];
  const pieces = topPieces(judge.tokens, content);
  if (!pieces) return [];
  const cuts: ByteRange[] = [];
  const inner = innerStatements(judge.tokens, verdict);
  for (const range of candidates(pieces, content, verdict, inner).slice(0, MOST_TRIES)) {
    if (performance.now() > until) break;
    if (!isGoodCut(judge, content, range)) continue;
    cuts.push(range);
    if (cuts.length >= MOST_CUTS) break;
  }
  return cuts;
}

/** What a file is after a cut. */
export function cutOut(content: Buffer, { offset, length }: ByteRange): Buffer {
  return Buffer.concat([content.subarray(0, offset), content.subarray(offset + length)]);
}

function isGoodCut(judge: Judge, content: Buffer, range: ByteRange): boolean {
  const rest = cutOut(content, range);
  if (rest.toString('latin1').replace(/<\?(php)?|\?>|\s/g, '').length < LEAST_REST) return false;
  const left = judgeAlone(judge, rest);
  if (left.class !== 'clean' || left.limit) return false;
  const taken = content.subarray(range.offset, range.offset + range.length);
  const inTags = taken.includes('<?') ? taken : Buffer.concat([Buffer.from('<?php '), taken]);
  const { class: found } = judgeAlone(judge, inTags);
  return found === 'malicious' || found === 'compromised';
}

function judgeAlone(judge: Judge, content: Buffer): Verdict {
  return judgePhp(judge, Buffer.concat([content, Buffer.alloc(PADDING)]), content.length);
}

const NEIGHBOURS = 3;

/**
 * The statements at the evidence themselves, however deep in classes and functions they stand, then
 * with the few beside them in the same block.
 */
function innerStatements(tokens: TokenStream, { evidence }: Verdict): ByteRange[] {
  const { statements } = splitStatements(tokens);
  const ranges: ByteRange[] = [];
  for (const { at } of evidence) {
    const sink = statements.findIndex(({ start, end }) => at > 0 && at >= start && at <= end);
    for (let before = 0; sink >= 0 && before <= NEIGHBOURS; before++) {
      for (let after = 0; before + after <= NEIGHBOURS; after++) {
        const run = statements.slice(Math.max(0, sink - before), sink + after + 1);
        const range = runRange(tokens, run);
        if (range && run.length === before + after + 1) ranges.push(range);
      }
    }
    if (sink >= 0) ranges.push(...blocksAround(tokens, statements, sink));
  }
  return ranges.toSorted((one, other) => one.length - other.length);
}

/** Blocks around a statement within its function, each also with the few statements before it. */
function blocksAround(
  tokens: TokenStream,
  statements: readonly Statement[],
  sink: number,
): ByteRange[] {
  const ranges: ByteRange[] = [];
  const { scope } = statements[sink] as Statement;
  let at = statements[sink]?.head ?? -1;
  for (let head = statements[at]; head?.scope === scope; head = statements[at]) {
    const block = blockRange(tokens, head);
    for (let before = 0; block && before <= NEIGHBOURS && before <= at; before++) {
      const run = statements.slice(at - before, at);
      const first = before === 0 ? block : runRange(tokens, run);
      const isBeside = before === 0 || (run[0]?.scope === scope && run[0].head === head.head);
      if (!first || !isBeside) break;
      ranges.push({ offset: first.offset, length: block.offset + block.length - first.offset });
    }
    at = head.head;
  }
  return ranges;
}

/**
 * Islands first, with evidence before without, then the statement at the evidence, what stands around it at the top level, and
 * what stands at head and tail.
 */
function candidates(
  pieces: Piece[],
  content: Buffer,
  verdict: Verdict,
  inner: readonly ByteRange[],
): ByteRange[] {
  const holdsEvidence = ({ offset, length }: ByteRange) =>
    verdict.evidence.some(({ at }) => at >= offset && at < offset + length);
  const tags = islands(pieces, content).toSorted(
    (one, other) => Number(holdsEvidence(other)) - Number(holdsEvidence(one)),
  );
  const ranges = [...tags, ...inner];
  const places = verdict.evidence.map(({ at }) =>
    pieces.findIndex(({ offset, length }) => at >= offset && at < offset + length),
  );
  const hit = places.filter((place) => pieces[place]?.kind === 'code');
  if (hit.length > 0) ranges.push(...around(pieces, Math.min(...hit), Math.max(...hit)));
  const code = pieces.flatMap((piece, at) => (piece.kind === 'code' ? [at] : []));
  for (let count = 1; count <= Math.min(GROWTH, code.length - 1); count++) {
    ranges.push(span(pieces, code[0] as number, code[count - 1] as number));
    ranges.push(span(pieces, code[code.length - count] as number, code.at(-1) as number));
  }
  const seen = new Set<string>();
  return ranges.filter(({ offset, length }) => {
    const key = `${offset}+${length}`;
    return length > 0 && !seen.has(key) && seen.add(key);
  });
}

/** From an opening tag to its closing one, with the line end that PHP swallows behind it. */
function islands(pieces: Piece[], content: Buffer): ByteRange[] {
  const found: ByteRange[] = [];
  let open = -1;
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === 'open') open = at;
    if (piece.kind !== 'close' || open < 0) continue;
    const range = span(pieces, open, at);
    const end = range.offset + range.length;
    const newline =
      content[end] === 10 ? 1 : content[end] === 13 && content[end + 1] === 10 ? 2 : 0;
    found.push({ ...range, length: range.length + newline });
    open = -1;
  }
  // An island at the end needs no closing tag.
  if (open > 0) found.push(span(pieces, open, pieces.length - 1));
  return found.length > 1 || pieces.some(({ kind }) => kind === 'html') ? found : [];
}

/** Grows from the statements at the evidence to both sides, never over a tag. */
function around(pieces: Piece[], first: number, last: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  const isCode = (at: number) => pieces[at]?.kind === 'code';
  for (let before = 0; before <= GROWTH && isCode(first - before); before++) {
    for (let after = 0; before + after <= GROWTH && isCode(last + after); after++) {
      ranges.push(span(pieces, first - before, last + after));
    }
  }
  return ranges.toSorted((a, b) => a.length - b.length);
}

function span(pieces: Piece[], first: number, last: number): ByteRange {
  const { offset } = pieces[first] as Piece;
  const end = pieces[last] as Piece;
  return { offset, length: end.offset + end.length - offset };
}

const CONTINUES = /^(else|elseif|catch|finally|while)$/i;

/** Null when brackets do not match: then no place is exactly delimited. */
function topPieces(tokens: TokenStream, content: Buffer): Piece[] | null {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = -1;
  const close = (end: number) => {
    if (start >= 0 && end > start)
      pieces.push({ kind: 'code', offset: start, length: end - start });
    start = -1;
  };
  for (let at = 0; at < tokens.count; at++) {
    const from = tokens.start[at] as number;
    const end = tokens.end[at] as number;
    const first = content[from];
    const tag = first === 60 ? 'open' : first === 63 && content[from + 1] === 62 ? 'close' : null;
    if (tokens.kind[at] === Kind.html) {
      if (depth === 0) {
        close(from);
        pieces.push({ kind: 'html', offset: from, length: end - from });
      }
      continue;
    }
    if (tag && depth === 0 && isTag(content, from, tag)) {
      close(from);
      pieces.push({ kind: tag, offset: from, length: Math.max(end - from, 2) });
      continue;
    }
    if (start < 0) start = from;
    if (tokens.kind[at] !== Kind.punctuation) continue;
    const value = tokens.value[at] as number;
    if (value === 40 || value === 91 || value === 123) depth++;
    else if (value === 41 || value === 93 || value === 125) depth--;
    if (depth < 0) return null;
    if (depth === 0 && (value === 59 || (value === 125 && !goesOn(tokens, content, at))))
      close(end);
  }
  if (depth !== 0) return null;
  close(content.length);
  return pieces;
}

function isTag(content: Buffer, at: number, kind: 'open' | 'close'): boolean {
  return kind === 'close' || content[at + 1] === 63 || content[at + 1] === 115;
}

function goesOn(tokens: TokenStream, content: Buffer, at: number): boolean {
  const next = at + 1;
  if (next >= tokens.count || tokens.kind[next] === Kind.html) return false;
  const word = content.toString('latin1', tokens.start[next], tokens.end[next]);
  return CONTINUES.test(word) || /^([;,)\]?:.]|->|=)/.test(word);
}
