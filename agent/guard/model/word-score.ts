import { WORD_BUCKETS } from './word-hashes.ts';

/** A linear judgement over hashed words: log-odds that a file with these words is malicious. */
export interface WordModel {
  bias: number;
  /** One weight per bucket. */
  weights: Float32Array;
}

export function scoreWords(model: WordModel, buckets: Uint16Array): number {
  if (buckets.length === 0) return model.bias;
  let sum = 0;
  for (const bucket of buckets) sum += model.weights[bucket] as number;
  return model.bias + sum / Math.sqrt(buckets.length);
}

export function emptyWordModel(): WordModel {
  return { bias: 0, weights: new Float32Array(WORD_BUCKETS) };
}
