import { Kind, Op, UNKNOWN_NAME } from '../lexer/token-stream.ts';
import { makeFrame, pushFrame, type Machine, type UserFunction } from './machine.ts';
import { endStatement, startOperand } from './statements.ts';
import { plain, Taint, unknownOf, type Value } from './value.ts';

/** At `function` or `fn`: reads the header and enters the body with what calls have passed so far. */
export function walkFunction(machine: Machine, index: number, arrow: boolean): number {
  const { tokens } = machine;
  let at = index + 1;
  if (tokens.value[at] === 38 && tokens.kind[at] === Kind.punctuation) at++;
  const named = tokens.kind[at] === Kind.name;
  const word = named ? (tokens.value[at] as number) : 0;
  if (named) at++;
  if (tokens.value[at] !== 40) return index;
  const { parameters, references, after } = readParameters(machine, at);
  if (named) endStatement(machine);
  else startOperand(machine);
  if (arrow) {
    for (const parameter of parameters) {
      machine.scopes.at(-1)?.set(parameter, unknownOf(parameter, Taint.parameter));
    }
    return tokens.value[after] === Op.doubleArrow ? after : after - 1;
  }
  const open = findBody(machine, after);
  if (open < 0) return after - 1;
  const record = functionRecord(machine, word);
  for (const position of references) {
    const variable = parameters[position] as number;
    if (!record.byReference.has(position)) {
      record.byReference.set(position, { variable, left: undefined });
    }
  }
  const frame = makeFrame(machine, 'block', machine.at);
  frame.owner = record;
  frame.closure = !named;
  pushFrame(machine, frame);
  const scope = new Map<number, Value>();
  for (let position = 0; position < parameters.length; position++) {
    const parameter = parameters[position] as number;
    const passed = record.passed[position];
    const value = unknownOf(parameter, Taint.parameter | (passed?.taint ?? 0));
    value.text = passed?.text ?? null;
    scope.set(parameter, value);
  }
  machine.scopes.push(scope);
  machine.owners.push(record);
  machine.globals[machine.scopes.length - 1] = new Set();
  return open;
}

function functionRecord(machine: Machine, word: number): UserFunction {
  const known = word >= UNKNOWN_NAME ? machine.functions.get(word) : undefined;
  if (known) return known;
  const record: UserFunction = {
    passed: [],
    result: plain(0),
    decodes: false,
    walked: false,
    called: false,
    texts: false,
    sinks: false,
    byReference: new Map(),
  };
  if (word >= UNKNOWN_NAME && machine.functions.size < 20_000) machine.functions.set(word, record);
  return record;
}

interface Parameters {
  parameters: number[];
  /** Positions of those with `&`. */
  references: number[];
  /** The index behind the bracket. */
  after: number;
}

function readParameters(machine: Machine, open: number): Parameters {
  const { tokens } = machine;
  const parameters: number[] = [];
  const references: number[] = [];
  let depth = 0;
  let at = open;
  for (; at < tokens.count; at++) {
    if (tokens.kind[at] === Kind.variable && depth === 1) {
      if (tokens.value[at - 1] === 38) references.push(parameters.length);
      parameters.push(tokens.value[at] as number);
    }
    if (tokens.kind[at] !== Kind.punctuation) continue;
    if (tokens.value[at] === 40) depth++;
    if (tokens.value[at] === 41 && --depth === 0) break;
  }
  machine.steps -= at - open;
  return { parameters, references, after: at + 1 };
}

function findBody(machine: Machine, from: number): number {
  const { tokens } = machine;
  for (let at = from; at < tokens.count && at < from + 256; at++) {
    if (tokens.kind[at] !== Kind.punctuation) continue;
    if (tokens.value[at] === 123) return at;
    if (tokens.value[at] === 59 || tokens.value[at] === 125) return -1;
  }
  return -1;
}
