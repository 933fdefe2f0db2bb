import type { LexerState } from '../lexer/lexer-state.ts';
import { wordOf } from '../lexer/word-table.ts';
import { WORDS, type WordGroup } from '../rules/words.ts';
import type { Survey } from './survey.ts';

const groups = (...names: WordGroup[]) => names.flatMap((name) => [...WORDS[name]]);
const words = (list: string) => list.split(' ').map(wordOf);

/** Any of these in code sends a file on to the costly analysis. */
const ALONE = new Uint16Array([
  ...groups('code', 'shell', 'request', 'upload', 'requestCall', 'mail', 'net', 'sql'),
  ...words(
    'base64_decode gzinflate gzuncompress gzdecode str_rot13 convert_uudecode hex2bin strrev pack openssl_decrypt mcrypt_decrypt php_uname phpinfo getcwd posix_getpwuid get_current_user disk_free_space disk_total_space dl move_uploaded_file putenv get_defined_functions ini_restore symlink highlight_file show_source goto preg_replace mb_ereg_replace reflectionfunction register_shutdown_function register_tick_function ffi chmod pcntl_fork $GLOBALS extract parse_str com',
  ),
]);
/** These only together with calls through values or dynamic includes. */
const TOGETHER = new Uint16Array([
  ...groups('read', 'write', 'decode', 'server', 'session'),
  ...words(
    'chr ord str_replace substr strtr implode explode array_map call_user_func usort ob_start pcntl_fork $_SERVER',
  ),
]);
const LONG_STRING = 2000;
/** Small files are looked at for less: a dropper needs only a line. */
const SMALL_FILE = 1200;

/** Whether a file can be malicious at all; the rest is left after the cheap pass. */
export function isCandidate(survey: Survey, state: LexerState): boolean {
  const { counts } = survey;
  for (const word of ALONE) if ((counts[word] as number) > 0) return true;
  if (survey.variableVariables > 0 || survey.longestString > LONG_STRING) return true;
  if (state.haltedAt >= 0 || state.limit !== null || survey.strangeIncludes > 0) return true;
  if (survey.textBits > 1 || isWriter(survey)) return true;
  if (survey.valueCalls > 0 && survey.shortVariables * 2 > survey.variables) return true;
  const quiet = survey.valueCalls === 0 && survey.dynamicIncludes === 0;
  if (quiet && state.length > SMALL_FILE) return false;
  for (const word of TOGETHER) if ((counts[word] as number) > 0) return true;
  return false;
}

const WRITES = new Uint16Array(groups('write'));

/** Writes something that holds an opening tag. */
function isWriter(survey: Survey): boolean {
  if (survey.codeStrings === 0) return false;
  for (const word of WRITES) if ((survey.counts[word] as number) > 0) return true;
  return false;
}
