import type { DecodeBudget } from '../decode/budget.ts';
import { findWord, hashName, VARIABLE_SEED } from '../lexer/word-table.ts';
import type { TokenStream } from '../lexer/token-stream.ts';
import { WORDS } from '../rules/words.ts';
import type { FactSheet } from './facts.ts';
import { NOTHING, plain, Taint, type Value } from './value.ts';

export interface UserFunction {
  /** What calls passed, joined. */
  passed: (Value | undefined)[];
  result: Value;
  /** Uses chr, ord, pack …: what it returns was decoded. */
  decodes: boolean;
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
  functions: Map<number, UserFunction>;
  constants: Map<number, Value>;
  sheet: FactSheet;
  budget: DecodeBudget;
  /** Tokens and calls still allowed. */
  steps: number;
  layer: number;
  /** Code found in constants, still to be walked. */
  layers: string[];
  /** Request data made variables (`extract($_POST)`). */
  ambientRequest: boolean;
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

export function makeFrame(machine: Machine, kind: Frame['kind'], at: number): Frame {
  return {
    kind,
    valuesBase: machine.values.length,
    operatorsBase: machine.operators.length,
    word: 0,
    callee: null,
    method: false,
    parts: [],
    items: null,
    pendingKey: null,
    ternaries: 0,
    each: null,
    owner: null,
    closure: false,
    classBody: false,
    at,
  };
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

const PROPERTY = 0x2a5a5a5a;

/** Properties live among the variables, under numbers of their own. */
export const propertyId = (word: number): number => word ^ PROPERTY;

export function variableNamed(name: string): number {
  return findWord(hashName(name, VARIABLE_SEED));
}

export function readVariable(machine: Machine, variable: number): Value {
  const known = superglobal(machine, variable) ?? findVariable(machine, variable);
  if (known) return { ...known, variable, key: null };
  const taint = machine.ambientRequest ? Taint.ambient | Taint.request : Taint.ambient;
  return { ...plain(taint), variable };
}

export function findVariable(machine: Machine, variable: number): Value | undefined {
  for (let depth = machine.scopes.length - 1; depth >= 0; depth--) {
    const value = machine.scopes[depth]?.get(variable);
    if (value) return value;
  }
  return undefined;
}

function superglobal(machine: Machine, variable: number): Value | undefined {
  if (WORDS.request.has(variable)) return plain(Taint.request);
  if (WORDS.upload.has(variable)) return plain(Taint.upload | Taint.request);
  if (WORDS.server.has(variable)) return plain(Taint.server);
  if (WORDS.session.has(variable)) return findVariable(machine, variable) ?? plain(Taint.session);
  return undefined;
}

const MOST_VARIABLES = 100_000;

/** Within a block an assignment may not happen, so what was there before keeps its sources. */
export function writeVariable(machine: Machine, variable: number, value: Value): void {
  const scope = machine.scopes[machine.scopes.length - 1] as Map<number, Value>;
  if (scope.size >= MOST_VARIABLES && !scope.has(variable)) return;
  const before = scope.get(variable);
  const nested = machine.frames.length > 1 && topFrame(machine).owner === null;
  const taint = nested && before ? value.taint | before.taint : value.taint;
  scope.set(variable, { ...value, taint, variable: 0, key: null });
}
