import type { DecodeBudget } from '../decode/budget.ts';
import { findWord, hashName, VARIABLE_SEED, MOST_WORDS, wordOf } from '../lexer/word-table.ts';
import { UNKNOWN_NAME, type TokenStream } from '../lexer/token-stream.ts';
import { WORDS } from '../rules/words.ts';
import type { FactSheet } from './facts.ts';
import { MOVING, NOTHING, readAs, Taint, unknownOf, type Value } from './value.ts';

export interface UserFunction {
  /** What calls passed, joined. */
  passed: (Value | undefined)[];
  result: Value;
  /** Uses chr, ord, pack …: what it returns was decoded. */
  decodes: boolean;
  /** In this pass: the body was walked; it was called; a constant was passed that it never had. */
  walked: boolean;
  called: boolean;
  texts: boolean;
  /** Holds a sink or a call through a value, so constants passed to it matter. */
  sinks: boolean;
  /** Parameters taken by reference, by position, and what the body leaves in them. */
  byReference: Map<number, { variable: number; left: Value | undefined }>;
}

export interface Frame {
  kind: 'block' | 'group' | 'call' | 'list' | 'index';
  valuesBase: number;
  operatorsBase: number;
  /** Callee of a call: a known or hashed word, or a value that holds the name. */
  word: number;
  callee: Value | null;
  method: boolean;
  parts: Value[];
  items: Map<string, Value> | null;
  pendingKey: string | null;
  ternaries: number;
  /** What `foreach` hands to the variables after `as`. */
  each: Value | null;
  /** `...$list` among the arguments. */
  spread: boolean;
  /** Block of a function's body or of a class. */
  owner: UserFunction | null;
  closure: boolean;
  classBody: boolean;
  at: number;
}

/** Everything the walk over one file's tokens keeps; shared by the layers decoded from it. */
export interface Machine {
  bytes: Buffer;
  tokens: TokenStream;
  at: number;
  expectsOperand: boolean;
  values: Value[];
  operators: number[];
  frames: Frame[];
  scopes: Map<number, Value>[];
  /** Functions whose bodies are open, innermost last. */
  owners: UserFunction[];
  /** By scope: variables that `global` made the file's own. */
  globals: Set<number>[];
  functions: Map<number, UserFunction>;
  constants: Map<number, Value>;
  /** Constants written out in the file, by token; null where they would take too much memory. */
  literals: (Value | undefined)[] | null;
  sheet: FactSheet;
  budget: DecodeBudget;
  /** Tokens and calls still allowed. */
  steps: number;
  layer: number;
  /** Code found in constants, still to be walked. */
  layers: string[];
  /** Request data made variables (`extract($_POST)`). */
  ambientRequest: boolean;
  /** Objects are made of what the request holds, and so are their properties. */
  madeByRequest: boolean;
  /** Where what was written came from, by the file's name or the variable that holds it. */
  written: Map<string | number, number>;
  /** A file that a server runs was opened for writing. */
  opensScript: boolean;
  changed: boolean;
  limit: 'steps' | 'depth' | null;
  counters: Counters;
}

/** Shapes that are counted while walking. */
export interface Counters {
  variableCalls: number;
  variableVariables: number;
  builtNames: number;
  foldedBytes: number;
  decodedBytes: number;
  dynamicNew: number;
  xorText: number;
}

export const MOST_FRAMES = 4096;
/** `new`, as an operator. */
export const CREATE = 905;

/** Frames by depth: one that was closed serves the next that is opened there. */
const FRAMES: Frame[] = [];

function newFrame(): Frame {
  return {
    kind: 'block',
    valuesBase: 0,
    operatorsBase: 0,
    word: 0,
    callee: null,
    method: false,
    parts: [],
    items: null,
    pendingKey: null,
    ternaries: 0,
    each: null,
    spread: false,
    owner: null,
    closure: false,
    classBody: false,
    at: 0,
  };
}

export function makeFrame(machine: Machine, kind: Frame['kind'], at: number): Frame {
  const frame = (FRAMES[machine.frames.length] ??= newFrame());
  frame.kind = kind;
  frame.valuesBase = machine.values.length;
  frame.operatorsBase = machine.operators.length;
  frame.word = 0;
  frame.callee = null;
  frame.method = false;
  dropTo(frame.parts, 0);
  frame.items = null;
  frame.pendingKey = null;
  frame.ternaries = 0;
  frame.each = null;
  frame.spread = false;
  frame.owner = null;
  frame.closure = false;
  frame.classBody = false;
  frame.at = at;
  return frame;
}

export function pushFrame(machine: Machine, frame: Frame): void {
  if (machine.frames.length >= MOST_FRAMES) {
    machine.limit ??= 'depth';
    machine.steps = 0;
    return;
  }
  machine.frames.push(frame);
  machine.expectsOperand = true;
}

/** The function whose body is being walked; undefined in the file's own code. */
export function ownerOf(machine: Machine): UserFunction | undefined {
  return machine.owners[machine.owners.length - 1];
}

/** A constant that is looked at whole costs steps by its length, however it was put together. */
export function chargeText(machine: Machine, value: Value | undefined): void {
  if (!value) return;
  if (value.text !== null) machine.steps -= value.text.length >> 5;
  else if (value.items) machine.steps -= value.items.size;
}

export function markSink(machine: Machine): void {
  const owner = ownerOf(machine);
  if (owner) owner.sinks = true;
}

/** `new` stands right before what is looked at, not before a bracket around it. */
export function isCreated(machine: Machine): boolean {
  const { operators } = machine;
  const last = operators.length - 1;
  return last >= topFrame(machine).operatorsBase && operators[last] === CREATE;
}

export function topFrame(machine: Machine): Frame {
  return machine.frames[machine.frames.length - 1] as Frame;
}

export function pushValue(machine: Machine, value: Value): void {
  machine.values.push(value);
  machine.expectsOperand = false;
}

export function popValue(machine: Machine): Value {
  const frame = topFrame(machine);
  if (machine.values.length <= frame.valuesBase) return NOTHING;
  return machine.values.pop() ?? NOTHING;
}

/** Drops what lies above. Popping is far cheaper than setting the length of an array. */
export function dropTo(stack: unknown[], length: number): void {
  while (stack.length > length) stack.pop();
}

/** Key of a value that stands for `->$name`: a method, whatever `$name` is. */
export const MEMBER = '->';

/**
 * Properties live among the variables, under negative numbers, and are the file's own: which object
 * has them is not followed.
 */
export const propertyId = (word: number): number => ~word;

/** The property that a variable's token declares or names: `public $name`, `self::$name`. */
export function propertyAt({ tokens, bytes }: Machine, index: number): number {
  const start = (tokens.start[index] as number) + 1;
  return propertyId(wordOf(bytes.toString('latin1', start, tokens.end[index] as number)));
}

export function variableNamed(name: string): number {
  return findWord(hashName(name, VARIABLE_SEED));
}

export function readVariable(machine: Machine, variable: number): Value {
  const taint = superglobalTaint(variable);
  if (taint !== 0 && taint !== Taint.session) {
    return unknownOf(variable, taint & Taint.request ? taint | Taint.secret : taint);
  }
  const known = findVariable(machine, variable);
  if (known) {
    return known.variable === variable ? known : readAs(known, known.taint, variable, null);
  }
  if (taint !== 0) return unknownOf(variable, taint);
  return unknownOf(
    variable,
    machine.ambientRequest ? Taint.ambient | Taint.request : Taint.ambient,
  );
}

/** By word: sources of a superglobal; the session's is asked only where nothing is known. */
const SUPERGLOBALS = new Uint16Array(MOST_WORDS);
for (const word of WORDS.request) SUPERGLOBALS[word] = Taint.request;
for (const word of WORDS.upload) SUPERGLOBALS[word] = Taint.upload | Taint.request;
for (const word of WORDS.server) SUPERGLOBALS[word] = Taint.server;
for (const word of WORDS.session) SUPERGLOBALS[word] = Taint.session;

/** What a superglobal holds; 0 for any other variable. */
export function superglobalTaint(variable: number): number {
  return variable >= 0 && variable < UNKNOWN_NAME ? (SUPERGLOBALS[variable] as number) : 0;
}

/** Scopes that are looked through, from the innermost; the file's own comes last. */
const DEEPEST_SCOPE = 16;

function findVariable(machine: Machine, variable: number): Value | undefined {
  const { scopes } = machine;
  const least = Math.max(1, scopes.length - DEEPEST_SCOPE);
  for (let depth = scopes.length - 1; depth >= least; depth--) {
    const value = scopes[depth]?.get(variable);
    if (value) return value;
  }
  return scopes[0]?.get(variable);
}

const MOST_VARIABLES = 100_000;

/** Within a block an assignment may not happen, so what was there before keeps its sources. */
export function writeVariable(machine: Machine, variable: number, value: Value): void {
  const depth = machine.scopes.length - 1;
  const shared = variable < 0 || (depth > 0 && machine.globals[depth]?.has(variable) === true);
  const scope = machine.scopes[shared ? 0 : depth] as Map<number, Value>;
  const before = scope.get(variable);
  if (!before && scope.size >= MOST_VARIABLES) return;
  const nested = machine.frames.length > 1 && topFrame(machine).owner === null;
  const taint = nested && before ? value.taint | before.taint : value.taint;
  // A method that was walked before may read it.
  if (variable < 0 && taint & ~(before?.taint ?? 0) & MOVING) machine.changed = true;
  scope.set(variable, readAs(value, taint, variable, null));
}
