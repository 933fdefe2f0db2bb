import { writeFileSync } from 'node:fs';
import { packModel } from '../model/model.ts';
import { reachesDanger } from '../model/may-act.ts';
import { STANDARD_RULES } from '../rules/standard-rules.ts';
import { crossValidate, dealSources, trainBoth } from './cross-validate.ts';
import { groupedTable, thresholdAt, acts } from './grouped-table.ts';
import { readSamples } from './read-samples.ts';
import type { Sample } from './sample.ts';

export interface Corpora {
  clean: readonly string[];
  malicious: readonly string[];
}

/** False alarms of the model alone; rules and the whole stay under the bars with these. */
const ACT_RATE = 0.00006;
const ALERT_RATE = 0.0008;

/** Reads the corpora, scores each file blind to its source, and prints the grouped table. */
export function evaluate(corpora: Corpora, print: (line: string) => void) {
  const seen = new Set<string>();
  const samples: Sample[] = [];
  // Clean first: what stands in both is no malware.
  for (const root of corpora.clean) samples.push(...readSamples(root, false, STANDARD_RULES, seen));
  for (const root of corpora.malicious) {
    samples.push(...readSamples(root, true, STANDARD_RULES, seen));
  }
  print(`${samples.length} files, ${samples.filter((s) => !s.skipped).length} candidates`);
  crossValidate(samples, print);
  // Shares are of all clean files, so those that cannot be acted on count with the lowest score.
  const blunted = samples.map((s) =>
    s.malicious || reachesDanger(s.dense) ? s : { ...s, score: -99 },
  );
  const actFrom = thresholdAt(blunted, ACT_RATE) + 0.01;
  const alertFrom = thresholdAt(samples, ALERT_RATE);
  print(groupedTable(samples, STANDARD_RULES, { actFrom, alertFrom }));
  for (const sample of samples) {
    if (!sample.malicious && acts(sample, STANDARD_RULES, actFrom)) {
      print(
        `wrongly acted on: ${sample.source}/${sample.name} score ${sample.score.toFixed(2)} ${sample.ruleIds.join(' ')}`,
      );
    }
  }
  return { samples, actFrom, alertFrom };
}

/** Evaluates, then trains on everything and writes the weights: numbers only. */
export function train(corpora: Corpora, out: string, print: (line: string) => void): void {
  const { samples, actFrom, alertFrom } = evaluate(corpora, print);
  const { words, trees } = trainBoth(
    samples.filter((sample) => !sample.skipped),
    dealSources(samples),
  );
  writeFileSync(out, packModel({ words, trees, actFrom, alertFrom }));
  print(
    `wrote ${out}: ${trees.roots.length} trees, act from ${actFrom.toFixed(2)}, alert from ${alertFrom.toFixed(2)}`,
  );
}
