import { WORDS } from '../rules/words.ts';
import { readVariable, variableNamed, type Frame, type Machine } from './machine.ts';
import { collection, constant, plain, readAs, Taint, unknownOf, type Value } from './value.ts';

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
      return readAs(constant(char), base.taint | Taint.built, variable, name);
    }
  }
  return unknownOf(variable, base.taint & ~Taint.built, name);
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
