import { wordOf, wordText } from '../lexer/word-table.ts';
import { CALLBACK_LATER, wordGroup } from '../rules/words.ts';
import { note, noteTaint } from './facts.ts';
import type { Machine } from './machine.ts';
import { passArguments } from './pass-arguments.ts';
import { allTaint, plain, type Value } from './value.ts';

/** Take their callback in a list of options. */
const LISTED = new Set(['filter_var', 'filter_var_array', 'filter_input', 'yaml_parse']);

/** Take it as their second argument and nothing else. */
const SECOND = new Set(
  'array_filter array_walk array_walk_recursive array_reduce usort uasort uksort preg_replace_callback iterator_apply mb_ereg_replace_callback'
    .split(' ')
    .map(wordOf),
);

/** Looks at what a function that is called under another name is given. */
export type Reach = (target: number, args: Value[]) => void;

/** A function that calls what one of its arguments names. */
export function callbackSink(machine: Machine, word: number, args: Value[], reach: Reach): void {
  const name = wordText(word);
  const later = CALLBACK_LATER.has(word);
  const any = name === 'session_set_save_handler' || args[1] === args[0];
  for (const [position, arg] of args.entries()) {
    if (!any && later === (position === 0)) continue;
    if (position > 1 && SECOND.has(word)) break;
    if (LISTED.has(name) && arg.items) {
      for (const item of arg.items.values()) checkCallback(machine, item, args, reach);
    }
    checkCallback(machine, arg, args, reach);
    if (!later && !any) break;
  }
}

/** Notes what a callback may be, and what it is given when it is a function that runs code. */
export function checkCallback(
  machine: Machine,
  callback: Value,
  args: readonly Value[],
  reach: Reach,
): void {
  const { sheet, at, layer } = machine;
  passToCallback(machine, callback, args);
  if (callback.text === null) {
    const taint = allTaint(callback);
    if (taint) noteTaint(sheet, 'callback', taint, true, at, layer);
    return;
  }
  const target = wordOf(callback.text.trim());
  const group = wordGroup(target);
  if (group !== 'code' && group !== 'shell') return;
  note(sheet, group === 'shell' ? 'hidden:shell' : 'hidden:code', at, layer);
  for (const value of args) {
    if (value === callback) continue;
    const items = value.items ? value.items.values().take(3).toArray() : [value];
    reach(target, items);
  }
}

const INVOKE = wordOf('__invoke');

/** A function of the file, by its name, as `array($object, 'name')`, or an object that is called. */
function passToCallback(machine: Machine, callback: Value, args: readonly Value[]): void {
  if (machine.functions.size === 0) return;
  const name = callback.text ?? callback.items?.get('1')?.text;
  const known = machine.functions.get(name ? wordOf(name.trim()) : INVOKE);
  if (!known) return;
  // Lists are handed over element by element.
  const others = args.filter((arg) => arg !== callback);
  passArguments(
    machine,
    known,
    others.map((arg) => plain(allTaint(arg))),
  );
}
