import { wordOf, wordText } from '../lexer/word-table.ts';
import { wordGroup, type WordGroup } from '../rules/words.ts';
import { note, noteTaint, type Sink } from './facts.ts';
import { markSink, type Machine } from './machine.ts';
import { callbackSink, type Reach } from './callback-sinks.ts';
import { allTaint, tailOf, Taint, type Value } from './value.ts';

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
  wp_create_user: [['account', 0]],
  wp_insert_user: [['account', 0]],
  wp_set_auth_cookie: [['account', 0]],
  wp_set_current_user: [['account', 0]],
};
/** The same by word, as far as it was asked for. */
const BY_WORD: Sinks[] = [];
/** Groups whose words make constants passed to a function worth another look. */
const REACHING = new Set<WordGroup>(['code', 'shell', 'callback', 'pattern', 'write', 'decode']);
const EVAL = wordOf('eval');
const ASSERT = wordOf('assert');

export function checkSink(machine: Machine, word: number, args: Value[], hidden: boolean): void {
  const group = wordGroup(word);
  if (!group) return;
  if (REACHING.has(group)) markSink(machine);
  if (word === EVAL || word === ASSERT) return codeSink(machine, args[0], hidden, word === ASSERT);
  if (group === 'pattern') return patternSink(machine, args, hidden);
  if (group === 'callback') {
    return callbackSink(machine, word, args, reachIn(machine));
  }
  const sinks = (BY_WORD[word] ??= BY_NAME[wordText(word)] ?? BY_GROUP[group] ?? []);
  if (sinks.length === 0) return;
  if (hidden && sinks[0]) note(machine.sheet, `hidden:${sinks[0][0]}`, machine.at, machine.layer);
  if (word === UNSERIALIZE && args[0] && allTaint(args[0]) & Taint.request) {
    if (!machine.madeByRequest) machine.changed = true;
    machine.madeByRequest = true;
  }
  noteWritten(machine, word, args);
  for (const [sink, position] of sinks) {
    const arg = args[position];
    if (!arg) continue;
    const taint = allTaint(arg) | (sink === 'write' ? writtenTaint(word, arg) : 0);
    noteTaint(machine.sheet, sink, taint, arg.text !== null, machine.at, machine.layer);
    if (sink === 'code' || (sink === 'write' && arg.text?.includes('<?'))) {
      keepLayer(machine, arg, sink);
    }
  }
}

const OPEN = wordOf('fopen');
const UNSERIALIZE = wordOf('unserialize');
const WRITERS = new Map(
  [
    ['file_put_contents', 0, 1],
    ['move_uploaded_file', 1, 0],
    ['copy', 1, 0],
  ].map(([name, path, data]) => [wordOf(String(name)), { path: Number(path), data: Number(data) }]),
);
const STREAM_WRITERS = new Set(['fwrite', 'fputs'].map(wordOf));
const PICTURE = /\.(ico|jpe?g|png|gif|bmp|webp|svg|css|woff2?|ttf)$/i;
const SCRIPT = /\.(php\d?|phtml|pht|phar|htaccess)$/i;

/** What is written to a file that a server runs, and to one that an include may name later. */
function noteWritten(machine: Machine, word: number, args: Value[]): void {
  if (word === OPEN) {
    const writes = /[waxc+]/.test(args[1]?.text ?? '');
    if (writes && args[0] && SCRIPT.test(tailOf(args[0]) ?? '')) machine.opensScript = true;
    return;
  }
  const writer = WRITERS.get(word);
  const data = args[writer ? writer.data : 1];
  if (!data || !(writer || (STREAM_WRITERS.has(word) && machine.opensScript))) return;
  const taint = allTaint(data) | writtenTaint(word, data);
  const path = writer && args[writer.path];
  const named = path && nameOf(path);
  if (taint & Taint.secret && path && PICTURE.test(tailOf(path) ?? '')) {
    note(machine.sheet, 'odd:write', machine.at, machine.layer);
  }
  if (named && machine.written.size < 64) machine.written.set(named, taint);
  if (writer && !(path && SCRIPT.test(tailOf(path) ?? ''))) return;
  noteTaint(machine.sheet, 'script', taint, data.text !== null, machine.at, machine.layer);
}

/** What names a file: its text, or the variable that holds it. */
function nameOf({ text, variable, key }: Value): string | number | null {
  return text ?? (variable !== 0 && key === null ? variable : null);
}

/** What is called under another name is looked at as hidden. */
export function reachIn(machine: Machine): Reach {
  return (target, args) => checkSink(machine, target, args, true);
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
  if (checks && layer === 0 && !(allTaint(arg) & ~(Taint.ambient | Taint.led)) && arg.text === null)
    return; // assert($a === $b)
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
    if (pattern.tail !== null && !endsPattern(pattern.tail)) return;
    if (tainted & (Taint.request | Taint.decoded | Taint.net))
      noteTaint(sheet, 'code', tainted, false, at, layer);
    return;
  }
  const texts = pattern.items
    ? [...pattern.items.values()].map((item) => item.text)
    : [pattern.text];
  const byOption = /^[imsx]{0,4}e/.test(args[3]?.text ?? '');
  if (!byOption && !texts.some((text) => text !== null && runsReplacement(text))) return;
  if (hidden) note(sheet, 'hidden:code', at, layer);
  noteTaint(sheet, 'code', allTaint(replacement), replacement.text !== null, at, layer);
  if (subject) {
    const taint = allTaint(subject) & (Taint.request | Taint.decoded | Taint.net);
    noteTaint(sheet, 'code', taint, true, at, layer);
    if (/[\\$]\{?\d/.test(replacement.text ?? '')) keepLayer(machine, subject, 'code');
  }
  keepLayer(machine, replacement, 'code');
}

/** Whether what a pattern ends in may run its replacement: the modifiers hold an `e`, or are not seen. */
function endsPattern(tail: string): boolean {
  const modifiers = /[^a-zA-Z\s]([a-zA-Z]*)$/.exec(tail);
  return !modifiers || (modifiers[1] as string).includes('e');
}

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

function runsReplacement(pattern: string): boolean {
  const open = pattern.charAt(0);
  const end = pattern.lastIndexOf(CLOSING[open] ?? open);
  return end > 0 && pattern.length - end < 12 && pattern.slice(end + 1).includes('e');
}

const UPLOADED = wordOf('move_uploaded_file');

/** What is written also comes from an address; register_globals made uploads plain variables. */
function writtenTaint(word: number, arg: Value): number {
  if (isAddress(arg.text) || arg.taint & Taint.address) return Taint.net;
  return word === UPLOADED && allTaint(arg) === Taint.ambient ? Taint.upload : 0;
}

export function isAddress(text: string | null): boolean {
  return text !== null && /^(https?|ftp):\/\//i.test(text);
}

const FROM_OUTSIDE = Taint.request | Taint.upload | Taint.net | Taint.decoded;

/** A picture, or a file that anybody may have left: never a script. */
function isOddPath(value: Value): boolean {
  const isPicture = /\.(ico|jpe?g|png|gif|bmp|webp|woff2?|ttf)$/i.test(tailOf(value) ?? '');
  return isPicture || /^\/(tmp|var\/tmp|dev\/shm)\//.test(value.text ?? '');
}

/** An include of what the request holds, of an address, or of data written out in the source. */
export function includeSink(machine: Machine, value: Value): void {
  const text = value.text ?? '';
  let taint = allTaint(value);
  if (/^php:\/\/(input|stdin)/i.test(text)) {
    taint |= Taint.request;
    note(machine.sheet, 'hidden:include', machine.at, machine.layer);
  }
  if (isAddress(text) || taint & Taint.address) taint |= Taint.net;
  const written = (machine.written.get(nameOf(value) ?? '') ?? 0) & FROM_OUTSIDE;
  if (written & Taint.request) note(machine.sheet, 'hidden:include', machine.at, machine.layer);
  taint |= written;
  if (/^(data|phar|zip|expect):/i.test(text)) taint |= Taint.decoded;
  if (isOddPath(value)) note(machine.sheet, 'odd:include', machine.at, machine.layer);
  noteTaint(machine.sheet, 'include', taint, value.text !== null, machine.at, machine.layer);
}
