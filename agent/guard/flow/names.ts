import { Kind, Op, UNKNOWN_NAME } from '../lexer/token-stream.ts';
import { MOST_WORDS, wordOf as id } from '../lexer/word-table.ts';
import { WORDS } from '../rules/words.ts';
import { walkFunction } from './functions.ts';
import {
  isCreated,
  makeFrame,
  ownerOf,
  popValue,
  pushFrame,
  pushValue,
  topFrame,
  type Machine,
} from './machine.ts';
import { Operator, reduceAll, reduceFor } from './operators.ts';
import { shortConstant } from './short-constants.ts';
import { endStatement, startOperand } from './statements.ts';
import { constant, either, plain, readAs, Taint, type Value } from './value.ts';

const PREFIXES = new Map<number, number>([
  [id('echo'), Operator.output],
  [id('print'), Operator.output],
  [id('return'), Operator.returns],
  [id('yield'), Operator.returns],
  [id('include'), Operator.include],
  [id('include_once'), Operator.include],
  [id('require'), Operator.include],
  [id('require_once'), Operator.include],
  [id('new'), Operator.create],
]);
/** By word: its operator, or that it is of the language's structure. */
const STRUCTURE = 1;
const ROLE = new Uint16Array(MOST_WORDS);
for (const word of WORDS.structure) ROLE[word] = STRUCTURE;
for (const [word, operator] of PREFIXES) ROLE[word] = operator;
const ids = (list: string) => new Set(list.split(' ').map(id));
const [FUNCTION, FN, AS, MATCH, INSTANCEOF, GLOBAL] = [
  'function',
  'fn',
  'as',
  'match',
  'instanceof',
  'global',
].map(id);
const LISTS = ids('array list');
const LOW = ids('and or xor');
const SKIPPED_TO_END = ids('namespace use goto');
const BODIES = ids('class interface trait enum');
/** Words that neither are operands nor end a statement. */
const IGNORED = ids(
  'clone throw static var public private protected final abstract const readonly',
);
const DECODERS = ids('chr ord pack hexdec base64_decode gzinflate str_rot13 strtr');
const [OPEN, ASSIGN, SPACE] = [40, 61, 32] as const;
/** Numbers of bytes that spell a name. */
const LEAST_CODES = 4;

/** A name: keyword, call or constant. Returns the index of the last token used. */
export function walkName(machine: Machine, index: number, word: number): number {
  const { tokens } = machine;
  const isPunctuated = tokens.kind[index + 1] === Kind.punctuation;
  const next = isPunctuated ? (tokens.value[index + 1] as number) : 0;
  if (next === Op.doubleColon) {
    startOperand(machine);
    pushValue(machine, plain(0));
    return index;
  }
  const role = word < UNKNOWN_NAME ? (ROLE[word] as number) : 0;
  if (role > STRUCTURE) {
    startOperand(machine);
    machine.operators.push(role);
    return index;
  }
  if (next === OPEN && LISTS.has(word)) {
    startOperand(machine);
    pushFrame(machine, makeFrame(machine, 'list', machine.at));
    return index + 1;
  }
  if (role === STRUCTURE && !(next === OPEN && word === MATCH)) {
    return walkKeyword(machine, index, word);
  }
  return next === OPEN ? walkCall(machine, index, word) : walkConstant(machine, index, word, next);
}

function walkCall(machine: Machine, index: number, word: number): number {
  startOperand(machine);
  const frame = makeFrame(machine, 'call', machine.at);
  frame.word = word;
  frame.method = isCreated(machine);
  pushFrame(machine, frame);
  if (DECODERS.has(word)) markDecoder(machine);
  return index + 1;
}

function walkKeyword(machine: Machine, index: number, word: number): number {
  if (word === FUNCTION || word === FN) return walkFunction(machine, index, word === FN);
  if (word === AS) {
    reduceAll(machine);
    topFrame(machine).each = elementOf(popValue(machine));
    machine.expectsOperand = true;
    return index;
  }
  if (LOW.has(word)) {
    if (machine.expectsOperand) return index;
    reduceFor(machine, Operator.low);
    machine.operators.push(Operator.low);
    machine.expectsOperand = true;
    return index;
  }
  if (word === GLOBAL) return walkGlobal(machine, index);
  if (SKIPPED_TO_END.has(word)) return skipStatement(machine, index);
  if (BODIES.has(word)) return walkClass(machine, index);
  if (IGNORED.has(word)) return index;
  if (word === INSTANCEOF) {
    popValue(machine);
    pushValue(machine, plain(0));
    return index + 1;
  }
  endStatement(machine);
  return index;
}

/** What `foreach` hands out: any of the elements. */
function elementOf(list: Value): Value {
  if (!list.items) return plain(list.taint);
  if (list.items.size > 64) return plain(list.taint | Taint.spelt);
  let any: Value | null = null;
  let codes = 0;
  for (const item of list.items.values()) {
    any = any ? either(any, item) : item;
    if (item.number && Number(item.text) >= SPACE) codes++;
  }
  if (!any) return plain(list.taint);
  return codes >= LEAST_CODES ? readAs(any, any.taint | Taint.spelt, 0, null) : any;
}

/** `global $a, $b;`: from here on the file's own variables. */
function walkGlobal(machine: Machine, index: number): number {
  const end = skipStatement(machine, index);
  const own = machine.globals[machine.scopes.length - 1];
  for (let at = index + 1; own && at <= end; at++) {
    if (machine.tokens.kind[at] === Kind.variable) own.add(machine.tokens.value[at] as number);
  }
  return end;
}

/** `namespace a\b;`, `use a\b;`, `goto label;`. A closure's `use (…)` is read with its header. */
function skipStatement(machine: Machine, index: number): number {
  endStatement(machine);
  const end = findStop(machine, index);
  return end < 0 ? index : end - 1;
}

function walkClass(machine: Machine, index: number): number {
  const end = findStop(machine, index);
  if (end < 0 || machine.tokens.value[end] !== 123) return index;
  const frame = makeFrame(machine, 'block', machine.at);
  frame.classBody = true;
  pushFrame(machine, frame);
  return end;
}

/** The next `;` or `{`. */
function findStop(machine: Machine, index: number): number {
  const { tokens } = machine;
  for (let at = index + 1; at < tokens.count && at < index + 512; at++) {
    if (tokens.kind[at] !== Kind.punctuation) continue;
    if (tokens.value[at] === 59 || tokens.value[at] === 123) return at;
  }
  return -1;
}

/** A bare name is a constant; PHP up to 7 took an unknown one for its own text. */
function walkConstant(machine: Machine, index: number, word: number, next: number): number {
  startOperand(machine);
  const known = machine.constants.size > 0 ? machine.constants.get(word) : undefined;
  if (known) pushValue(machine, readAs(known, known.taint, 0, known.key));
  else if (WORDS.constant.has(word) || isCreated(machine)) {
    pushValue(machine, plain(0));
  } else if (next === ASSIGN) pushValue(machine, plain(0));
  else {
    const { tokens, bytes } = machine;
    const start = tokens.start[index] as number;
    const end = tokens.end[index] as number;
    const short = shortConstant(bytes, start, end);
    pushValue(machine, short ?? constant(bytes.toString('latin1', start, end)));
  }
  return index;
}

/** A function that uses such words hands out decoded text. */
function markDecoder(machine: Machine): void {
  const owner = ownerOf(machine);
  if (owner) owner.decodes = true;
}
