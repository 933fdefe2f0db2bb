import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PADDING } from '../lexer/lex-php.ts';
import { partsOf } from '../flow/file-parts.ts';
import { isCandidate } from '../model/is-candidate.ts';
import type { Survey } from '../model/survey.ts';
import type { Rule } from '../rules/rule.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { WORDS } from '../rules/words.ts';
import { examinePhp, hitsOf, makeJudge, type Examined, type Judge } from '../scan/judge-php.ts';
import type { Measured, Sample } from './sample.ts';
import { siteScripts } from './site-scripts.ts';

const MOST_BYTES = 12 * 1024 * 1024;

/**
 * Measures every file below a folder; each folder directly in it is one source. The same bytes
 * count once, for the first source that has them; `seen` carries hashes from call to call.
 */
export function readSamples(
  root: string,
  malicious: boolean,
  rules: readonly Rule[],
  seen: Set<string>,
): Sample[] {
  const judge = makeJudge(compileRules('evaluate', rules.map(withoutScore)), null);
  const leftOut = readLeftOut();
  const samples: Sample[] = [];
  for (const source of readdirSync(root).sort()) {
    const folder = join(root, source);
    if (!statSync(folder).isDirectory()) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      const size = statSync(path, { throwIfNoEntry: false });
      if (!size?.isFile() || size.size === 0 || size.size > MOST_BYTES) continue;
      const content = readFileSync(path);
      const hash = createHash('sha256').update(content).digest('latin1');
      if (seen.has(hash) || leftOut.has(hash)) continue;
      seen.add(hash);
      const bytes = Buffer.alloc(content.length + PADDING);
      content.copy(bytes);
      let candidate = false;
      const examined = examinePhp(judge, bytes, content.length, (survey, state) => {
        candidate = isCandidate(survey, state);
        return candidate || (!malicious && isNear(survey));
      });
      samples.push({
        source,
        malicious,
        skipped: !candidate,
        name,
        size: content.length,
        limit: examined !== null && (examined.flow.limit ?? examined.state.limit) !== null,
        ...measured(judge, examined, bytes, content.length),
        parts: examined && candidate ? measureParts(judge, examined, bytes) : [],
      });
    }
  }
  return samples;
}

function measured(
  judge: Judge,
  examined: Examined | null,
  bytes: Buffer,
  length: number,
): Measured {
  const hits = examined ? hitsOf(judge, examined, bytes, length, 0) : [];
  return {
    dense: examined?.features ?? new Float32Array(0),
    words: examined?.words ?? new Uint16Array(0),
    ruleIds: hits.map(({ rule }) => rule.id),
    score: -99,
  };
}

function measureParts(judge: Judge, { flow, state }: Examined, bytes: Buffer): Measured[] {
  return partsOf(bytes, judge.tokens, flow.sheet.facts, state.openTags).flatMap((part) => {
    const isWanted = part.isFlow ? () => true : isCandidate;
    const examined = examinePhp(judge, part.bytes, part.length, isWanted);
    return examined ? [measured(judge, examined, part.bytes, part.length)] : [];
  });
}

/** Clean files that the cheap pass clears, though not by far: the model learns from them too. */
function isNear(survey: Survey): boolean {
  return survey.valueCalls + survey.openCallbacks + survey.dynamicIncludes > 0 || asks(survey);
}

function asks({ counts }: Survey): boolean {
  for (const word of WORDS.request) if ((counts[word] as number) > 0) return true;
  for (const word of WORDS.decode) if ((counts[word] as number) > 0) return true;
  return false;
}

/** Released tools that malware collections hold beside malware. */
function readLeftOut(): Set<string> {
  const lines = readFileSync(join(import.meta.dirname, 'left-out.txt'), 'utf8').split('\n');
  const hashes = lines.filter((line) => /^[0-9a-f]{64} /.test(line));
  return new Set(hashes.map((line) => Buffer.from(line.slice(0, 64), 'hex').toString('latin1')));
}

/** Our own small scripts, to learn from: measured as clean files that the cheap pass cleared. */
export function ownSamples(rules: readonly Rule[]): Sample[] {
  const judge = makeJudge(compileRules('evaluate', rules.map(withoutScore)), null);
  return siteScripts().flatMap(({ script, text }): Sample[] => {
    const content = Buffer.from(text, 'utf8');
    const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
    const examined = examinePhp(judge, bytes, content.length, () => true);
    if (!examined) return [];
    const shared = {
      malicious: false,
      skipped: true,
      limit: false,
      ruleIds: [],
      score: -99,
      parts: [],
    };
    const { features: dense, words } = examined;
    const source = `own script ${script}`;
    return [{ ...shared, source, name: source, size: content.length, dense, words }];
  });
}

/** Conditions on the score are asked later, with the score of a model that never saw the source. */
function withoutScore(rule: Rule): Rule {
  return { ...rule, when: rule.when.filter((condition) => !isScore(condition)) };
}

const isScore = (condition: Rule['when'][number]) =>
  'feature' in condition && condition.feature === 'score';

/** Rules of a file or part that hold with its score. */
export function rulesWithScore(sample: Measured, rules: readonly Rule[]): Rule[] {
  return rules.filter(
    (rule) =>
      sample.ruleIds.includes(rule.id) &&
      rule.when.every(
        (condition) =>
          !('feature' in condition) ||
          condition.feature !== 'score' ||
          sample.score >= (condition.atLeast ?? -Infinity),
      ),
  );
}
