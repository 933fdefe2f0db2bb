import { spend } from '../decode/budget.ts';
import { PURE_FUNCTIONS, type PureArgument } from '../decode/pure-functions.ts';
import { UNKNOWN_NAME } from '../lexer/token-stream.ts';
import { MOST_WORDS, wordOf, wordText } from '../lexer/word-table.ts';
import { WORDS } from '../rules/words.ts';
import { note, noteTaint } from './facts.ts';
import {
  chargeText,
  isCreated,
  markSink,
  MEMBER,
  writeVariable,
  type Machine,
  type UserFunction,
} from './machine.ts';
import { passArguments } from './pass-arguments.ts';
import { checkSink } from './sinks.ts';
import {
  allTaint,
  collection,
  constant,
  NOTHING,
  plain,
  readAs,
  Taint,
  type Value,
} from './value.ts';

const words = (list: string) => new Set(list.split(' ').map(wordOf));

/** Results that carry nothing of their arguments: numbers, truth, digests, escaped text. */
const CLEARS = words(
  'strlen count intval floatval md5 sha1 crc32 hash crypt isset empty is_array is_string is_numeric is_dir is_file is_readable is_writable is_writeable is_executable is_link file_exists fileperms fileowner filegroup filesize filemtime fileatime filectime in_array strcmp strcasecmp strncmp strpos stripos preg_match preg_match_all ereg eregi function_exists method_exists class_exists is_callable defined time date microtime rand mt_rand uniqid round floor ceil abs getmyuid getmypid error_reporting set_time_limit ini_set header setcookie escapeshellarg number_format ftell feof similar_text levenshtein substr_count array_search array_key_exists key_exists is_int is_integer is_float is_bool is_object is_null is_scalar is_iterable is_countable is_a is_subclass_of str_contains str_starts_with str_ends_with ctype_alnum ctype_alpha ctype_digit ctype_xdigit mb_strlen mb_strpos hash_equals hash_hmac password_hash password_verify version_compare preg_quote spl_object_hash spl_object_id checkdate strtotime mktime property_exists interface_exists headers_sent array_is_list',
);
const READS = words(
  'file_get_contents file fread fgets fgetc stream_get_contents gzfile readdir scandir glob fopen php_strip_whitespace',
);
const FETCHES = words('curl_exec curl_multi_getcontent');
const OUTPUT = words('printf print_r var_dump');
const MAKES_BYTES = words('chr pack');
/** Take bytes out of their first argument. */
const TAKES_BYTES = words('substr strtr ord str_replace');
/** A constant so long holds code, or the letters it is spelt with. */
const LEAST_SPELT = 16;
/** Leave what they found in their third argument. */
const MATCHES = words('preg_match preg_match_all ereg eregi mb_ereg');
const SPREADS = words('extract parse_str import_request_variables');
/** By word: which of the ways below its call goes; most go none. */
const Way = { request: 1, spreads: 2, matches: 4, defines: 8, pure: 16, clears: 32 } as const;
const WAYS = new Uint8Array(MOST_WORDS);
const [GETENV, PARSE_STR, IMPORT, EXIF] = [
  'getenv',
  'parse_str',
  'import_request_variables',
  'exif_read_data',
].map(wordOf);

mark(WORDS.requestCall, Way.request);
WAYS[wordOf('import_request_variables')] = 0;
mark(SPREADS, Way.spreads);
mark(MATCHES, Way.matches);
mark([wordOf('define')], Way.defines);
mark([...PURE_FUNCTIONS.keys()].map(wordOf), Way.pure);
mark(CLEARS, Way.clears);

function mark(of: Iterable<number>, way: number): void {
  for (const word of of) if (word < UNKNOWN_NAME) WAYS[word] = (WAYS[word] as number) | way;
}

/** A call by its word; gives the value of its result and notes what it reaches. */
export function callWord(machine: Machine, word: number, args: Value[], hidden: boolean): Value {
  machine.steps--;
  for (let at = 0; at < args.length; at++) chargeText(machine, args[at]);
  if (word >= UNKNOWN_NAME) return callUser(machine, word, args);
  checkSink(machine, word, args, hidden);
  const ways = WAYS[word] as number;
  if (ways & Way.request) {
    const asked = word !== GETENV || /^(HTTP_|QUERY|REQUEST)/i.test(args[0]?.text ?? 'HTTP_');
    return plain(asked ? Taint.request : Taint.server);
  }
  if (ways & Way.spreads) return spread(machine, word, args);
  if (ways & Way.matches && args[1] && args[2]?.variable) {
    writeVariable(machine, args[2].variable, plain(allTaint(args[1]) & ~Taint.built));
  }
  if (ways & Way.defines) return define(machine, args);
  const known = ways & Way.pure ? pure(machine, word, args) : null;
  if (known) return known;
  return ways & Way.clears ? plain(0) : builtin(machine, word, args);
}

/** A call through a value: `$name(…)`. */
export function callValue(machine: Machine, callee: Value, args: Value[]): Value {
  machine.counters.variableCalls++;
  markSink(machine);
  const creates = isCreated(machine);
  const isMethod = callee.variable === 0 && callee.key === MEMBER;
  if (creates) machine.counters.dynamicNew++;
  const { sheet, at, layer } = machine;
  chargeText(machine, callee);
  if (callee.text !== null) {
    if (callee.taint & (Taint.built | Taint.decoded)) {
      machine.counters.builtNames++;
      noteTaint(sheet, 'call', callee.taint, true, at, layer);
    }
    return callWord(machine, wordOf(callee.text.trim()), args, true);
  }
  // `$object->$name(…)` calls a method of the object, which is what the taint is of.
  if (!isMethod) noteTaint(sheet, 'call', allTaint(callee), false, at, layer);
  let taint = allTaint(callee) & ~Taint.built;
  for (const arg of args) {
    taint |= allTaint(arg);
    if (isMethod || (allTaint(arg) & Taint.request) === 0) continue;
    note(sheet, 'argument<-request', at, layer);
    if (!creates && allTaint(callee) & Taint.request) note(sheet, 'both<-request', at, layer);
  }
  return plain(taint & ~Taint.ambient);
}

/** `extract($_POST)` and kin turn request data into variables. */
function spread(machine: Machine, word: number, args: Value[]): Value {
  const taint = args[0] ? allTaint(args[0]) : 0;
  const target = args[1];
  if (word === PARSE_STR && target?.variable) {
    writeVariable(machine, target.variable, plain(taint));
    return NOTHING;
  }
  if (taint & Taint.request || word === IMPORT) machine.ambientRequest = true;
  noteTaint(machine.sheet, 'variables', taint, false, machine.at, machine.layer);
  return NOTHING;
}

function define(machine: Machine, args: Value[]): Value {
  const [name, value] = args;
  if (name?.text && value) machine.constants.set(wordOf(name.text), value);
  return plain(0);
}

function callUser(machine: Machine, word: number, args: Value[]): Value {
  const known = machine.functions.get(word);
  if (!known) {
    if (CLEARS.has(word)) return plain(0);
    const taint = taintOf(args) & ~(Taint.built | Taint.ambient);
    return plain(taint === 0 ? 0 : taint | Taint.led);
  }
  passArguments(machine, known, args);
  if (known.byReference.size > 0) takeBack(machine, known, args);
  const { result } = known;
  const spells = known.decodes && args.some((arg) => isLongConstant(arg));
  const taint = result.taint | (known.decodes ? Taint.decoded : 0) | (spells ? Taint.spelt : 0);
  return readAs(result, taint, result.variable, result.key);
}

/** What the body left in what it takes by reference. */
function takeBack(machine: Machine, { byReference }: UserFunction, args: Value[]): void {
  for (const [position, { left }] of byReference) {
    const variable = args[position]?.variable;
    if (variable && left) writeVariable(machine, variable, left);
  }
}

function isLongConstant(value: Value | undefined): boolean {
  return (value?.text?.length ?? 0) >= LEAST_SPELT;
}

function taintOf(args: readonly Value[]): number {
  let taint = 0;
  for (let at = 0; at < args.length; at++) taint |= (args[at] as Value).taint;
  return taint;
}

function pure(machine: Machine, word: number, args: Value[]): Value | null {
  const run = PURE_FUNCTIONS.get(wordText(word));
  if (!run || args.length === 0) return null;
  const constants: PureArgument[] = [];
  let taint = 0;
  for (const arg of args) {
    const value = constantOf(arg);
    if (value === null) return null;
    constants.push(value);
    taint |= allTaint(arg);
  }
  const first = constants[0];
  if (!spend(machine.budget, typeof first === 'string' ? first.length : 64)) return null;
  const result = run(constants, machine.budget);
  if (result === null) return null;
  if (typeof result !== 'string') {
    const items = result.map((text, at) => [String(at), constant(text, taint)] as const);
    return collection(new Map(items), taint);
  }
  const decoded = WORDS.decode.has(word);
  if (decoded) machine.counters.decodedBytes += result.length;
  const marks = Taint.built | (decoded ? Taint.decoded : 0);
  return constant(result, taint | marks, /^-?\d{1,15}$/.test(result));
}

function constantOf(value: Value): PureArgument | null {
  if (value.text !== null) return value.text;
  if (!value.items) return null;
  const texts: string[] = [];
  for (const item of value.items.values()) {
    if (item.text === null) return null;
    texts.push(item.text);
  }
  return texts;
}

function builtin(machine: Machine, word: number, args: Value[]): Value {
  const taint = taintOf(args) & ~(Taint.built | Taint.ambient);
  if (WORDS.decode.has(word)) return plain(taint | Taint.decoded);
  if (TAKES_BYTES.has(word) && isLongConstant(args[0])) return plain(taint | Taint.spelt);
  if (word === EXIF) return plain(Taint.file | Taint.decoded);
  if (FETCHES.has(word)) return plain(taint | Taint.net);
  if (READS.has(word)) return readFrom(args[0], taint);
  if (OUTPUT.has(word) && taint & Taint.request) {
    noteTaint(machine.sheet, 'output', taint, true, machine.at, machine.layer);
  }
  return plain(MAKES_BYTES.has(word) ? taint | Taint.decoded : taint);
}

function readFrom(source: Value | undefined, sources: number): Value {
  const text = source?.text ?? '';
  const taint = sources & ~Taint.address;
  if (sources & Taint.address) return plain(taint | Taint.net);
  if (/^php:\/\/input/i.test(text)) return plain(Taint.request);
  if (/^(https?|ftp):\/\//i.test(text)) return plain(taint | Taint.net);
  if (taint & Taint.upload) return plain(taint);
  return plain((taint & ~Taint.server) | Taint.file);
}
