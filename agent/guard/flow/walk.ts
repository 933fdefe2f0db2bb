import { unescapeDouble, unescapeSingle } from '../decode/unescape.ts';
import { Kind, Op } from '../lexer/token-stream.ts';
import { closeBlock, closeBracket, openBlock, openBracket, openCall } from './frames.ts';
import {
  makeFrame,
  MEMBER,
  popValue,
  propertyAt,
  propertyId,
  pushFrame,
  pushValue,
  readVariable,
  topFrame,
  writeVariable,
  type Machine,
} from './machine.ts';
import { walkName } from './names.ts';
import { stepUp } from './increment.ts';
import { Operator, reduceAll, reduceFor, resolveVariable } from './operators.ts';
import { endKey, endPart, endStatement, startOperand } from './statements.ts';
import { constant, plain, readAs, Taint, unknownOf, type Value } from './value.ts';
import { shortConstant } from './short-constants.ts';

const COLON = 58;
const BINARY = new Map<number, number>([
  [46, Operator.concat],
  [94, Operator.xor],
  [43, Operator.plus],
  [45, Operator.minus],
  [42, Operator.times],
  [47, Operator.divide],
  [37, Operator.modulo],
  [38, Operator.bitAnd],
  [124, Operator.bitOr],
  [61, Operator.assign],
  [Op.concatAssign, Operator.concatAssign],
  [Op.xorAssign, Operator.otherAssign],
  [Op.otherAssign, Operator.otherAssign],
  [Op.compare, Operator.compare],
  [Op.logic, Operator.logic],
  [Op.coalesce, Operator.join],
  [Op.shift, Operator.shift],
]);
const PREFIX = new Map<number, number>([
  [33, Operator.not],
  [126, Operator.invert],
  [45, Operator.negate],
  [36, Operator.variable],
]);

/** The same by value, for each token: no operator is 0. */
const BINARIES = new Uint16Array(512);
const PREFIXES = new Uint16Array(512);
for (const [value, operator] of BINARY) BINARIES[value] = operator;
for (const [value, operator] of PREFIX) PREFIXES[value] = operator;

/** Walks the tokens once, folding constants and following data to where it is used. */
export function walk(machine: Machine): void {
  const { tokens } = machine;
  machine.frames.length = 0;
  machine.values.length = 0;
  machine.operators.length = 0;
  machine.scopes.length = 1;
  machine.owners.length = 0;
  machine.frames.push(makeFrame(machine, 'block', 0));
  machine.expectsOperand = true;
  for (let index = 0; index < tokens.count; index++) {
    if (--machine.steps <= 0) {
      machine.limit ??= 'steps';
      return;
    }
    index = step(machine, index);
  }
  while (machine.frames.length > 1) {
    reduceAll(machine);
    machine.frames.pop();
  }
  reduceAll(machine);
}

/** Handles the token and returns the index of the last one it used. */
function step(machine: Machine, index: number): number {
  const { tokens } = machine;
  machine.at = tokens.start[index] as number;
  const value = tokens.value[index] as number;
  switch (tokens.kind[index]) {
    case Kind.variable:
      return walkVariable(machine, index, value);
    case Kind.name:
      return walkName(machine, index, value);
    case Kind.string:
    case Kind.text:
    case Kind.raw:
    case Kind.number:
      startOperand(machine);
      pushValue(machine, constantAt(machine, index));
      return index;
    case Kind.punctuation:
      return walkPunctuation(machine, index, value);
    default:
      endStatement(machine);
      return index;
  }
}

/** Constants of the file itself are kept from one pass to the next. */
function constantAt(machine: Machine, index: number): Value {
  const { literals } = machine;
  if (!literals || machine.layer > 0) return readConstant(machine, index);
  return (literals[index] ??= readConstant(machine, index));
}

function readConstant(machine: Machine, index: number): Value {
  const { tokens, bytes } = machine;
  const kind = tokens.kind[index];
  const start = tokens.start[index] as number;
  const end = tokens.end[index] as number;
  if (kind === Kind.string) {
    const short = shortConstant(bytes, start + 1, end - 1);
    if (short) return short;
    const text = bytes.toString('latin1', start + 1, Math.max(start + 1, end - 1));
    return constant(tokens.value[index] === 39 ? unescapeSingle(text) : unescapeDouble(text));
  }
  const text = bytes.toString('latin1', start, end);
  if (kind === Kind.text) return constant(unescapeDouble(text));
  if (kind === Kind.raw) return constant(text);
  if (end - start === 1) return DIGITS[(bytes[start] as number) - 48] as Value;
  return constant(String(numberOf(text)), 0, true);
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => constant(String(digit), 0, true));

function numberOf(text: string): number {
  const digits = text.replaceAll('_', '');
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  const value = Number(digits);
  return Number.isFinite(value) ? value : 0;
}

function walkVariable(machine: Machine, index: number, word: number): number {
  startOperand(machine);
  const frame = topFrame(machine);
  if (frame.each) writeVariable(machine, word, frame.each);
  const assigns = machine.tokens.value[index + 1] === 61;
  if (frame.classBody && assigns) pushValue(machine, unknownOf(propertyAt(machine, index), 0));
  else pushValue(machine, readVariable(machine, word));
  resolveVariable(machine);
  return index;
}

function walkPunctuation(machine: Machine, index: number, value: number): number {
  switch (value) {
    case 40:
      return openCall(machine, index);
    case 123:
      return openBlock(machine, index);
    case Op.arrow:
    case Op.doubleColon:
      return walkMember(machine, index, value === Op.doubleColon);
    case 63:
      return walkCondition(machine, index);
    default:
      punctuate(machine, value);
      return index;
  }
}

function punctuate(machine: Machine, value: number): void {
  switch (value) {
    case 41:
      return closeBracket(machine, 40);
    case 91:
      return openBracket(machine);
    case 93:
      return closeBracket(machine, 91);
    case 125:
      return closeBlock(machine);
    case 59:
      return endStatement(machine);
    case 44:
      return endPart(machine);
    case Op.doubleArrow:
      return endKey(machine);
    case COLON:
      return walkColon(machine);
    default:
      return walkOperator(machine, value);
  }
}

function walkOperator(machine: Machine, value: number): void {
  if (machine.expectsOperand) {
    if (value === Op.ellipsis) topFrame(machine).spread = true;
    const prefix = PREFIXES[value];
    if (prefix) machine.operators.push(prefix);
    return;
  }
  if (value === Op.step) return stepUp(machine);
  const operator = BINARIES[value];
  if (!operator) return;
  const assigns = operator >= Operator.assign && operator <= Operator.otherAssign;
  if (!assigns) reduceFor(machine, operator);
  machine.operators.push(operator);
  machine.expectsOperand = true;
}

function walkCondition(machine: Machine, index: number): number {
  if (machine.expectsOperand) return index;
  reduceFor(machine, Operator.join);
  machine.expectsOperand = true;
  if (machine.tokens.value[index + 1] === COLON) {
    machine.operators.push(Operator.join);
    return index + 1;
  }
  topFrame(machine).ternaries++;
  popValue(machine);
  machine.expectsOperand = true;
  return index;
}

function walkColon(machine: Machine): void {
  const frame = topFrame(machine);
  if (frame.ternaries === 0 || machine.expectsOperand) return endStatement(machine);
  frame.ternaries--;
  reduceFor(machine, Operator.join);
  machine.operators.push(Operator.join);
  machine.expectsOperand = true;
}

/** `->name`, `::name`, `->$name`, `->name(`. */
function walkMember(machine: Machine, index: number, isStatic: boolean): number {
  const { tokens } = machine;
  const base = machine.expectsOperand ? plain(0) : popValue(machine);
  machine.expectsOperand = false;
  const next = index + 1;
  const kind = tokens.kind[next];
  const word = tokens.value[next] as number;
  if (kind === Kind.name) {
    if (tokens.value[next + 1] === 40 && tokens.kind[next + 1] === Kind.punctuation) {
      const frame = makeFrame(machine, 'call', machine.at);
      frame.word = word;
      frame.method = true;
      frame.callee = base;
      pushFrame(machine, frame);
      return next + 1;
    }
    const property = readVariable(machine, propertyId(word));
    const made = machine.madeByRequest ? Taint.request : 0;
    const taint = (property.taint & ~Taint.ambient) | (base.taint & ~Taint.ambient) | made;
    pushValue(machine, readAs(property, taint, property.variable, property.key));
    return next;
  }
  if (kind === Kind.variable) {
    if (isStatic) pushValue(machine, readVariable(machine, propertyAt(machine, next)));
    else pushValue(machine, unknownOf(0, base.taint, MEMBER));
    return next;
  }
  pushValue(machine, plain(base.taint));
  return index;
}
