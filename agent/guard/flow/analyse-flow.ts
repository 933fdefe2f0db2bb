import { makeDecodeBudget, type DecodeBudget } from '../decode/budget.ts';
import { lexPhp, PADDING } from '../lexer/lex-php.ts';
import { makeTokenStream, type TokenStream } from '../lexer/token-stream.ts';
import { makeFactSheet, type FactSheet } from './facts.ts';
import { flattenGotos } from './flatten-gotos.ts';
import type { Counters, Machine } from './machine.ts';
import type { Value } from './value.ts';
import { walk } from './walk.ts';

export interface FlowLimits {
  /** Tokens, operators and calls over all passes and layers. */
  steps: number;
  decodedBytes: number;
  layers: number;
}

export const DEFAULT_FLOW_LIMITS: FlowLimits = {
  steps: 12_000_000,
  decodedBytes: 8 * 1024 * 1024,
  layers: 24,
};

export interface Flow {
  sheet: FactSheet;
  counters: Counters;
  limit: 'steps' | 'depth' | 'decoded' | 'layers' | null;
  /** Code found in constants, newest layer last. */
  layers: readonly string[];
  /** Work done, in steps. */
  steps: number;
}

const MOST_PASSES = 3;
/** Tokens of a file whose constants are kept from pass to pass. */
const MOST_KEPT = 10_000;

/**
 * Follows data through a file and through the code its constants hold. Passes repeat while calls
 * still teach functions something new, at most three times.
 */
export function analyseFlow(
  bytes: Buffer,
  tokens: TokenStream,
  limits: FlowLimits = DEFAULT_FLOW_LIMITS,
): Flow {
  const budget = makeDecodeBudget(limits.decodedBytes);
  const machine = makeMachine(bytes, flattenGotos(tokens) ?? tokens, budget, limits.steps);
  walkRepeatedly(machine);
  let scratch: TokenStream | null = null;
  let walked = 0;
  while (walked < machine.layers.length && walked < limits.layers && !machine.limit) {
    const code = Buffer.from((machine.layers[walked] as string) + '\0'.repeat(PADDING), 'latin1');
    scratch ??= makeTokenStream(1024);
    if (lexPhp(code, code.length - PADDING, scratch).limit) machine.limit = 'depth';
    machine.bytes = code;
    machine.tokens = flattenGotos(scratch) ?? scratch;
    walked++;
    machine.layer = walked;
    walk(machine);
    // Code that a function of this layer is given after its body.
    if (passedConstants(machine)) {
      for (const known of machine.functions.values()) known.texts = false;
      walk(machine);
    }
  }
  const unfinished = budget.exceeded ? 'decoded' : walked < machine.layers.length ? 'layers' : null;
  return {
    sheet: machine.sheet,
    counters: machine.counters,
    limit: machine.limit ?? unfinished,
    layers: machine.layers,
    steps: limits.steps - Math.max(0, machine.steps),
  };
}

function walkRepeatedly(machine: Machine): void {
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    machine.changed = false;
    machine.sheet = makeFactSheet();
    machine.counters = makeCounters();
    machine.layers = [];
    const properties = [...(machine.scopes[0] ?? [])].filter(([variable]) => variable < 0);
    machine.scopes = [new Map(properties)];
    machine.ambientRequest = false;
    machine.written = new Map();
    machine.opensScript = false;
    for (const known of machine.functions.values()) {
      known.walked = false;
      known.called = false;
      known.texts = false;
    }
    walk(machine);
    if (!machine.changed) machine.changed = passedConstants(machine);
    if (!machine.changed || machine.functions.size === 0 || machine.limit) return;
  }
}

/** A constant reached a function that does something with it, after its body was walked. */
function passedConstants(machine: Machine): boolean {
  for (const known of machine.functions.values()) if (known.texts && known.sinks) return true;
  return false;
}

function makeMachine(
  bytes: Buffer,
  tokens: TokenStream,
  budget: DecodeBudget,
  steps: number,
): Machine {
  return {
    bytes,
    tokens,
    at: 0,
    expectsOperand: true,
    values: [],
    operators: [],
    frames: [],
    scopes: [new Map()],
    globals: [],
    owners: [],
    functions: new Map(),
    constants: new Map(),
    literals: tokens.count > MOST_KEPT ? null : emptyList(tokens.count),
    sheet: makeFactSheet(),
    budget,
    steps,
    layer: 0,
    layers: [],
    ambientRequest: false,
    madeByRequest: false,
    written: new Map(),
    opensScript: false,
    changed: false,
    limit: null,
    counters: makeCounters(),
  };
}

function makeCounters(): Counters {
  return {
    variableCalls: 0,
    variableVariables: 0,
    builtNames: 0,
    foldedBytes: 0,
    decodedBytes: 0,
    dynamicNew: 0,
    xorText: 0,
  };
}

/** Room for as many values, none of them there yet. */
function emptyList(length: number): (Value | undefined)[] {
  const list: (Value | undefined)[] = [];
  list.length = length;
  return list;
}
