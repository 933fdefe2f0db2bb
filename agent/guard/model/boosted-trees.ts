/** Trees in parallel arrays. A node with a feature below 0 is a leaf and holds its value. */
export interface BoostedTrees {
  bias: number;
  /** First node of each tree. */
  roots: Int32Array;
  feature: Int16Array;
  threshold: Float32Array;
  /** Where to go when the feature is not above the threshold; the next node otherwise. */
  low: Int32Array;
  high: Int32Array;
}

/** Log-odds that a file is malicious. */
export function scoreTrees(trees: BoostedTrees, features: Float32Array): number {
  const { feature, threshold, low, high } = trees;
  let sum = trees.bias;
  for (const root of trees.roots) {
    let node = root;
    for (let column = feature[node] as number; column >= 0; column = feature[node] as number) {
      const above = (features[column] as number) > (threshold[node] as number);
      node = (above ? high[node] : low[node]) as number;
    }
    sum += threshold[node] as number;
  }
  return sum;
}
