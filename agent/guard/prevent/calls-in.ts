import { Kind, Op, type TokenStream } from '../lexer/token-stream.ts';
import { wordGroup } from '../rules/words.ts';
import { isDangerous, type DangerousFunction } from './dangerous-functions.ts';

const OPEN = 40; // (
const CLOSE = 41;
const NO_CALL = new Set(['function', 'new', 'fn']);
/** Asking whether a function is there is not calling it. */
const ASKS = new Set(['function_exists', 'is_callable']);
/** As a string these are words like others (`'type' => 'link'`), unless somebody calls them. */
const ORDINARY = new Set<DangerousFunction>(['link', 'mail', 'dl', 'system']);
/** How far back a call is looked for whose argument a string is. */
const CALL_WITHIN = 8;
/** Longer than any name that counts, quotes and a namespace's backslash included. */
const LONGEST = 32;

/**
 * The dangerous functions that a file's code names: called, in backticks, or as a string, since it
 * may be passed to whoever calls it (`array_map('exec', …)`). More is found than is called; a name
 * that only exists while the code runs is not.
 */
export function callsIn(bytes: Uint8Array, tokens: TokenStream): Set<DangerousFunction> {
  const found = new Set<DangerousFunction>();
  const textAt = (at: number) => {
    const start = tokens.start[at] ?? 0;
    const end = tokens.end[at] ?? 0;
    if (end - start > LONGEST) return '';
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    return text.toString('latin1').toLowerCase();
  };
  for (let at = 0; at < tokens.count; at += 1) {
    const kind = tokens.kind[at];
    if (kind !== Kind.name && kind !== Kind.string) continue;
    const isString = kind === Kind.string;
    if (!isString && tokens.value[at + 1] !== OPEN) continue;
    const text = textAt(at);
    const name = (isString ? text.slice(1, -1) : text).replace(/^\\+/, '');
    // A backtick's token spans no name: the lexer says what it means.
    const meant = !isString && text.startsWith('`') ? 'shell_exec' : name;
    if (!isDangerous(meant)) continue;
    const before = at > 0 ? at - 1 : 0;
    const isMember = tokens.value[before] === Op.arrow || tokens.value[before] === Op.doubleColon;
    if (!isString && (isMember || NO_CALL.has(textAt(before)))) continue;
    if (isString && ORDINARY.has(meant) && !isCallback(tokens, at)) continue;
    const isAsked = isString && tokens.value[before] === OPEN && ASKS.has(textAt(before - 1));
    if (!isAsked) found.add(meant);
  }
  return found;
}

/** Whether the string is an argument of a function that calls what it is given. */
function isCallback(tokens: TokenStream, string: number): boolean {
  let depth = 0;
  for (let at = string - 1; at > 0 && at >= string - CALL_WITHIN; at -= 1) {
    if (tokens.kind[at] !== Kind.punctuation) continue;
    const value = tokens.value[at];
    if (value === CLOSE) depth += 1;
    if (value === OPEN && depth === 0) return wordGroup(tokens.value[at - 1] ?? 0) === 'callback';
    if (value === OPEN) depth -= 1;
  }
  return false;
}
