import { PADDING } from '../lexer/lex-php.ts';
import { Kind, type TokenStream } from '../lexer/token-stream.ts';
import type { Fact } from './facts.ts';
import { seedsOf, sliceFlows, type Slice } from './slice-flows.ts';

/** Part of a file that is judged as if it stood alone, so that what surrounds it hides nothing. */
export interface FilePart {
  /** With padding behind `length`. */
  bytes: Buffer;
  length: number;
  /** Byte offset in the file of what drew attention. */
  at: number;
  /** Cut out along a flow of data; else an island between tags. */
  isFlow: boolean;
}

interface Island {
  start: number;
  end: number;
  tokens: number;
}

const MOST_ISLANDS = 6;
const LEAST_TOKENS = 6;
/** A part that is nearly the whole file says nothing new. */
const MOST_SHARE = 0.8;
const OPENING = Buffer.from('<?php ');

/** Flows cut out of the file, and the islands between tags that hold one, stand first or last. */
export function partsOf(
  bytes: Buffer,
  tokens: TokenStream,
  facts: readonly Fact[],
  openTags: number,
): FilePart[] {
  const slices = sliceFlows(tokens, facts, tokens.count * MOST_SHARE);
  const parts = slices.map((slice) => sliceText(bytes, slice));
  if (openTags < 2) return parts;
  for (const { start, end } of islandsWorthALook(bytes, tokens, facts)) {
    parts.push(partOf([bytes.subarray(start, end)], start, false));
  }
  return parts;
}

function sliceText(bytes: Buffer, { ranges, at }: Slice): FilePart {
  const texts = ranges.flatMap(({ start, end, before, after }) => [
    Buffer.from(before),
    bytes.subarray(start, end),
    Buffer.from(after),
  ]);
  return partOf([OPENING, ...texts], at, true);
}

function partOf(texts: Buffer[], at: number, isFlow: boolean): FilePart {
  const bytes = Buffer.concat([...texts, Buffer.alloc(PADDING)]);
  return { bytes, length: bytes.length - PADDING, at, isFlow };
}

function islandsWorthALook(bytes: Buffer, tokens: TokenStream, facts: readonly Fact[]): Island[] {
  const islands = islandsOf(bytes, tokens);
  if (islands.length < 2) return [];
  const seeds = seedsOf(facts);
  const isWorthIt = ({ start, end, tokens: count }: Island, at: number) =>
    count >= LEAST_TOKENS &&
    count <= tokens.count * MOST_SHARE &&
    (at === 0 ||
      at === islands.length - 1 ||
      seeds.some((seed) => seed.at >= start && seed.at < end));
  return islands.filter(isWorthIt).slice(0, MOST_ISLANDS);
}

/** What stands between an opening tag and its closing one, both included. */
function islandsOf(bytes: Buffer, tokens: TokenStream): Island[] {
  const islands: Island[] = [];
  let from = 0;
  let start = -1;
  for (let at = 0; at < tokens.count; at++) {
    const first = tokens.start[at] as number;
    const byte = bytes[first];
    const width = (tokens.end[at] as number) - first;
    const opens = byte === 60 && width > 1 && tokens.kind[at] !== Kind.html && isTag(bytes, first);
    if (opens && start < 0) {
      start = first;
      from = at;
    }
    const closes = byte === 63 && tokens.kind[at] === Kind.punctuation && tokens.value[at] === 59;
    if (!closes || start < 0) continue;
    islands.push({ start, end: tokens.end[at] as number, tokens: at - from });
    start = -1;
  }
  if (start >= 0) {
    const end = tokens.end[tokens.count - 1] as number;
    islands.push({ start, end, tokens: tokens.count - from });
  }
  return islands;
}

function isTag(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === 63 || bytes[at + 1] === 115 || bytes[at + 1] === 83;
}
