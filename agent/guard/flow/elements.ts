import { WORDS } from '../rules/words.ts';
import { readVariable, variableNamed, type Frame, type Machine } from './machine.ts';
import { collection, constant, plain, readAs, Taint, unknownOf, type Value } from './value.ts';

/** Fields that hold a card or a password. */
const SECRET_KEY =
  /^(cc|card|credit_?card|payment)_?\[?_?(number|num|no|cid|cvv?2?|cvc2?|exp\w*)|^(cvv2?|cvc2?|ccnum|pwd|passwd|password|pass|log_?pwd)$/i;
/** A constant so long holds more than a digit or a separator. */
const LEAST_SPELT = 16;
const REQUEST_KEY = /^(HTTP_|QUERY_STRING|REQUEST_URI|PATH_INFO|PHP_AUTH|ORIG_PATH)/i;

/** `base[key]`, also of a text. */
export function element(machine: Machine, base: Value, key: Value | undefined): Value {
  const { variable } = base;
  const name = key === undefined ? '[]' : (key.text ?? '*');
  if (WORDS.globals.has(base.variable) && key && key.text !== null) {
    return readVariable(machine, variableNamed(key.text));
  }
  if (WORDS.server.has(base.variable)) {
    const asked = !key || key.text === null || REQUEST_KEY.test(key.text);
    return plain(asked ? Taint.request | Taint.server : Taint.server);
  }
  if (key && key.text !== null) {
    if (base.text !== null) machine.steps -= base.text.length >> 5;
    const item = base.items?.get(key.text);
    if (item) return readAs(item, item.taint, variable, name);
    const char = base.text === null ? undefined : base.text.at(Number.parseInt(key.text, 10) || 0);
    if (char !== undefined) {
      // The counter of a loop that is not run.
      const spells = key.variable !== 0 && isLong(base) ? Taint.spelt : 0;
      return readAs(constant(char), base.taint | Taint.built | spells, variable, name);
    }
  }
  const taint = base.taint & ~(Taint.built | Taint.secret);
  if (key?.text === null && isLong(base)) {
    return unknownOf(variable, taint | Taint.spelt, name);
  }
  const isSecret = (taint & Taint.request) !== 0 && SECRET_KEY.test(name);
  return unknownOf(variable, isSecret ? taint | Taint.secret : taint, name);
}

function isLong({ text }: Value): boolean {
  return text !== null && text.length >= LEAST_SPELT;
}

/** Adds a finished part to a list under its key. */
export function addItem(frame: Frame, value: Value): void {
  const items = (frame.items ??= new Map());
  const key = frame.pendingKey ?? String(items.size);
  frame.pendingKey = null;
  if (items.size < 65_536) items.set(key, value);
}

export function listValue(frame: Frame): Value {
  const items = frame.items ?? new Map<string, Value>();
  let taint = 0;
  for (const item of items.values()) taint |= item.taint;
  return collection(items, taint);
}
