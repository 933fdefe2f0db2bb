import { mayAct, mayAlert, mayAlertOfPart } from '../model/may-act.ts';
import type { Rule } from '../rules/rule.ts';
import { rulesWithScore } from './read-samples.ts';
import type { Measured, Sample } from './sample.ts';

const RATES = [0.01, 0.001, 0.0001] as const;

/** The score that no more than this share of clean files exceeds. */
export function thresholdAt(samples: readonly Sample[], rate: number): number {
  const clean = samples.filter((sample) => !sample.malicious);
  const scores = clean.map((sample) => sample.score).sort((a, b) => b - a);
  return scores[Math.floor(clean.length * rate)] ?? Infinity;
}

/** Recall per source at the model's usual false-alarm rates, then with the rules as shipped. */
export function groupedTable(
  samples: readonly Sample[],
  rules: readonly Rule[],
  thresholds: { actFrom: number; alertFrom: number },
): string {
  const clean = samples.filter((sample) => !sample.malicious).length;
  const tests: [string, (sample: Sample) => boolean][] = RATES.map((rate) => {
    const from = thresholdAt(samples, rate);
    return [`model ${rate * 100} %`, (sample) => sample.score > from];
  });
  tests.push(['act', (sample) => acts(sample, rules, thresholds.actFrom)]);
  tests.push(['alert', (sample) => alerts(sample, rules, thresholds)]);
  const sources = [...new Set(samples.filter((s) => s.malicious).map((s) => s.source))].sort();
  const lines = [['source', 'files', ...tests.map(([name]) => name)].join(' | ')];
  for (const source of [...sources, 'all malicious']) {
    const own = samples.filter(
      (s) => s.malicious && (source === 'all malicious' || s.source === source),
    );
    const shares = tests.map(
      ([, test]) => `${((own.filter(test).length / own.length) * 100).toFixed(1)} %`,
    );
    lines.push([source, own.length, ...shares].join(' | '));
  }
  const alarms = tests.map(([, test]) => {
    const count = samples.filter((sample) => !sample.malicious && test(sample)).length;
    return `${count} (${((count / clean) * 100).toFixed(4)} %)`;
  });
  lines.push(['clean, false alarms', clean, ...alarms].join(' | '));
  return lines.join('\n');
}

export function acts(sample: Sample, rules: readonly Rule[], actFrom: number): boolean {
  if (sample.skipped) return false;
  const byModel = mayAct(sample.dense, sample.score, actFrom);
  const known = [sample, ...sample.parts].flatMap((one) => rulesWithScore(one, rules));
  return byModel || known.some(({ action }) => action !== 'none');
}

export function alerts(
  sample: Sample,
  rules: readonly Rule[],
  thresholds: { actFrom: number; alertFrom: number },
): boolean {
  if (sample.skipped) return false;
  if (sample.limit || acts(sample, rules, thresholds.actFrom)) return true;
  const byModel = mayAlert(sample.dense, sample.score, thresholds.alertFrom);
  if (byModel || rulesWithScore(sample, rules).length > 0) return true;
  const byPart = (part: Measured) =>
    mayAlertOfPart(part.score, thresholds.actFrom) || rulesWithScore(part, rules).length > 0;
  return sample.parts.some(byPart);
}
