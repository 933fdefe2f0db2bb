import { LOWER } from '../lexer/byte-classes.ts';
import { UNKNOWN_NAME } from '../lexer/token-stream.ts';
import {
  findWord,
  FNV_PRIME,
  learnWord,
  NAME_SEED,
  VARIABLE_SEED,
  wordText,
} from '../lexer/word-table.ts';
import { ALONE, CANDIDATE_WORDS } from '../model/is-candidate.ts';
import { DANGEROUS, endsAsPicture, FETCHERS, isAddress, namesDanger } from '../model/survey.ts';
import { WORDS } from '../rules/words.ts';
import { skimInclude, skimPattern } from './skim-arguments.ts';
import { skipBlanks, touchesMember, type Skim } from './skim-state.ts';

const HALT = learnWord('__halt_compiler');
const GOTO = learnWord('goto');
/** Words after which only tokens can tell. */
const DECISIVE = new Set([HALT, ...ALONE]);
const [OPEN, DOT, SLASH, HASH, DOUBLE_QUOTE] = [40, 46, 47, 35, 34] as const;

/**
 * Names that could be words which count, by first byte, last byte and length: most names end here
 * without being hashed.
 */
const NAMES = new Uint8Array(1 << 15);
const VARIABLES = new Uint8Array(1 << 15);
const DANGERS = new Uint8Array(1 << 15);

function keyOf(bytes: Uint8Array, start: number, end: number): number {
  const first = (bytes[start] as number) & 31;
  const last = (bytes[end - 1] as number) & 31;
  return (first << 10) | (last << 5) | ((end - start) & 31);
}

function mark(table: Uint8Array, text: string): void {
  table[keyOf(Buffer.from(text, 'latin1'), 0, text.length)] = 1;
}

const ASKED = [...FETCHERS, ...WORDS.include, ...WORDS.pattern, ...WORDS.callback, GOTO, HALT];
for (const id of [...CANDIDATE_WORDS, ...ASKED]) {
  const text = wordText(id);
  if (text.startsWith('$')) mark(VARIABLES, text.slice(1));
  else mark(NAMES, text);
}
for (const id of DANGEROUS) mark(DANGERS, wordText(id));

/** A name in code: counted as the survey does, or more. */
export function skimName(skim: Skim, start: number, end: number): void {
  if (NAMES[keyOf(skim.bytes, start, end)] === 1) countName(skim, start, end);
}

function countName(skim: Skim, start: number, end: number): void {
  const { bytes, survey } = skim;
  let hash = NAME_SEED;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ (LOWER[bytes[at] as number] as number), FNV_PRIME);
  }
  const word = findWord(hash);
  if (word >= UNKNOWN_NAME) return;
  const behind = skipBlanks(bytes, end);
  const next = bytes[behind];
  if (next !== OPEN || !touchesMember(bytes, start)) {
    if (DECISIVE.has(word)) skim.unsure = true;
    count(survey.counts, word);
    if (word === GOTO) survey.jumps = 1;
  }
  if (WORDS.include.has(word)) skimInclude(skim, end);
  // A comment may stand before the bracket, and a text with variables opens one of its own.
  if (next !== OPEN && next !== SLASH && next !== HASH && next !== DOUBLE_QUOTE) return;
  if (FETCHERS.has(word) && mayBeAddress(bytes, behind + 1)) survey.fetches++;
  if (WORDS.callback.has(word)) survey.openCallbacks++;
  if (WORDS.pattern.has(word)) skimPattern(skim, behind);
}

/** Whether what a call is given first may be an address that is written out. */
function mayBeAddress(bytes: Uint8Array, from: number): boolean {
  const start = skipBlanks(bytes, from);
  const byte = bytes[start];
  if (byte === SLASH || byte === HASH) return true; // a comment hides it
  return (byte === DOUBLE_QUOTE || byte === 39) && isAddress(bytes, start + 1);
}

const MOST = 65_535;

function count(counts: Uint16Array, word: number): void {
  if ((counts[word] as number) < MOST) counts[word] = (counts[word] as number) + 1;
}

/** A variable in code or in a text; `start` is at its `$`. */
export function skimVariable(skim: Skim, start: number, end: number): void {
  const { bytes, survey } = skim;
  survey.variables++;
  if (end - start <= 3) survey.shortVariables++;
  if (VARIABLES[keyOf(bytes, start + 1, end)] === 0) return;
  let hash = VARIABLE_SEED;
  for (let at = start + 1; at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), FNV_PRIME);
  }
  const word = findWord(hash);
  if (word < UNKNOWN_NAME) count(survey.counts, word);
}

/** A constant, piece of text or HTML from `start` to `end`, quotes included. */
export function skimText(skim: Skim, start: number, end: number): void {
  const { bytes, survey } = skim;
  const length = end - start;
  if (length > survey.longestString) survey.longestString = length;
  if (bytes[end - 5] === DOT && endsAsPicture(bytes, end)) survey.pictures++;
  if (length <= 5 || length >= 18) return;
  if (DANGERS[keyOf(bytes, start + 1, end - 1)] === 0) return;
  if (namesDanger(bytes, start, end)) survey.textNames++;
}
