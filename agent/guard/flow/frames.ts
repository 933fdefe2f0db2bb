import { Kind } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';
import { WORDS } from '../rules/words.ts';
import { callMethod } from './call-method.ts';
import { callValue, callWord } from './calls.ts';
import { addItem, element, listValue } from './elements.ts';
import {
  dropTo,
  makeFrame,
  popValue,
  pushFrame,
  pushValue,
  topFrame,
  type Frame,
  type Machine,
  type UserFunction,
} from './machine.ts';
import { Operator, reduceAll, resolveVariable } from './operators.ts';
import { endStatement, startOperand } from './statements.ts';
import { NOTHING, plain, Taint, type Value } from './value.ts';

const NUMERIC_CASTS = new Set(
  ['int', 'integer', 'bool', 'boolean', 'float', 'double', 'real'].map(wordOf),
);
const ARRAY = wordOf('array');

/** At `(`: a cast, a group, or a call through a value. */
export function openCall(machine: Machine, index: number): number {
  const { tokens } = machine;
  if (!machine.expectsOperand) {
    const callee = popValue(machine);
    const frame = makeFrame(machine, 'call', machine.at);
    frame.callee = callee;
    pushFrame(machine, frame);
    return index;
  }
  const word = tokens.value[index + 1] as number;
  const isCast = tokens.kind[index + 1] === Kind.name && tokens.value[index + 2] === 41;
  if (isCast && (WORDS.cast.has(word) || word === ARRAY)) {
    if (NUMERIC_CASTS.has(word)) machine.operators.push(Operator.castNumber);
    return index + 2;
  }
  pushFrame(machine, makeFrame(machine, 'group', machine.at));
  return index;
}

/** At `[`: an element of what stands before, or a list. */
export function openBracket(machine: Machine): void {
  if (machine.expectsOperand) pushFrame(machine, makeFrame(machine, 'list', machine.at));
  else openIndex(machine);
}

function openIndex(machine: Machine): void {
  const base = popValue(machine);
  const frame = makeFrame(machine, 'index', machine.at);
  frame.callee = base;
  pushFrame(machine, frame);
}

/** At `{`: `$text{0}` (PHP up to 7), `${name}`, or a block. */
export function openBlock(machine: Machine, index: number): number {
  const { tokens } = machine;
  if (machine.expectsOperand && machine.operators.at(-1) === Operator.variable) {
    pushFrame(machine, makeFrame(machine, 'group', machine.at));
    return index;
  }
  const before = index - 1;
  const touches = index > 0 && tokens.end[before] === tokens.start[index];
  const indexed =
    !machine.expectsOperand &&
    touches &&
    (tokens.kind[before] === Kind.variable || tokens.value[before] === 93) &&
    tokens.kind[index + 1] !== Kind.name;
  if (indexed) {
    openIndex(machine);
    return index;
  }
  startOperand(machine);
  endStatement(machine);
  pushFrame(machine, makeFrame(machine, 'block', machine.at));
  return index;
}

/** At `)` or `]`. */
export function closeBracket(machine: Machine, open: 40 | 91): void {
  const frame = topFrame(machine);
  if (frame.kind === 'block' || machine.frames.length < 2) return;
  if (open === 91 && frame.kind !== 'index' && frame.kind !== 'list') return;
  reduceAll(machine);
  const last = machine.expectsOperand ? null : popValue(machine);
  dropTo(machine.values, frame.valuesBase);
  machine.frames.pop();
  pushValue(machine, resultOf(machine, frame, last));
}

function resultOf(machine: Machine, frame: Frame, last: Value | null): Value {
  if (frame.kind === 'group') return last ?? NOTHING;
  if (frame.kind === 'index') return element(machine, frame.callee ?? NOTHING, last ?? undefined);
  if (frame.kind === 'list') {
    if (last) addItem(frame, last);
    return listValue(frame);
  }
  if (last) frame.parts.push(last);
  // An unpacked list may hold every argument from there on.
  if (last && frame.spread) frame.parts.push(last, last);
  machine.at = frame.at;
  if (frame.method) return callMethod(machine, frame);
  if (frame.callee) return callValue(machine, frame.callee, frame.parts);
  return callWord(machine, frame.word, frame.parts, false);
}

/** At `}`: ends the innermost block, or the expression of `${…}` and `$text{…}`. */
export function closeBlock(machine: Machine): void {
  const top = topFrame(machine);
  if (top.kind === 'index') return closeBracket(machine, 91);
  if (top.kind === 'group' && machine.operators[top.operatorsBase - 1] === Operator.variable) {
    closeBracket(machine, 40);
    return resolveVariable(machine);
  }
  while (machine.frames.length > 1 && topFrame(machine).kind !== 'block') dropFrame(machine);
  endStatement(machine);
  if (machine.frames.length === 1) return;
  const block = dropFrame(machine);
  machine.expectsOperand = true;
  if (!block.owner) return;
  leaveFunction(machine, block.owner);
  if (block.closure) pushValue(machine, plain(block.owner.result.taint & Taint.request));
}

/** What the body left in parameters taken by reference is what the caller finds in its variables. */
function leaveFunction(machine: Machine, owner: UserFunction): void {
  const scope = machine.scopes.pop();
  machine.owners.pop();
  owner.walked = true;
  for (const reference of owner.byReference.values()) {
    const value = scope?.get(reference.variable);
    if (!value) continue;
    if (owner.called && value.taint !== reference.left?.taint) machine.changed = true;
    reference.left = value;
  }
}

function dropFrame(machine: Machine): Frame {
  const frame = machine.frames.pop() as Frame;
  dropTo(machine.values, frame.valuesBase);
  dropTo(machine.operators, frame.operatorsBase);
  return frame;
}
