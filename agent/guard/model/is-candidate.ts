import type { LexerState } from '../lexer/lexer-state.ts';
import { wordOf } from '../lexer/word-table.ts';
import { WORDS, type WordGroup } from '../rules/words.ts';
import type { Survey } from './survey.ts';

const groups = (...names: WordGroup[]) => names.flatMap((name) => [...WORDS[name]]);
const words = (list: string) => list.split(' ').map(wordOf);

const EVAL = words('eval create_function');
/** Any of these in code sends a file on to the costly analysis. */
export const ALONE = new Uint16Array([
  ...EVAL,
  ...groups('shell', 'mail', 'net', 'sql'),
  ...words(
    'dl move_uploaded_file symlink show_source mb_ereg_replace reflectionfunction register_tick_function ffi pcntl_fork com xsltprocessor session_set_save_handler wp_create_user wp_set_auth_cookie exif_read_data',
  ),
]);
/** What a shell asks of the machine; large programs ask it too. */
const CURIOUS = new Uint16Array(
  words(
    'php_uname phpinfo posix_getpwuid get_current_user disk_free_space disk_total_space ini_restore',
  ),
);
/** Data from outside harms nobody alone: it needs something to reach. */
const OUTSIDE = new Uint16Array([
  ...groups('request', 'requestCall', 'upload'),
  ...words(
    'base64_decode gzinflate gzuncompress gzdecode str_rot13 convert_uudecode hex2bin strrev openssl_decrypt mcrypt_decrypt putenv highlight_file get_defined_functions',
  ),
]);
const REACHED = new Uint16Array([
  ...groups('write', 'remove'),
  ...words('unserialize assert parse_str extract register_shutdown_function'),
]);
const READ = new Uint16Array(groups('read'));
/** These together with calls through values. */
const WITH_CALLS = new Uint16Array([
  ...OUTSIDE,
  ...words('$GLOBALS extract pack chr stripslashes'),
]);
const WITH_FEWER_CALLS = new Uint16Array([
  ...words('file_get_contents fopen curl_exec urldecode'),
  ...groups('server', 'session'),
]);
/** These together with includes of what is not written out. */
const WITH_INCLUDES = new Uint16Array([...OUTSIDE, ...groups('server', 'session')]);
/** A file of a few lines is looked at for less: a dropper needs only one. */
const SMALL = new Uint16Array([
  ...groups('callback', 'pattern'),
  ...REACHED,
  ...READ,
  ...OUTSIDE,
  ...groups('decode', 'server'),
  ...words('ob_start chr $GLOBALS str_replace'),
]);
/** Spell the name of what is called. */
const SPELL = new Uint16Array(words('str_replace strtr implode join sprintf substr explode'));
const WRITES = new Uint16Array(groups('write'));
const CHR = wordOf('chr');
const LONG_STRING = 2000;
const SMALL_FILE = 1000;
const MIDDLING_FILE = 4000;
const LARGE_FILE = 40_000;
/** Code cut up by `goto` jumps once in so many tokens at least. */
const TOKENS_PER_JUMP = 60;

/** Every word that `isCandidate` counts. */
export const CANDIDATE_WORDS: ReadonlySet<number> = new Set(
  [
    [ALONE, CURIOUS, OUTSIDE, REACHED, READ, WITH_CALLS, WITH_FEWER_CALLS],
    [WITH_INCLUDES, SMALL, SPELL, WRITES],
  ].flatMap((lists) => lists.flatMap((list) => [...list])),
);

/** What `isCandidate` asks of the lexer. */
export type Lexed = Pick<LexerState, 'length' | 'haltedAt' | 'limit'> & {
  tokens: { count: number };
};

/** Whether a file can be malicious at all; the rest is left after the cheap pass. */
export function isCandidate(survey: Survey, state: Lexed): boolean {
  const { counts } = survey;
  if (holdsAny(counts, ALONE) || survey.evalPatterns > 0) return true;
  if (survey.variableVariables > 0 || survey.strangeIncludes > 0) return true;
  // A loader asks nobody for anything.
  if (survey.fetches > 0) return true;
  if (state.haltedAt >= 0 || state.limit !== null) return true;
  if (survey.jumps * TOKENS_PER_JUMP > state.tokens.count) return true;
  if (survey.longestString > Math.max(1000, state.length / 3)) return true;
  const outside = holdsAny(counts, OUTSIDE);
  if (outside && (survey.textNames > 0 || survey.codeStrings > 0)) return true;
  // A pattern put together byte by byte hides what runs its replacement.
  if (survey.openPatterns > 0 && (counts[CHR] as number) > 2) return true;
  const open = survey.openCallbacks + survey.openPatterns > 0;
  if (outside && (open || holdsAny(counts, REACHED))) return true;
  const large = state.length > LARGE_FILE;
  if (holdsAny(counts, CURIOUS) && (outside || !large)) return true;
  if (outside && !large && holdsAny(counts, READ)) return true;
  if (survey.dynamicIncludes > 0 && holdsAny(counts, WITH_INCLUDES)) return true;
  if (survey.dynamicIncludes > 0 && survey.pictures > 0) return true;
  if (survey.codeStrings > 0 && holdsAny(counts, WRITES)) return true;
  if (survey.valueCalls > 0) return isCalling(survey, state);
  if (survey.textBits > 1 && (outside || state.length <= SMALL_FILE)) return true;
  if (survey.longestString > LONG_STRING && holdsAny(counts, WRITES)) return true;
  if (survey.textNames > 0 && state.length <= MIDDLING_FILE * 2) return true;
  return state.length <= SMALL_FILE && holdsAny(counts, SMALL);
}

/** A file that calls what a value names. */
function isCalling(survey: Survey, state: Lexed): boolean {
  const { counts } = survey;
  if (state.length <= SMALL_FILE || survey.textNames > 0 || survey.textBits > 1) return true;
  if (survey.shortVariables * 2 > survey.variables) return true;
  if (survey.longestString > LONG_STRING || holdsAny(counts, WITH_CALLS)) return true;
  if (state.length <= LARGE_FILE && holdsAny(counts, WITH_FEWER_CALLS)) return true;
  return state.length <= MIDDLING_FILE && holdsAny(counts, SPELL);
}

function holdsAny(counts: Uint16Array, words: Uint16Array): boolean {
  for (const word of words) if ((counts[word] as number) > 0) return true;
  return false;
}
