import { spend } from '../decode/budget.ts';
import { note, noteTaint } from './facts.ts';
import { includeSink, isAddress } from './sinks.ts';
import {
  chargeText,
  CREATE,
  ownerOf,
  popValue,
  pushValue,
  superglobalTaint,
  topFrame,
  variableNamed,
  readVariable,
  writeVariable,
  type Machine,
} from './machine.ts';
import {
  allTaint,
  collection,
  constant,
  either,
  MOVING,
  plain,
  readAs,
  tailOf,
  Taint,
  type Value,
} from './value.ts';

/** Operators the walk keeps apart; the tens of the number are the precedence. */
export const Operator = {
  low: 100, // and, or, xor
  output: 200, // echo, print
  include: 201,
  returns: 202,
  assign: 300,
  concatAssign: 301,
  otherAssign: 302,
  join: 350, // the two arms of a condition
  logic: 450,
  bitOr: 530,
  xor: 540,
  bitAnd: 550,
  compare: 600,
  concat: 700,
  shift: 720,
  plus: 750,
  minus: 751,
  times: 800,
  divide: 801,
  modulo: 802,
  not: 900,
  invert: 901, // ~
  negate: 902,
  castNumber: 903,
  variable: 904, // $$name
  create: CREATE, // new
} as const;

/** Precedence by operator. */
const LEVELS = Uint8Array.from({ length: 1000 }, (_, operator) => Math.floor(operator / 10));
const ASSIGNING = 300;
const UNARY = 900;
const isPrefix = (operator: number) => operator >= UNARY || (operator >= 200 && operator < 300);

/** Applies what binds tighter than (or as tight as, for left-associative) the coming operator. */
export function reduceFor(machine: Machine, operator: number): void {
  const frame = topFrame(machine);
  const level = LEVELS[operator] as number;
  const operators = machine.operators;
  while (operators.length > frame.operatorsBase) {
    const top = operators[operators.length - 1] as number;
    const topLevel = LEVELS[top] as number;
    if (topLevel < level || (topLevel === level && level === ASSIGNING / 10)) return;
    operators.pop();
    apply(machine, top);
  }
}

/** Applies all of the frame's operators; what is left is the value of the expression. */
export function reduceAll(machine: Machine): void {
  const frame = topFrame(machine);
  while (machine.operators.length > frame.operatorsBase) {
    apply(machine, machine.operators.pop() as number);
  }
}

/** `$$name` and `${…}` bind tighter than what follows them. */
export function resolveVariable(machine: Machine): void {
  const base = topFrame(machine).operatorsBase;
  const { operators } = machine;
  while (operators.length > base && operators[operators.length - 1] === Operator.variable) {
    operators.pop();
    apply(machine, Operator.variable);
  }
}

function apply(machine: Machine, operator: number): void {
  machine.steps--;
  if (isPrefix(operator)) return applyPrefix(machine, operator, popValue(machine));
  const right = popValue(machine);
  const left = popValue(machine);
  pushValue(machine, binary(machine, operator, left, right));
}

function applyPrefix(machine: Machine, operator: number, value: Value): void {
  pushValue(machine, prefixed(machine, operator, value));
}

function prefixed(machine: Machine, operator: number, value: Value): Value {
  const { sheet, at, layer } = machine;
  switch (operator) {
    case Operator.include:
      includeSink(machine, value);
      return plain(value.taint);
    case Operator.output:
      if (value.taint & (Taint.request | Taint.file)) {
        noteTaint(sheet, 'output', value.taint, true, at, layer);
      }
      if (value.taint & Taint.net) note(sheet, 'odd:output', at, layer);
      return value;
    case Operator.returns:
      return returned(machine, value);
    case Operator.invert:
      return inverted(value);
    case Operator.negate:
      return value.text === null ? plain(0) : constant(String(-Number(value.text) || 0), 0, true);
    case Operator.variable:
      return variableVariable(machine, value);
    case Operator.create:
      if (value.variable !== 0 && value.text === null) machine.counters.dynamicNew++;
      return value.text === null ? plain(value.taint & ~Taint.built) : value;
    default:
      return plain(0);
  }
}

function returned(machine: Machine, value: Value): Value {
  const owner = ownerOf(machine);
  if (!owner) return value;
  const before = owner.result;
  chargeText(machine, value);
  const taint = before.taint | allTaint(value) | (owner.decodes ? Taint.decoded : 0);
  const moved = (taint & ~before.taint & MOVING) !== 0;
  const spelt = value.text !== null && value.text !== before.text;
  // A call before this one took what was known then.
  if (owner.called && (moved || spelt)) machine.changed = true;
  owner.result = readAs(either(before, value), taint, 0, null);
  return value;
}

function inverted(value: Value): Value {
  if (value.text === null || value.number) return plain(value.taint);
  const bytes = Buffer.from(value.text.slice(0, 65_536), 'latin1');
  for (let at = 0; at < bytes.length; at++) bytes[at] = ~(bytes[at] as number) & 255;
  return constant(bytes.toString('latin1'), value.taint | Taint.built | Taint.decoded);
}

function variableVariable(machine: Machine, value: Value): Value {
  machine.counters.variableVariables++;
  if (value.text !== null) {
    const variable = variableNamed(value.text);
    const named = readVariable(machine, variable);
    const hides = value.taint & Taint.built && superglobalTaint(variable) !== 0;
    return hides ? { ...named, taint: named.taint | Taint.indirect } : named;
  }
  if (value.taint & Taint.request) machine.ambientRequest = true;
  noteTaint(machine.sheet, 'variables', allTaint(value), true, machine.at, machine.layer);
  return plain(value.taint | Taint.ambient | Taint.indirect);
}

function binary(machine: Machine, operator: number, left: Value, right: Value): Value {
  switch (operator) {
    case Operator.concat:
      return concat(machine, growsFromNothing(machine, left) ? EMPTY : left, right);
    case Operator.assign:
      return assign(machine, left, right);
    case Operator.concatAssign:
      return assign(machine, left, concat(machine, isUnset(left) ? EMPTY : left, right));
    case Operator.otherAssign:
      return assign(machine, left, plain(left.taint | right.taint));
    case Operator.join:
      chargeText(machine, left);
      chargeText(machine, right);
      return either(left, right);
    case Operator.xor:
    case Operator.bitAnd:
    case Operator.bitOr:
      return bitwise(machine, operator, left, right);
    case Operator.plus:
      if (left.items && right.items) return merged(machine, left.items, right.items);
      return arithmetic(operator, left, right);
    case Operator.compare:
    case Operator.logic:
    case Operator.low:
      return plain(0);
    default:
      return arithmetic(operator, left, right);
  }
}

const EMPTY = constant('', Taint.ambient);

function isUnset(value: Value): boolean {
  return value.text === null && value.items === null && value.taint === Taint.ambient;
}

/** `$x = $x . …` where `$x` was never set begins with nothing. */
function growsFromNothing(machine: Machine, left: Value): boolean {
  if (!isUnset(left) || left.variable === 0 || left.key !== null) return false;
  const target = machine.values.at(-1);
  return machine.operators.at(-1) === Operator.assign && target?.variable === left.variable;
}

/** `+` on lists keeps what the left one has. */
function merged(machine: Machine, left: Map<string, Value>, right: Map<string, Value>): Value {
  machine.steps -= left.size + right.size;
  let taint = 0;
  for (const item of [...left.values(), ...right.values()]) taint |= item.taint;
  return collection(new Map([...right, ...left]), taint);
}

export function concat(machine: Machine, left: Value, right: Value): Value {
  const taint = allTaint(left) | allTaint(right);
  if (left.text === null || right.text === null) {
    // A list becomes the text `Array`: letters for who writes code without any.
    const list = (left.items && right.text === '') || (right.items && left.text === '');
    if (list) return constant('Array', taint | Taint.built);
    const led = left.text === null || left.text === '' ? 0 : Taint.led;
    const joined = plain((taint & ~Taint.built) | led | (isAddress(left.text) ? Taint.address : 0));
    joined.tail = tailOf(right.text === '' ? left : right);
    return joined;
  }
  if (right.text === '') return readAs(left, taint, 0, null);
  if (left.text === '') return readAs(right, taint, 0, null);
  const size = left.text.length + right.text.length;
  // V8 keeps a concatenation as a rope, so only what the right side adds is paid for.
  if (size > 4 << 20 || !spend(machine.budget, right.text.length)) return plain(taint);
  machine.counters.foldedBytes += right.text.length;
  return constant(left.text + right.text, taint | Taint.built);
}

/** `^`, `&` and `|` work byte by byte on two texts; `|` keeps the rest of the longer one. */
function bitwise(machine: Machine, operator: number, left: Value, right: Value): Value {
  const taint = left.taint | right.taint;
  if (left.text === null || right.text === null) return plain(taint);
  if (left.number || right.number) return arithmetic(operator, left, right);
  machine.counters.xorText++;
  const [a, b] = [left.text, right.text];
  const longer = operator === Operator.bitOr;
  const size = longer ? Math.max(a.length, b.length) : Math.min(a.length, b.length);
  if (!spend(machine.budget, size)) return plain(taint);
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at++) {
    const [x, y] = [a.charCodeAt(at) || 0, b.charCodeAt(at) || 0];
    bytes[at] = operator === Operator.xor ? x ^ y : longer ? x | y : x & y;
  }
  return constant(bytes.toString('latin1'), taint | Taint.built | Taint.decoded);
}

function arithmetic(operator: number, left: Value, right: Value): Value {
  const taint = (left.taint | right.taint) & Taint.spelt;
  if (left.text === null || right.text === null) return plain(taint);
  const [a, b] = [Number.parseFloat(left.text) || 0, Number.parseFloat(right.text) || 0];
  const result = calculate(operator, a, b);
  return result === null ? plain(taint) : constant(String(result), taint, true);
}

function calculate(operator: number, a: number, b: number): number | null {
  switch (operator) {
    case Operator.plus:
      return a + b;
    case Operator.minus:
      return a - b;
    case Operator.times:
      return a * b;
    case Operator.divide:
      return b === 0 ? null : a / b;
    case Operator.modulo:
      return Math.trunc(b) === 0 ? null : Math.trunc(a) % Math.trunc(b);
    case Operator.xor:
      return a ^ b;
    case Operator.bitAnd:
      return a & b;
    case Operator.bitOr:
      return a | b;
    default:
      return null;
  }
}

function assign(machine: Machine, target: Value, value: Value): Value {
  const stored = readAs(value, value.taint, 0, null);
  if (target.items && !target.variable) return assignList(machine, target.items, value);
  if (!target.variable) return stored;
  if (target.key === null) {
    writeVariable(machine, target.variable, stored);
    return readAs(stored, stored.taint, target.variable, null);
  }
  const base = readVariable(machine, target.variable);
  const items = base.items ?? new Map<string, Value>();
  const key = target.key === '[]' ? String(items.size) : target.key;
  if (items.size < 65_536) items.set(key, stored);
  const taint = (base.taint & ~Taint.ambient) | allTaint(stored);
  writeVariable(machine, target.variable, collection(items, taint));
  return stored;
}

/** `list($a, $b) = …` and `[$a, $b] = …`. */
function assignList(machine: Machine, targets: Map<string, Value>, value: Value): Value {
  for (const [key, target] of targets) {
    if (!target.variable) continue;
    const item = value.items?.get(key) ?? plain(value.taint);
    writeVariable(machine, target.variable, item);
  }
  return value;
}
