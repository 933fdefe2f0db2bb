import { PADDING } from '../lexer/lex-php.ts';
import { judgePhp, type Judge } from '../scan/judge-php.ts';
import { CLEAN, limited, type Verdict } from '../scan/verdict.ts';
import { makeSqlReader, type SqlRow } from './read-sql-dump.ts';

/** Something in a site's database that a person should look at; nothing is done to databases. */
export interface SqlFinding {
  table: string;
  /** The row's first value (its number) and, of options and users, its name. */
  row: string;
  name: string | null;
  /** Position of the value in the row, from 0. */
  column: number;
  verdict: Verdict;
}

/** Tables of WordPress, whatever their prefix, where code was found hidden. */
const TABLES = /(options|posts|postmeta|users|usermeta|comments|commentmeta|widgets|snippets)$/i;
const NAMED = /(options|users)$/i;
const SHORTEST = 16;
const CALLS =
  /\b(eval|assert|create_function|base64_decode|gzinflate|str_rot13|shell_exec|passthru|system|exec)\s{0,8}\(/i;
const SCRIPT_CALLS =
  /eval\s?\(|fromcharcode|unescape\s?\(|atob\s?\(|document\.write\s?\(|\\x[0-9a-f]{2}\\x/;
const SCRIPT_BYTES = 4096;
const MOST_SCRIPTS = 50;

/** Reads the dump of a site's database and judges what its tables hold with the engine for files. */
export async function judgeSqlDump(
  judge: Judge,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ rows: number; findings: SqlFinding[] }> {
  const findings: SqlFinding[] = [];
  let rows = 0;
  const reader = makeSqlReader((row) => {
    if (!TABLES.test(row.table)) return;
    rows++;
    findings.push(...judgeRow(judge, row));
  });
  for await (const chunk of chunks) reader.push(chunk);
  return { rows, findings };
}

function judgeRow(judge: Judge, row: SqlRow): SqlFinding[] {
  const { table, values, cut } = row;
  const name = NAMED.test(table) ? (values[1] ?? null) : null;
  const about = { table, row: values[0] ?? '', name };
  const findings = values.flatMap((value, column): SqlFinding[] => {
    if (value === null || value.length < SHORTEST) return [];
    const verdict = judgeValue(judge, value);
    return verdict.class === 'clean' ? [] : [{ ...about, column, verdict }];
  });
  if (cut && findings.length === 0) {
    return [{ ...about, column: 0, verdict: limited('value-bytes') }];
  }
  return findings;
}

/** Code with its tag; code that a plugin hands to `eval`, without one; scripts that hide. */
function judgeValue(judge: Judge, value: string): Verdict {
  const tagged = /<\?(php\b|=|\s)/i.test(value);
  if (tagged || CALLS.test(value)) {
    const content = Buffer.from(tagged ? value : `<?php ${value}`, 'latin1');
    const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
    const verdict = judgePhp(judge, bytes, content.length);
    if (verdict.class !== 'clean') return { ...verdict, actionable: false };
  }
  return judgeScripts(value);
}

function judgeScripts(value: string): Verdict {
  const lower = value.toLowerCase();
  let at = lower.indexOf('<script');
  for (let seen = 0; at >= 0 && seen < MOST_SCRIPTS; seen++) {
    if (SCRIPT_CALLS.test(lower.slice(at, at + SCRIPT_BYTES))) {
      const evidence = [{ rule: 'sql-hidden-script', family: 'injection', at }];
      return { ...CLEAN, class: 'suspicious', family: 'injection', confidence: 60, evidence };
    }
    at = lower.indexOf('<script', at + 7);
  }
  return CLEAN;
}
