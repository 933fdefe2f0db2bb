import { wordOf, wordText } from '../lexer/word-table.ts';
import { wordGroup, type WordGroup } from '../rules/words.ts';
import { note, noteTaint, type Sink } from './facts.ts';
import type { Machine } from './machine.ts';
import { allTaint, type Value } from './value.ts';

const SHORTEST_LAYER = 4;
const MOST_LAYERS = 64;
type Sinks = readonly (readonly [Sink, number])[];

/** Which argument of which function is dangerous, and how. */
const BY_GROUP: Partial<Record<WordGroup, Sinks>> = {
  shell: [['shell', 0]],
  include: [['include', 0]],
  mail: [
    ['mail', 0],
    ['mail', 2],
  ],
  sql: [['sql', 0]],
  remove: [['remove', 0]],
  read: [['read', 0]],
  net: [['net', 0]],
};
const BY_NAME: Record<string, Sinks> = {
  create_function: [
    ['code', 0],
    ['code', 1],
  ],
  file_put_contents: [
    ['path', 0],
    ['write', 1],
  ],
  fwrite: [['write', 1]],
  fputs: [['write', 1]],
  move_uploaded_file: [
    ['write', 0],
    ['path', 1],
  ],
  copy: [
    ['write', 0],
    ['path', 1],
  ],
  rename: [['path', 1]],
  fopen: [
    ['path', 0],
    ['read', 0],
  ],
  touch: [['path', 0]],
  chmod: [['path', 0]],
  mkdir: [['path', 0]],
  curl_setopt: [['net', 2]],
  unserialize: [['unserialize', 0]],
};
/** Functions whose callback is not the first argument. */
const CALLBACK_LATER = new Set(
  'array_filter array_walk array_walk_recursive array_reduce usort uasort uksort array_diff_ukey array_udiff array_uintersect array_intersect_ukey array_diff_uassoc array_intersect_uassoc array_udiff_assoc array_udiff_uassoc preg_replace_callback iterator_apply mb_ereg_replace_callback filter_var filter_var_array sqlite_create_function'.split(
    ' ',
  ),
);
const EVAL = wordOf('eval');
const ASSERT = wordOf('assert');

export function checkSink(machine: Machine, word: number, args: Value[], hidden: boolean): void {
  const group = wordGroup(word);
  if (!group) return;
  if (word === EVAL || word === ASSERT) return codeSink(machine, args[0], hidden, word === ASSERT);
  if (group === 'pattern') return patternSink(machine, args, hidden);
  if (group === 'callback') return callbackSink(machine, word, args);
  const sinks = BY_NAME[wordText(word)] ?? BY_GROUP[group];
  if (!sinks) return;
  if (hidden && sinks[0]) note(machine.sheet, `hidden:${sinks[0][0]}`, machine.at, machine.layer);
  for (const [sink, position] of sinks) {
    const arg = args[position];
    if (!arg) continue;
    noteTaint(machine.sheet, sink, allTaint(arg), arg.text !== null, machine.at, machine.layer);
    if (sink === 'code' || (sink === 'write' && arg.text?.includes('<?'))) {
      keepLayer(machine, arg, sink);
    }
  }
}

/** Code given to `eval` and kin; what is constant is walked as a layer of its own. */
function codeSink(
  machine: Machine,
  arg: Value | undefined,
  hidden: boolean,
  checks: boolean,
): void {
  const { sheet, at, layer } = machine;
  if (hidden) note(sheet, 'hidden:code', at, layer);
  if (!arg) return;
  if (checks && !(allTaint(arg) & ~32) && arg.text === null) return; // assert($a === $b)
  noteTaint(sheet, 'code', allTaint(arg), arg.text !== null, at, layer);
  keepLayer(machine, arg, 'code');
}

function keepLayer(machine: Machine, value: Value, sink: Sink): void {
  const text = value.text;
  if (text === null || text.length < SHORTEST_LAYER) return;
  if (machine.layers.length >= MOST_LAYERS) return;
  note(machine.sheet, `layer:${sink}`, machine.at, machine.layer);
  machine.layers.push(sink === 'code' ? `<?php ${text}` : text);
}

/** preg_replace: the modifier `e` runs the replacement (PHP 5); a pattern from outside may have it. */
function patternSink(machine: Machine, args: Value[], hidden: boolean): void {
  const [pattern, replacement, subject] = args;
  const { sheet, at, layer } = machine;
  if (!pattern || !replacement) return;
  const tainted = allTaint(pattern);
  if (pattern.text === null && !pattern.items) {
    if (tainted & 1) noteTaint(sheet, 'code', tainted, false, at, layer);
    return;
  }
  const texts = pattern.items
    ? [...pattern.items.values()].map((item) => item.text)
    : [pattern.text];
  const byOption = /^[imsx]{0,4}e/.test(args[3]?.text ?? '');
  if (!byOption && !texts.some((text) => text !== null && runsReplacement(text))) return;
  if (hidden) note(sheet, 'hidden:code', at, layer);
  noteTaint(sheet, 'code', allTaint(replacement), replacement.text !== null, at, layer);
  if (subject) noteTaint(sheet, 'code', allTaint(subject) & 1, true, at, layer);
  keepLayer(machine, replacement, 'code');
}

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

function runsReplacement(pattern: string): boolean {
  const open = pattern.charAt(0);
  const end = pattern.lastIndexOf(CLOSING[open] ?? open);
  return end > 0 && pattern.length - end < 12 && pattern.slice(end + 1).includes('e');
}

function callbackSink(machine: Machine, word: number, args: Value[]): void {
  const { sheet, at, layer } = machine;
  const later = CALLBACK_LATER.has(wordText(word));
  for (const [position, arg] of args.entries()) {
    if (later === (position === 0)) continue;
    const taint = allTaint(arg);
    if (arg.text === null) {
      if (taint) noteTaint(sheet, 'callback', taint, true, at, layer);
      if (!later) break;
      continue;
    }
    const target = wordOf(arg.text.trim());
    const group = wordGroup(target);
    if (group !== 'code' && group !== 'shell') {
      if (!later) break;
      continue;
    }
    note(sheet, group === 'shell' ? 'hidden:shell' : 'hidden:code', at, layer);
    for (const [other, value] of args.entries()) {
      if (other === position) continue;
      const items = value.items ? [...value.items.values()] : [value];
      checkSink(machine, target, items.slice(0, 3), true);
    }
    if (!later) break;
  }
}
