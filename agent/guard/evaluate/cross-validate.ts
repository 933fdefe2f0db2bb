import { scoreTrees } from '../model/boosted-trees.ts';
import { WORD_SCORE } from '../model/dense-features.ts';
import { scoreWords } from '../model/word-score.ts';
import type { Sample } from './sample.ts';
import { trainTrees } from './train-trees.ts';
import { trainWords } from './train-words.ts';

const FOLDS = 6;

/**
 * Gives each sample the score of a model trained without its source. Sources are dealt out whole:
 * a model never sees another file of the repository it is asked about.
 */
export function crossValidate(samples: readonly Sample[], report: (line: string) => void): void {
  const folds = dealSources(samples);
  const measured = samples.filter(isMeasured);
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = measured.filter((one) => !one.skipped && folds.get(keyOf(one)) === fold);
    if (held.length === 0) continue;
    const known = measured.filter((sample) => folds.get(keyOf(sample)) !== fold);
    const { words, trees } = trainBoth(known, folds);
    for (const one of held.flatMap((sample) => [sample, ...sample.parts])) {
      const row = Float32Array.from(one.dense);
      row[WORD_SCORE] = scoreWords(words, one.words);
      one.score = scoreTrees(trees, row);
    }
    report(`fold ${fold + 1} of ${FOLDS}: trained on ${known.length}, judged ${held.length}`);
  }
}

/**
 * Words first, then trees that also see the words' score. For the trees that score comes from
 * words trained without the sample's fold, else they would trust it too much.
 */
export function trainBoth(files: readonly Sample[], folds: ReadonlyMap<string, number>) {
  const samples = files.flatMap(withParts);
  const words = trainWords(samples);
  const rows: Float32Array[] = samples.map((sample) => Float32Array.from(sample.dense));
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = samples.filter((sample) => folds.get(keyOf(sample)) !== fold);
    if (others.length === samples.length) continue;
    const blind = trainWords(others);
    for (const [at, sample] of samples.entries()) {
      if (folds.get(keyOf(sample)) !== fold) continue;
      (rows[at] as Float32Array)[WORD_SCORE] = scoreWords(blind, sample.words);
    }
  }
  const trees = trainTrees(
    rows,
    samples.map((sample) => sample.malicious),
  );
  return { words, trees };
}

const PARTS_LEARNED = 3;

/** A file teaches by its parts too; one with many teaches no more than others. */
function withParts(sample: Sample): Sample[] {
  const parts = sample.malicious ? sample.parts.slice(0, PARTS_LEARNED) : sample.parts;
  return [sample, ...parts.map((part) => ({ ...sample, ...part }))];
}

/** Largest sources first, each to the fold with the fewest files of its kind. */
export function dealSources(samples: readonly Sample[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const sample of samples) {
    if (isMeasured(sample)) sizes.set(keyOf(sample), (sizes.get(keyOf(sample)) ?? 0) + 1);
  }
  const folds = new Map<string, number>();
  const none = () => Array.from({ length: FOLDS }, () => 0);
  const load = { m: none(), c: none() };
  for (const [key, size] of [...sizes].sort((a, b) => b[1] - a[1])) {
    const kind = key.startsWith('m') ? load.m : load.c;
    const fold = kind.indexOf(Math.min(...kind));
    kind[fold] = (kind[fold] as number) + size;
    folds.set(key, fold);
  }
  return folds;
}

export function isMeasured(sample: Sample): boolean {
  return sample.dense.length > 0;
}

function keyOf(sample: Sample): string {
  return `${sample.malicious ? 'm' : 'c'}:${sample.source}`;
}
