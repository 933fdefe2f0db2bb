import type { LexerState } from '../lexer/lexer-state.ts';
import { Kind, Op, UNKNOWN_NAME, type TokenStream } from '../lexer/token-stream.ts';
import { LOWER } from '../lexer/byte-classes.ts';
import { findWord, FNV_PRIME, NAME_SEED, wordCount, wordOf } from '../lexer/word-table.ts';
import { CALLBACK_LATER, WORDS } from '../rules/words.ts';

/** What one loop over the tokens tells: enough to leave most files alone. */
export interface Survey {
  /** How often each known word stands in code; names only where they are called. */
  counts: Uint16Array;
  /** `$name(`, `$list[…](` and `(…)(`. */
  valueCalls: number;
  /** `$$name` and `${…}`. */
  variableVariables: number;
  silenced: number;
  dynamicIncludes: number;
  /** Includes of a path written in escapes, of an image, or from a temporary folder. */
  strangeIncludes: number;
  stringBytes: number;
  longestString: number;
  strings: number;
  variables: number;
  names: number;
  shortVariables: number;
  concatenations: number;
  jumps: number;
  /** `^`, `&`, `|` or `~` beside a string. */
  textBits: number;
  /** Strings that hold an opening tag. */
  codeStrings: number;
  /** `preg_replace` with the modifier `e`, or with a pattern that is not written out. */
  evalPatterns: number;
  /** Callbacks that are neither written out nor closures. */
  openCallbacks: number;
  /** Patterns of `preg_replace` that are not written out. */
  openPatterns: number;
  /** Strings that are the name of a function that runs code or commands. */
  textNames: number;
  /** Files that are opened or read at an address that is written out. */
  fetches: number;
  /** Constants that end as the name of a picture does. */
  pictures: number;
}

const counts = new Uint16Array(wordCount() + 64);
const MOST = 65_535;
const GOTO = wordOf('goto');
const [OPEN, CLOSE, BRACKET, DOLLAR, AT, DOT] = [40, 41, 93, 36, 64, 46] as const;

/** The counts are reused by the next survey. */
export function surveyTokens(state: LexerState): Survey {
  const { tokens } = state;
  const { kind, value, start, end, count } = tokens;
  const survey = emptySurvey();
  for (let at = 0; at < count; at++) {
    const word = value[at] as number;
    const next = kind[at + 1] === Kind.punctuation ? (value[at + 1] as number) : 0;
    switch (kind[at]) {
      case Kind.name:
        survey.names++;
        if (word >= UNKNOWN_NAME) break;
        if (next !== OPEN || at === 0 || !isMember(value[at - 1] as number, kind[at - 1])) {
          if ((counts[word] as number) < MOST) counts[word] = (counts[word] as number) + 1;
        }
        if (next === OPEN && WORDS.pattern.has(word)) surveyPattern(survey, state, at + 2);
        if (next === OPEN && FETCHERS.has(word) && kind[at + 2] === Kind.string) {
          if (isAddress(state.bytes, (start[at + 2] as number) + 1)) survey.fetches++;
        }
        if (WORDS.include.has(word)) surveyInclude(survey, state, at);
        if (next === OPEN && WORDS.callback.has(word) && isOpenCallback(state.tokens, at)) {
          survey.openCallbacks++;
        }
        break;
      case Kind.variable:
        survey.variables++;
        if ((end[at] as number) - (start[at] as number) <= 3) survey.shortVariables++;
        if (word < UNKNOWN_NAME && (counts[word] as number) < MOST) {
          counts[word] = (counts[word] as number) + 1;
        }
        if (next === OPEN && !(at > 0 && isMember(value[at - 1] as number, kind[at - 1]))) {
          survey.valueCalls++;
        }
        break;
      case Kind.punctuation:
        if (word === DOLLAR) {
          if (!isPlainName(state.tokens, at + 1)) survey.variableVariables++;
        } else surveyPunctuation(survey, word, next, at > 0 ? (kind[at - 1] as number) : 0);
        break;
      default: {
        const length = (end[at] as number) - (start[at] as number);
        survey.strings++;
        survey.stringBytes += length;
        if (length > survey.longestString) survey.longestString = length;
        if (at > 0 && kind[at - 1] === Kind.punctuation && isBitwise(value[at - 1] as number)) {
          survey.textBits++;
        }
        if (
          length > 5 &&
          length < 18 &&
          namesDanger(state.bytes, start[at] as number, end[at] as number)
        ) {
          survey.textNames++;
        }
        if (endsAsPicture(state.bytes, end[at] as number)) survey.pictures++;
        if (holdsTag(state.bytes, start[at] as number, end[at] as number)) survey.codeStrings++;
      }
    }
  }
  survey.jumps = counts[GOTO] as number;
  return survey;
}

function surveyPunctuation(survey: Survey, word: number, next: number, before: number): void {
  if (word === DOT) survey.concatenations++;
  else if (word === AT) survey.silenced++;
  else if (word === BRACKET || word === CLOSE) {
    if (next === OPEN && before !== 0) survey.valueCalls++;
  }
}

/** Functions that read what stands at an address. */
export const FETCHERS = new Set(
  ['file_get_contents', 'fopen', 'copy', 'file', 'readfile'].map(wordOf),
);

const PICTURES = new Set(['ico', 'jpg', 'png', 'gif']);

/** `….ico'`; `end` is behind the quote. */
export function endsAsPicture(bytes: Uint8Array, end: number): boolean {
  if (bytes[end - 5] !== 46) return false;
  const ending = String.fromCharCode(...bytes.subarray(end - 4, end - 1));
  return PICTURES.has(ending.toLowerCase());
}

/** `http` or `ftp:`, in any case. */
export function isAddress(bytes: Uint8Array, start: number): boolean {
  const text = String.fromCharCode(...bytes.subarray(start, start + 4)).toLowerCase();
  return text === 'http' || text === 'ftp:';
}

/** `{name}`: what `"${name}"` leaves behind is a variable written out. */
function isPlainName({ kind, value }: TokenStream, at: number): boolean {
  return value[at] === 123 && kind[at + 1] === Kind.name && value[at + 2] === 125;
}

/** Looks at what stands between an include and its end. */
function surveyInclude(survey: Survey, state: LexerState, index: number): void {
  const { kind, value, start, end, count } = state.tokens;
  for (let at = index + 1; at < count && at < index + 12; at++) {
    if (kind[at] === Kind.punctuation && value[at] === 59) return;
    if (kind[at] === Kind.variable) {
      if (!WORDS.self.has(value[at] as number)) survey.dynamicIncludes++;
      return;
    }
    if (kind[at] !== Kind.string) continue;
    if (isStrangePath(state.bytes, start[at] as number, end[at] as number))
      survey.strangeIncludes++;
  }
}

/** `"\x2fhome…"`, `'…/.cache.ico'`, `'/tmp/…'`. */
export function isStrangePath(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 512) return true;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  return /\\x?[0-9a-f]{2}|\.(ico|jpe?g|png|gif|bmp|txt|log|tmp|css|svg)['"]$|^['"](\/(tmp|dev|var\/tmp)\/|(php|https?|ftp|data|phar|zip|expect):)/i.test(
    text,
  );
}

/** Modifiers stand between the pattern's last delimiter and the closing quote. */
function surveyPattern(survey: Survey, state: LexerState, at: number): void {
  const { kind, start, end } = state.tokens;
  if (kind[at] !== Kind.string) survey.openPatterns++;
  if (kind[at] === Kind.variable)
    survey.evalPatterns += (end[at] as number) - (start[at] as number) < 4 ? 1 : 0;
  if (kind[at] !== Kind.string) return;
  let index = (end[at] as number) - 2;
  const least = Math.max(start[at] as number, index - 12);
  for (; index > least; index--) {
    const byte = state.bytes[index] as number;
    if (byte === 101) survey.evalPatterns++;
    if (byte < 65 || (byte > 90 && byte < 97) || byte > 122) return;
  }
}

const MOST_ARGUMENTS = 200;
const WRITTEN = new Set(
  ['function', 'fn', 'static', 'array', 'null', 'new', '__class__', 'self'].map(wordOf),
);

/** Whether the callback of a call is left open: no name written out, no closure, no method. */
function isOpenCallback({ kind, value, count }: TokenStream, at: number): boolean {
  const position = CALLBACK_LATER.has(value[at] as number) ? 1 : 0;
  let depth = 0;
  let index = at + 2;
  const until = Math.min(count, at + MOST_ARGUMENTS);
  for (let passed = 0; passed < position; index++) {
    if (index >= until) return true;
    if (kind[index] !== Kind.punctuation) continue;
    const byte = value[index] as number;
    if (byte === OPEN || byte === 91 || byte === 123) depth++;
    else if (byte === CLOSE || byte === BRACKET || byte === 125) {
      if (--depth < 0) return false; // no callback given
    } else if (byte === 44 && depth === 0) passed++;
  }
  const first = value[index] as number;
  if (kind[index] === Kind.punctuation) return first !== 91 && first !== CLOSE;
  if (kind[index] === Kind.name) return !WRITTEN.has(first);
  if (kind[index] !== Kind.string) return true;
  const after = value[index + 1];
  return !(kind[index + 1] === Kind.punctuation && (after === 44 || after === CLOSE));
}

/** Functions whose name in a string counts as `textNames`. */
export const DANGEROUS = new Set([...WORDS.code, ...WORDS.shell, ...WORDS.pattern]);

export function namesDanger(bytes: Uint8Array, start: number, end: number): boolean {
  let hash = NAME_SEED;
  for (let at = start + 1; at < end - 1; at++) {
    hash = Math.imul(hash ^ (LOWER[bytes[at] as number] as number), FNV_PRIME);
  }
  const word = findWord(hash);
  return word < UNKNOWN_NAME && DANGEROUS.has(word);
}

function isBitwise(value: number): boolean {
  return value === 94 || value === 38 || value === 124 || value === 126;
}

/** `<?` near a string's start: code that is written somewhere. */
function holdsTag(bytes: Uint8Array, start: number, end: number): boolean {
  const until = Math.min(end - 1, start + 64);
  for (let at = start; at < until; at++) {
    if (bytes[at] === 60 && bytes[at + 1] === 63 && bytes[at + 2] !== 120) return true;
  }
  return false;
}

function isMember(value: number, kind: number | undefined): boolean {
  return kind === Kind.punctuation && (value === Op.arrow || value === Op.doubleColon);
}

/** Nothing counted yet; the counts are the ones that the next survey reuses. */
export function emptySurvey(): Survey {
  counts.fill(0);
  return {
    counts,
    valueCalls: 0,
    variableVariables: 0,
    silenced: 0,
    dynamicIncludes: 0,
    strangeIncludes: 0,
    stringBytes: 0,
    longestString: 0,
    strings: 0,
    variables: 0,
    names: 0,
    shortVariables: 0,
    concatenations: 0,
    jumps: 0,
    textBits: 0,
    codeStrings: 0,
    evalPatterns: 0,
    openCallbacks: 0,
    openPatterns: 0,
    textNames: 0,
    fetches: 0,
    pictures: 0,
  };
}
