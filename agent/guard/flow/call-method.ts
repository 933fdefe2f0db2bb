import { UNKNOWN_NAME } from '../lexer/token-stream.ts';
import { wordOf } from '../lexer/word-table.ts';
import { callValue, callWord } from './calls.ts';
import { note } from './facts.ts';
import { isCreated, type Frame, type Machine } from './machine.ts';
import { checkCallback } from './callback-sinks.ts';
import { reachIn } from './sinks.ts';
import { allTaint, NOTHING, plain, Taint, type Value } from './value.ts';

const at = (position: number, list: string) =>
  list.split(' ').map((name) => [wordOf(name), position] as const);

/** Methods and classes that call what one of their arguments names, and which. */
const CALLBACKS = new Map<number, number>([
  ...at(0, 'uasort uksort fromcallable registerphpfunctions reflectionfunction'),
  ...at(1, 'createfunction sqlitecreatefunction createaggregate sqlitecreateaggregate'),
  ...at(1, 'createcollation sqlitecreatecollation callbackfilteriterator fetchall'),
]);
/** Their result stands for the function. */
const HANDLES = new Set(['fromcallable', 'reflectionfunction'].map(wordOf));
const INVOKES = new Set(['__invoke', 'invoke', 'invokeargs', 'call'].map(wordOf));
const MAKES = new Set(['newinstance', 'newinstanceargs'].map(wordOf));
const CONSTRUCT = wordOf('__construct');
const COM = wordOf('com');
const DOC_COMMENT = wordOf('getdoccomment');
/** XSLT and XPath may call any function from then on. */
const PHP_FUNCTIONS = wordOf('registerphpfunctions');
const READ_BACK = new Set(['getconstant', 'getconstants'].map(wordOf));
const CALLABLE = Taint.request | Taint.built | Taint.decoded | Taint.indirect;

/** A method's call or, behind `new`, a class's constructor. */
export function callMethod(machine: Machine, frame: Frame): Value {
  const { word, parts } = frame;
  const base = frame.callee ?? NOTHING;
  const creates = isCreated(machine);
  const position = CALLBACKS.get(word);
  const callback = position === undefined ? undefined : parts[position];
  if (callback) {
    checkCallback(machine, callback, parts, reachIn(machine));
    if (HANDLES.has(word)) return { ...callback, variable: 0, key: null };
  }
  if (word === PHP_FUNCTIONS) note(machine.sheet, 'hidden:callback', machine.at, machine.layer);
  if (creates) return create(machine, word, parts);
  if (INVOKES.has(word) && (base.text !== null || base.taint & CALLABLE)) {
    const items = parts.flatMap((part) =>
      part.items ? part.items.values().take(8).toArray() : [part],
    );
    return callValue(machine, base, items);
  }
  if (MAKES.has(word)) return callWord(machine, CONSTRUCT, parts, false);
  if (word === DOC_COMMENT) return plain(Taint.decoded);
  if (READ_BACK.has(word)) return plain(Taint.built);
  if (word >= UNKNOWN_NAME && machine.functions.has(word)) {
    return callWord(machine, word, parts, false);
  }
  return plain(base.taint & ~(Taint.built | Taint.ambient));
}

function create(machine: Machine, word: number, parts: Value[]): Value {
  // COM('WScript.Shell') runs commands on Windows.
  if (word === COM && /shell/i.test(parts[0]?.text ?? '')) {
    note(machine.sheet, 'hidden:shell', machine.at, machine.layer);
  }
  if (machine.functions.has(CONSTRUCT)) callWord(machine, CONSTRUCT, parts, false);
  let taint = 0;
  for (const part of parts) taint |= allTaint(part);
  return plain(taint & ~(Taint.built | Taint.ambient));
}
