import type { Binned } from './bin-columns.ts';
import type { TreeOptions } from './train-trees.ts';

export interface GrownNode {
  /** -1 for a leaf, whose value stands in `threshold`. */
  feature: number;
  threshold: number;
  low: number;
  high: number;
}

interface Split {
  gain: number;
  column: number;
  bin: number;
}

interface Leaf {
  node: number;
  rows: Int32Array;
  best: Split | null;
}

/** Grows one tree leaf by leaf, always where the loss falls most. */
export function growTree(
  binned: Binned,
  columns: readonly number[],
  gradients: Float64Array,
  curvatures: Float64Array,
  options: TreeOptions,
): { nodes: GrownNode[]; values: Float64Array } {
  const nodes: GrownNode[] = [{ feature: -1, threshold: 0, low: 0, high: 0 }];
  const search = (rows: Int32Array) =>
    bestSplit(binned, columns, rows, gradients, curvatures, options);
  const all = Int32Array.from({ length: binned.rows }, (_, row) => row);
  const leaves: Leaf[] = [{ node: 0, rows: all, best: search(all) }];
  while (leaves.length < options.leaves) {
    const at = mostGain(leaves);
    const leaf = leaves[at];
    if (!leaf?.best) break;
    const [low, high] = divide(binned, leaf.rows, leaf.best);
    const { column, bin } = leaf.best;
    const threshold = binned.edges[column]?.[bin] as number;
    nodes[leaf.node] = { feature: column, threshold, low: nodes.length, high: nodes.length + 1 };
    const children = [low, high].map((rows) => {
      nodes.push({ feature: -1, threshold: 0, low: 0, high: 0 });
      return { node: nodes.length - 1, rows, best: search(rows) };
    });
    leaves.splice(at, 1, ...children);
  }
  const values = new Float64Array(binned.rows);
  for (const { node, rows } of leaves) {
    let [gradient, curvature] = [0, 0];
    for (const row of rows) {
      gradient += gradients[row] as number;
      curvature += curvatures[row] as number;
    }
    const value = (-gradient / (curvature + options.ridge)) * options.rate;
    nodes[node] = { feature: -1, threshold: value, low: 0, high: 0 };
    for (const row of rows) values[row] = value;
  }
  return { nodes, values };
}

function mostGain(leaves: readonly Leaf[]): number {
  let best = -1;
  for (const [at, leaf] of leaves.entries()) {
    if (leaf.best && leaf.best.gain > (leaves[best]?.best?.gain ?? 0)) best = at;
  }
  return best;
}

function divide(binned: Binned, rows: Int32Array, split: Split): [Int32Array, Int32Array] {
  const bins = binned.bins[split.column] as Uint8Array;
  const isLow = (row: number) => (bins[row] as number) <= split.bin;
  return [rows.filter(isLow), rows.filter((row) => !isLow(row))];
}

const gradientSums = new Float64Array(64);
const curvatureSums = new Float64Array(64);

function bestSplit(
  binned: Binned,
  columns: readonly number[],
  rows: Int32Array,
  gradients: Float64Array,
  curvatures: Float64Array,
  options: TreeOptions,
): Split | null {
  if (rows.length < 8) return null;
  let [gradient, curvature] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row] as number;
    curvature += curvatures[row] as number;
  }
  const whole = (gradient * gradient) / (curvature + options.ridge);
  let best: Split | null = null;
  for (const column of columns) {
    const bins = binned.bins[column] as Uint8Array;
    const edges = (binned.edges[column] as Float32Array).length;
    gradientSums.fill(0, 0, edges + 1);
    curvatureSums.fill(0, 0, edges + 1);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      const bin = bins[row] as number;
      gradientSums[bin] = (gradientSums[bin] as number) + (gradients[row] as number);
      curvatureSums[bin] = (curvatureSums[bin] as number) + (curvatures[row] as number);
    }
    let [left, weight] = [0, 0];
    for (let bin = 0; bin < edges; bin++) {
      left += gradientSums[bin] as number;
      weight += curvatureSums[bin] as number;
      if (weight < options.leastWeight || curvature - weight < options.leastWeight) continue;
      const right = gradient - left;
      const gain =
        (left * left) / (weight + options.ridge) +
        (right * right) / (curvature - weight + options.ridge) -
        whole;
      if (gain > (best?.gain ?? 1e-3)) best = { gain, column, bin };
    }
  }
  return best;
}
