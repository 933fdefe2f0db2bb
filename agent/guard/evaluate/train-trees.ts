import type { BoostedTrees } from '../model/boosted-trees.ts';
import { binColumns, type Binned } from './bin-columns.ts';
import { growTree, type GrownNode } from './grow-tree.ts';

export interface TreeOptions {
  trees: number;
  leaves: number;
  rate: number;
  /** Share of columns each tree may use. */
  columns: number;
  /** Share of rows each tree learns from: what is not the same for all is learned less. */
  rows: number;
  /** Least sum of second derivatives in a leaf. */
  leastWeight: number;
  ridge: number;
  /** Forests grown apart whose opinions are averaged. */
  forests: number;
  /** Factor for the weight of malicious samples. */
  balance: number;
}

export const TREE_OPTIONS: TreeOptions = {
  trees: 350,
  leaves: 20,
  rate: 0.05,
  columns: 0.25,
  rows: 0.8,
  forests: 2,
  leastWeight: 1.5,
  ridge: 2,
  balance: 3,
};

/** Gradient boosting with logistic loss over binned columns (as LightGBM does it, much smaller). */
export function trainTrees(
  rows: readonly Float32Array[],
  malicious: readonly boolean[],
  options: TreeOptions = TREE_OPTIONS,
): BoostedTrees {
  const binned = binColumns(rows);
  const weights = malicious.map((bad) => (bad ? options.balance : 1));
  const positive = sumOf(weights.filter((_, at) => malicious[at]));
  const bias = Math.log((positive + 1) / (sumOf(weights) - positive + 1));
  const nodes: GrownNode[] = [];
  const roots: number[] = [];
  for (let forest = 0; forest < options.forests; forest++) {
    const learning = { binned, malicious, weights, bias, options };
    for (const grown of growForest(learning, makeRandom(7 + forest * 4))) {
      const base = nodes.length;
      roots.push(base);
      for (const { feature, threshold, low, high } of grown) {
        const value = feature < 0 ? threshold / options.forests : threshold;
        nodes.push({ feature, threshold: value, low: low + base, high: high + base });
      }
    }
  }
  return packTrees(bias, roots, nodes);
}

interface Learning {
  binned: Binned;
  malicious: readonly boolean[];
  weights: readonly number[];
  bias: number;
  options: TreeOptions;
}

/** Trees one after the other, each for what those before it leave wrong. */
function growForest(learning: Learning, random: () => number): GrownNode[][] {
  const { binned, malicious, weights, bias, options } = learning;
  const scores = new Float64Array(binned.rows).fill(bias);
  const gradients = new Float64Array(binned.rows);
  const curvatures = new Float64Array(binned.rows);
  return Array.from({ length: options.trees }, () => {
    for (let row = 0; row < binned.rows; row++) {
      const guess = 1 / (1 + Math.exp(-(scores[row] as number)));
      const weight = random() < options.rows ? (weights[row] as number) : 0;
      gradients[row] = (guess - (malicious[row] ? 1 : 0)) * weight;
      curvatures[row] = Math.max(guess * (1 - guess), 1e-6) * weight;
    }
    const columns = pickColumns(binned, options.columns, random);
    const grown = growTree({ binned, columns, gradients, curvatures, options });
    for (let row = 0; row < binned.rows; row++) {
      scores[row] = (scores[row] as number) + (grown.values[row] as number);
    }
    return grown.nodes;
  });
}

function packTrees(bias: number, roots: number[], nodes: GrownNode[]): BoostedTrees {
  return {
    bias,
    roots: Int32Array.from(roots),
    feature: Int16Array.from(nodes.map((node) => node.feature)),
    threshold: Float32Array.from(nodes.map((node) => node.threshold)),
    low: Int32Array.from(nodes.map((node) => node.low)),
    high: Int32Array.from(nodes.map((node) => node.high)),
  };
}

function pickColumns(binned: Binned, share: number, random: () => number): number[] {
  const useful: number[] = [];
  for (const [column, edges] of binned.edges.entries()) {
    if (edges.length > 0 && random() < share) useful.push(column);
  }
  return useful;
}

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
