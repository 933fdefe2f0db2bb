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
  sums: Float64Array;
  best: Split | null;
}

/** What growing one tree looks at. */
interface Ground {
  binned: Binned;
  columns: readonly number[];
  gradients: Float64Array;
  curvatures: Float64Array;
  options: TreeOptions;
}

/** Grows one tree leaf by leaf, always where the loss falls most. */
export function growTree(ground: Ground): { nodes: GrownNode[]; values: Float64Array } {
  const { binned, gradients, curvatures, options } = ground;
  const nodes: GrownNode[] = [{ feature: -1, threshold: 0, low: 0, high: 0 }];
  const all = Int32Array.from({ length: binned.rows }, (_, row) => row);
  const makeLeaf = (node: number, rows: Int32Array, sums: Float64Array): Leaf => ({
    node,
    rows,
    sums,
    best: bestSplit(ground, rows, sums),
  });
  const leaves: Leaf[] = [makeLeaf(0, all, sumBins(ground, all))];
  while (leaves.length < options.leaves) {
    const at = mostGain(leaves);
    const leaf = leaves[at];
    if (!leaf?.best) break;
    const [low, high] = divide(binned, leaf.rows, leaf.best);
    const { column, bin } = leaf.best;
    const threshold = binned.edges[column]?.[bin] as number;
    const node = nodes.length;
    nodes[leaf.node] = { feature: column, threshold, low: node, high: node + 1 };
    nodes.push({ feature: -1, threshold: 0, low: 0, high: 0 });
    nodes.push({ feature: -1, threshold: 0, low: 0, high: 0 });
    // The larger child's sums are what the smaller one leaves of its parent's.
    const small = sumBins(ground, low.length < high.length ? low : high);
    const large = leaf.sums.map((sum, place) => sum - (small[place] as number));
    const [lowSums, highSums] = low.length < high.length ? [small, large] : [large, small];
    leaves.splice(at, 1, makeLeaf(node, low, lowSums), makeLeaf(node + 1, high, highSums));
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

const BINS = 64;

/** Per column and bin: the sum of gradients, then that of curvatures. */
function sumBins({ binned, columns, gradients, curvatures }: Ground, rows: Int32Array) {
  const sums = new Float64Array(columns.length * BINS * 2);
  for (const [place, column] of columns.entries()) {
    const bins = binned.bins[column] as Uint8Array;
    const base = place * BINS * 2;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      const to = base + (bins[row] as number) * 2;
      sums[to] = (sums[to] as number) + (gradients[row] as number);
      sums[to + 1] = (sums[to + 1] as number) + (curvatures[row] as number);
    }
  }
  return sums;
}

function bestSplit(ground: Ground, rows: Int32Array, sums: Float64Array): Split | null {
  const { binned, columns, gradients, curvatures, options } = ground;
  if (rows.length < 8) return null;
  let [gradient, curvature] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row] as number;
    curvature += curvatures[row] as number;
  }
  const whole = (gradient * gradient) / (curvature + options.ridge);
  let best: Split | null = null;
  for (const [place, column] of columns.entries()) {
    const edges = (binned.edges[column] as Float32Array).length;
    const base = place * BINS * 2;
    let [left, weight] = [0, 0];
    for (let bin = 0; bin < edges; bin++) {
      left += sums[base + bin * 2] as number;
      weight += sums[base + bin * 2 + 1] as number;
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
