import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PADDING } from '../lexer/lex-php.ts';
import type { Rule } from '../rules/rule.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { examinePhp, hitsOf, makeJudge } from '../scan/judge-php.ts';
import type { Sample } from './sample.ts';

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
      if (seen.has(hash)) continue;
      seen.add(hash);
      const bytes = Buffer.alloc(content.length + PADDING);
      content.copy(bytes);
      const examined = examinePhp(judge, bytes, content.length);
      const hits = examined ? hitsOf(judge, examined, bytes, content.length, 0) : [];
      samples.push({
        source,
        malicious,
        skipped: examined === null,
        name,
        size: content.length,
        dense: examined?.features ?? new Float32Array(0),
        words: examined?.words ?? new Uint16Array(0),
        limit: examined !== null && (examined.flow.limit ?? examined.state.limit) !== null,
        ruleIds: hits.map(({ rule }) => rule.id),
        score: -99,
      });
    }
  }
  return samples;
}

/** Conditions on the score are asked later, with the score of a model that never saw the source. */
function withoutScore(rule: Rule): Rule {
  return { ...rule, when: rule.when.filter((condition) => !isScore(condition)) };
}

const isScore = (condition: Rule['when'][number]) =>
  'feature' in condition && condition.feature === 'score';

/** Rules of a sample that hold with its score. */
export function rulesWithScore(sample: Sample, rules: readonly Rule[]): Rule[] {
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
