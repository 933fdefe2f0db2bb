import type { LexerState } from '../lexer/lexer-state.ts';
import { wordOf } from '../lexer/word-table.ts';
import { WORDS, type WordGroup } from '../rules/words.ts';
import type { Survey } from './survey.ts';

const groups = (...names: WordGroup[]) => names.flatMap((name) => [...WORDS[name]]);
const words = (list: string) => list.split(' ').map(wordOf);

const EVAL = words('eval create_function');
/** Any of these in code sends a file on to the costly analysis. */
const ALONE = new Uint16Array([
  ...EVAL,
  ...groups('shell', 'upload', 'mail', 'net', 'sql'),
  ...words(
    'php_uname phpinfo posix_getpwuid get_current_user disk_free_space disk_total_space dl move_uploaded_file ini_restore symlink show_source goto mb_ereg_replace reflectionfunction register_shutdown_function register_tick_function ffi pcntl_fork parse_str com',
  ),
]);
/** Data from outside harms nobody alone: it needs something to reach. */
const OUTSIDE = new Uint16Array([
  ...groups('request', 'requestCall'),
  ...words(
    'base64_decode gzinflate gzuncompress gzdecode str_rot13 convert_uudecode hex2bin strrev openssl_decrypt mcrypt_decrypt putenv highlight_file get_defined_functions',
  ),
]);
const REACHED = new Uint16Array([
  ...groups('callback', 'read', 'write', 'remove'),
  ...words('unserialize preg_replace assert'),
]);
/** These together with calls through values or dynamic includes. */
const TOGETHER = new Uint16Array([
  ...OUTSIDE,
  ...words('$GLOBALS extract pack chr file_get_contents fopen curl_exec stripslashes urldecode'),
  ...groups('server', 'session'),
]);
/** A file of a few lines is looked at for less: a dropper needs only one. */
const SMALL = new Uint16Array([
  ...REACHED,
  ...OUTSIDE,
  ...groups('decode', 'server'),
  ...words('ob_start chr $GLOBALS str_replace'),
]);
const LONG_STRING = 2000;
const SMALL_FILE = 1000;

/** Whether a file can be malicious at all; the rest is left after the cheap pass. */
export function isCandidate(survey: Survey, state: LexerState): boolean {
  const { counts } = survey;
  if (holdsAny(counts, ALONE) || survey.evalPatterns > 0) return true;
  if (survey.variableVariables > 0 || survey.strangeIncludes > 0) return true;
  if (state.haltedAt >= 0 || state.limit !== null || isWriter(survey)) return true;
  if (survey.longestString > Math.max(1000, state.length / 3)) return true;
  const calls = survey.valueCalls > 0;
  const outside = holdsAny(counts, OUTSIDE);
  if (survey.textBits > 1 && (calls || outside)) return true;
  if (calls && survey.shortVariables * 2 > survey.variables) return true;
  const reaches = survey.textNames > 0 || holdsAny(counts, REACHED);
  if (outside && reaches) return true;
  if (survey.longestString > LONG_STRING && (calls || holdsAny(counts, WRITES))) return true;
  if ((calls || survey.dynamicIncludes > 0) && holdsAny(counts, TOGETHER)) return true;
  if (calls && survey.textNames > 0) return true;
  return state.length <= SMALL_FILE && (calls || holdsAny(counts, SMALL));
}

function holdsAny(counts: Uint16Array, words: Uint16Array): boolean {
  for (const word of words) if ((counts[word] as number) > 0) return true;
  return false;
}

const WRITES = new Uint16Array(groups('write'));

/** Writes something that holds an opening tag. */
function isWriter(survey: Survey): boolean {
  return survey.codeStrings > 0 && holdsAny(survey.counts, WRITES);
}
