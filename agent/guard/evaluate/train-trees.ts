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
  /** Factor for the weight of malicious samples. */
  balance: number;
}

export const TREE_OPTIONS: TreeOptions = {
  trees: 350,
  leaves: 16,
  rate: 0.05,
  columns: 0.25,
  rows: 0.7,
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
  const scores = new Float64Array(rows.length).fill(bias);
  const gradients = new Float64Array(rows.length);
  const curvatures = new Float64Array(rows.length);
  const nodes: GrownNode[] = [];
  const roots: number[] = [];
  const random = makeRandom(7);
  for (let tree = 0; tree < options.trees; tree++) {
    for (let row = 0; row < rows.length; row++) {
      const guess = 1 / (1 + Math.exp(-(scores[row] as number)));
      const weight = random() < options.rows ? (weights[row] as number) : 0;
      gradients[row] = (guess - (malicious[row] ? 1 : 0)) * weight;
      curvatures[row] = Math.max(guess * (1 - guess), 1e-6) * weight;
    }
    const columns = pickColumns(binned, options.columns, random);
    const grown = growTree({ binned, columns, gradients, curvatures, options });
    roots.push(nodes.length);
    const base = nodes.length;
    for (const node of grown.nodes) {
      nodes.push({ ...node, low: node.low + base, high: node.high + base });
    }
    for (let row = 0; row < rows.length; row++) {
      scores[row] = (scores[row] as number) + (grown.values[row] as number);
    }
  }
  return packTrees(bias, roots, nodes);
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
