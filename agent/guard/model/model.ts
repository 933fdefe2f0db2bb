import { readFileSync } from 'node:fs';
import type { BoostedTrees } from './boosted-trees.ts';
import { DENSE_NAMES } from './dense-features.ts';
import { emptyWordModel, type WordModel } from './word-score.ts';

/** What training keeps: numbers only. */
export interface Model {
  words: WordModel;
  trees: BoostedTrees;
  /** Log-odds from which a file is malicious enough to act on, and to tell somebody. */
  actFrom: number;
  alertFrom: number;
}

/** The file's form. Columns are named, so a new word in the tables does not shift old weights. */
interface StoredModel {
  columns: string[];
  actFrom: number;
  alertFrom: number;
  wordBias: number;
  /** Words: weight = byte × scale, one signed byte per bucket, base64. */
  wordScale: number;
  wordWeights: string;
  treeBias: number;
  roots: number[];
  /** Index in `columns`, -1 for a leaf. */
  feature: number[];
  threshold: number[];
  low: number[];
  high: number[];
}

export function packModel(model: Model): string {
  const { words, trees } = model;
  let most = 1e-9;
  for (const weight of words.weights) most = Math.max(most, Math.abs(weight));
  const wordScale = most / 127;
  const bytes = Int8Array.from(words.weights, (weight) => Math.round(weight / wordScale));
  const used = [...new Set(trees.feature)].filter((column) => column >= 0).sort((a, b) => a - b);
  const places = new Map(used.map((column, at) => [column, at] as const));
  const stored: StoredModel = {
    columns: used.map((column) => DENSE_NAMES[column] as string),
    actFrom: model.actFrom,
    alertFrom: model.alertFrom,
    wordBias: words.bias,
    wordScale,
    wordWeights: Buffer.from(bytes.buffer).toString('base64'),
    treeBias: trees.bias,
    roots: [...trees.roots],
    feature: Array.from(trees.feature, (column) => places.get(column) ?? -1),
    threshold: Array.from(trees.threshold, (value) => Number(value.toPrecision(6))),
    low: [...trees.low],
    high: [...trees.high],
  };
  return JSON.stringify(stored);
}

/** Throws when the model asks for a feature that this version does not measure. */
export function unpackModel(json: string): Model {
  const stored = JSON.parse(json) as StoredModel;
  const columns = stored.columns.map((name) => {
    const column = DENSE_NAMES.indexOf(name);
    if (column < 0) throw new Error(`The model asks for feature ${name}; train it again.`);
    return column;
  });
  const words = emptyWordModel();
  words.bias = stored.wordBias;
  const bytes = Buffer.from(stored.wordWeights, 'base64');
  for (let at = 0; at < words.weights.length; at++) {
    words.weights[at] = bytes.readInt8(at) * stored.wordScale;
  }
  const trees: BoostedTrees = {
    bias: stored.treeBias,
    roots: Int32Array.from(stored.roots),
    feature: Int16Array.from(stored.feature, (place) => (place < 0 ? -1 : (columns[place] ?? -1))),
    threshold: Float32Array.from(stored.threshold),
    low: Int32Array.from(stored.low),
    high: Int32Array.from(stored.high),
  };
  return { words, trees, actFrom: stored.actFrom, alertFrom: stored.alertFrom };
}

export function readModel(path = `${import.meta.dirname}/weights.json`): Model {
  return unpackModel(readFileSync(path, 'utf8'));
}
