import { writeFileSync } from 'node:fs';
import { packModel } from '../model/model.ts';
import { STANDARD_RULES } from '../rules/standard-rules.ts';
import { crossValidate, dealSources, isMeasured, trainBoth } from './cross-validate.ts';
import { acts, alerts, groupedTable } from './grouped-table.ts';
import { ownSamples, readSamples } from './read-samples.ts';
import type { Sample } from './sample.ts';

export interface Corpora {
  clean: readonly string[];
  malicious: readonly string[];
}

/** False alarms of all actions together, and of all alerts. */
const ACT_RATE = 0.00009;
const ALERT_RATE = 0.00099;

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
  const own = ownSamples(STANDARD_RULES);
  crossValidate([...samples, ...own], print);
  const actFrom = actThreshold(samples);
  const alertFrom = alertThreshold(samples, actFrom);
  print(groupedTable(samples, STANDARD_RULES, { actFrom, alertFrom }));
  for (const sample of samples) {
    if (!sample.malicious && acts(sample, STANDARD_RULES, actFrom)) {
      print(
        `wrongly acted on: ${sample.source}/${sample.name} score ${sample.score.toFixed(2)} ${sample.ruleIds.join(' ')}`,
      );
    }
  }
  return { samples, own, actFrom, alertFrom };
}

/** The lowest score from which all actions, those of rules too, stay within the rate. */
function actThreshold(samples: readonly Sample[]): number {
  const clean = samples.filter((sample) => !sample.malicious && !sample.skipped);
  const most = Math.floor(samples.filter((sample) => !sample.malicious).length * ACT_RATE);
  const scores = clean.map((sample) => sample.score).sort((a, b) => b - a);
  let from = scores[0] ?? 0;
  for (const score of scores) {
    if (score < 0) return 0; // what the model takes for clean is left to rules
    if (clean.filter((one) => acts(one, STANDARD_RULES, score)).length > most) return score + 0.01;
    from = score;
  }
  return from;
}

/** The lowest score from which all alerts, those of rules and budgets too, stay within the rate. */
function alertThreshold(samples: readonly Sample[], actFrom: number): number {
  const clean = samples.filter((sample) => !sample.malicious);
  const scores = clean.map((sample) => sample.score).sort((a, b) => b - a);
  const most = Math.floor(clean.length * ALERT_RATE);
  let from = actFrom;
  for (const score of scores.slice(0, most * 2)) {
    const limits = { actFrom, alertFrom: Math.min(from, score) };
    if (clean.filter((sample) => alerts(sample, STANDARD_RULES, limits)).length > most) break;
    from = limits.alertFrom;
  }
  return from;
}

/** Evaluates, then trains on everything and writes the weights: numbers only. */
export function train(corpora: Corpora, out: string, print: (line: string) => void): void {
  const { samples, own, actFrom, alertFrom } = evaluate(corpora, print);
  const all = [...samples, ...own];
  const { words, trees } = trainBoth(all.filter(isMeasured), dealSources(all));
  writeFileSync(out, packModel({ words, trees, actFrom, alertFrom }));
  print(
    `wrote ${out}: ${trees.roots.length} trees, act from ${actFrom.toFixed(2)}, alert from ${alertFrom.toFixed(2)}`,
  );
}
