import { Kind, Op, UNKNOWN_NAME, type TokenStream } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';
import type { Fact } from './facts.ts';
import { flattenGotos } from './flatten-gotos.ts';
import { splitStatements, type Statement, type Statements } from './split-statements.ts';

/** Part of a file that makes one flow of data by itself, as a file of its own. */
export interface Slice {
  /** Bytes of its statements, in the order they run in. */
  ranges: readonly SliceRange[];
  /** Byte offset in the file of what the data reaches. */
  at: number;
}

export interface SliceRange {
  start: number;
  end: number;
  /** What stands before and behind it in the slice. */
  before: string;
  after: string;
}

/** What legitimate files seldom show: worth a look apart from what stands around it. */
const SEED =
  /^((code|shell|call|callback|include|variables)<-(request|upload|decoded|net|indirect)|(code|shell)<-file|(write|script)<-(request|upload|net|decoded)|(mail|net)<-(request|decoded)|include<-net|(both|argument|account|unserialize)<-request|(code|call|callback)<-spelt|odd:(include|write)|hidden:|layer:)/;
/** Looked at first. */
const GRAVEST = /^(code|shell|call|callback|both|hidden|layer)/;
const MOST_SEEDS = 60;
const MOST_SLICES = 12;
/** Tokens looked at for all slices of a file together. */
const MOST_WORK = 20_000_000;
const MOST_TOKENS = 500;
const MOST_CALLS = 3;
const BODY_TOKENS = 300;
const HEADS = 2;
const BODIES = new Set(['class', 'interface', 'trait', 'enum', 'namespace'].map(wordOf));
const AS = wordOf('as');
const ECHO = wordOf('echo');

interface Slicing {
  tokens: TokenStream;
  statements: Statements['statements'];
  scopes: Statements['scopes'];
  /** Statements by the scope they stand in. */
  members: number[][];
  /** Scopes by the name of their function. */
  named: Map<number, number>;
  chosen: Set<number>;
  budget: number;
  work: { left: number };
}

/** The slices of no more than so many tokens that end in what the facts found, gravest first. */
export function sliceFlows(
  source: TokenStream,
  facts: readonly Fact[],
  mostTokens: number,
): Slice[] {
  const seeds = seedsOf(facts);
  if (seeds.length === 0) return [];
  const tokens = flattenGotos(source) ?? source;
  const { statements, scopes } = splitStatements(tokens);
  const members: number[][] = scopes.map(() => []);
  for (const [at, { scope }] of statements.entries()) members[scope]?.push(at);
  const named = new Map(
    scopes.flatMap(({ word }, at) => (word >= UNKNOWN_NAME ? [[word, at]] : [])),
  );
  const seen = new Set<string>();
  const slices: Slice[] = [];
  const work = { left: MOST_WORK };
  for (const { at, sink } of sinksOf(statements, seeds)) {
    const chosen = new Set<number>();
    const budget = MOST_TOKENS;
    const slicing = { tokens, statements, scopes, members, named, chosen, budget, work };
    followBack(slicing, sink);
    const key = [...chosen].sort((a, b) => a - b).join();
    if (seen.has(key)) continue;
    seen.add(key);
    if (MOST_TOKENS - slicing.budget > mostTokens) continue;
    slices.push({ ranges: rangesOf(slicing), at });
    if (slices.length >= MOST_SLICES || work.left < 0) break;
  }
  return slices;
}

/** Facts of the file itself that a slice may end in, gravest first. */
export function seedsOf(facts: readonly Fact[]): Fact[] {
  const seeds = facts.filter(({ name, layer }) => layer === 0 && SEED.test(name));
  const isGrave = ({ name }: Fact) => Number(GRAVEST.test(name));
  return seeds.toSorted((a, b) => isGrave(b) - isGrave(a)).slice(0, MOST_SEEDS);
}

/** The statements that seeds stand in, each once, in the order of the seeds. */
function sinksOf(statements: readonly Statement[], seeds: readonly Fact[]) {
  const sinks = new Map<number, { at: number; sink: number }>();
  const places = [...new Set(seeds.map(({ at }) => at))].sort((a, b) => a - b);
  const found = new Map<number, number>();
  for (const [sink, { start, end }] of statements.entries()) {
    for (const at of places) {
      if (at > end) break;
      if (at >= start && !found.has(at)) found.set(at, sink);
    }
  }
  for (const { at } of seeds) {
    const sink = found.get(at);
    if (sink !== undefined && !sinks.has(sink)) sinks.set(sink, { at, sink });
  }
  return sinks.values();
}

/** Chooses the statements that what is used in `sink` comes from. */
function followBack(slicing: Slicing, sink: number): void {
  const scope = slicing.statements[sink]?.scope ?? 0;
  collect(slicing, sink);
  addBodies(slicing);
  const { word, head } = slicing.scopes[scope] ?? { word: 0, head: -1 };
  if (head < 0) return;
  choose(slicing, head);
  if (word < UNKNOWN_NAME) return;
  let calls = 0;
  for (const at of slicing.statements.keys()) {
    if (slicing.work.left < 0) return;
    if (at === head || slicing.chosen.has(at) || !callsFunction(slicing, at, word)) continue;
    collect(slicing, at);
    if (++calls >= MOST_CALLS) return;
  }
}

/** A statement, the heads around it, and what gives its variables their values, nearest first. */
function collect(slicing: Slicing, last: number): void {
  const { statements, members, scopes } = slicing;
  if (!choose(slicing, last)) return;
  let around = statements[last]?.head ?? -1;
  const body = scopes[statements[last]?.scope ?? 0]?.head ?? -1;
  for (let count = 0; count < HEADS && around >= 0 && around !== body; count++) {
    if (!BODIES.has(firstWord(slicing, around))) choose(slicing, around);
    around = statements[around]?.head ?? -1;
  }
  const wanted = new Set<number>();
  for (const at of slicing.chosen) addVariables(slicing, at, wanted);
  const own = members[statements[last]?.scope ?? 0] ?? [];
  for (let before = 0, grown = true; grown && before < 3; before++) {
    grown = false;
    for (const at of own.toReversed()) {
      if (slicing.work.left < 0) return;
      if (at > last || slicing.chosen.has(at) || !givesAny(slicing, at, wanted)) continue;
      if (!choose(slicing, at)) return;
      addVariables(slicing, at, wanted);
      grown = true;
    }
  }
}

/** Small functions that the chosen statements call. */
function addBodies(slicing: Slicing): void {
  const { tokens, statements, scopes, members, named, chosen } = slicing;
  for (const at of [...chosen]) {
    const { from, to } = statements[at] as { from: number; to: number };
    for (let token = from; token < to; token++) {
      if (tokens.kind[token] !== Kind.name || tokens.value[token + 1] !== 40) continue;
      const scope = named.get(tokens.value[token] as number);
      const head = scope === undefined ? -1 : (scopes[scope]?.head ?? -1);
      if (scope === undefined || head < 0 || chosen.has(head)) continue;
      const body = members[scope] ?? [];
      const size = body.reduce((sum, one) => sum + sizeOf(slicing, one), 0);
      if (size > BODY_TOKENS) continue;
      for (const one of [head, ...body]) choose(slicing, one);
    }
  }
}

function choose(slicing: Slicing, at: number): boolean {
  if (slicing.chosen.has(at)) return true;
  slicing.budget -= sizeOf(slicing, at);
  // What reaches the sink counts however long it is.
  if (slicing.budget < 0 && slicing.chosen.size > 0) return false;
  slicing.chosen.add(at);
  return true;
}

function sizeOf({ statements }: Slicing, at: number): number {
  const statement = statements[at];
  return statement ? statement.to - statement.from : 0;
}

function firstWord({ tokens, statements }: Slicing, at: number): number {
  const { from, to } = statements[at] ?? { from: 0, to: 0 };
  for (let token = from; token < to; token++) {
    const word = tokens.value[token] as number;
    if (tokens.kind[token] === Kind.name && BODIES.has(word)) return word;
  }
  return 0;
}

function callsFunction(slicing: Slicing, at: number, word: number): boolean {
  const { tokens, statements, work } = slicing;
  const { from, to } = statements[at] as { from: number; to: number };
  work.left -= to - from;
  for (let token = from; token < to; token++) {
    if (tokens.value[token] === word && tokens.kind[token] === Kind.name) return true;
  }
  return false;
}

/** Superglobals have no statement that gives them their value. */
function addVariables({ tokens, statements }: Slicing, at: number, wanted: Set<number>): void {
  const { from, to } = statements[at] as { from: number; to: number };
  for (let token = from; token < to; token++) {
    const word = tokens.value[token] as number;
    if (tokens.kind[token] === Kind.variable && word >= UNKNOWN_NAME) wanted.add(word);
  }
}

const ASSIGNING = new Set<number>([61, Op.concatAssign, Op.xorAssign, Op.otherAssign]);

/** Whether a statement gives a wanted variable a value: it begins with it, assigns it, hands it out. */
function givesAny(slicing: Slicing, at: number, wanted: ReadonlySet<number>): boolean {
  const { tokens, statements, work } = slicing;
  const { from, to } = statements[at] as { from: number; to: number };
  work.left -= to - from;
  let first = true;
  let each = false;
  for (let token = from; token < to; token++) {
    if (tokens.kind[token] === Kind.name && tokens.value[token] === AS) each = true;
    if (tokens.kind[token] !== Kind.variable) continue;
    const assigns = ASSIGNING.has(tokens.value[token + 1] as number);
    if ((first || each || assigns) && wanted.has(tokens.value[token] as number)) return true;
    first = false;
  }
  return false;
}

/** Functions get their braces back; other blocks do without. */
function rangesOf({ tokens, statements, scopes, chosen }: Slicing): SliceRange[] {
  const ranges: SliceRange[] = [];
  const open: number[] = [];
  const heads = new Map(scopes.map(({ head }, scope) => [head, scope] as const));
  const isInside = (scope: number, outer: number): boolean => {
    for (let at = scope; at > 0; at = statements[scopes[at]?.head ?? -1]?.scope ?? 0) {
      if (at === outer) return true;
    }
    return false;
  };
  for (const at of [...chosen].sort((a, b) => a - b)) {
    const { from, start, end, scope } = statements[at] as (typeof statements)[number];
    let before = '';
    while (open.length > 0 && !isInside(scope, open.at(-1) as number)) {
      before += '}\n';
      open.pop();
    }
    const echoes = tokens.kind[from] === Kind.name && tokens.value[from] === ECHO;
    const tag = echoes && (tokens.end[from] as number) - start === 3;
    if (tag) before += 'echo ';
    const opened = heads.get(at);
    if (opened !== undefined) open.push(opened);
    const after = opened === undefined ? ';\n' : '{\n';
    ranges.push({ start: tag ? start + 3 : start, end, before, after });
  }
  const last = ranges.at(-1);
  if (last) last.after += '}\n'.repeat(open.length);
  return ranges;
}
