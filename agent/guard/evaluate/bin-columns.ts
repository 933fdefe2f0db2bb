/** Columns as small numbers: bin b holds values above edge b-1 and not above edge b. */
export interface Binned {
  rows: number;
  /** Per column, the bins of all rows. */
  bins: Uint8Array[];
  edges: Float32Array[];
}

const MOST_BINS = 32;

/** Cuts each column at its quantiles; a column with one value gets no edges. */
export function binColumns(rows: readonly Float32Array[]): Binned {
  const width = rows[0]?.length ?? 0;
  const bins: Uint8Array[] = [];
  const edges: Float32Array[] = [];
  const column = new Float32Array(rows.length);
  for (let at = 0; at < width; at++) {
    for (const [row, values] of rows.entries()) column[row] = values[at] as number;
    const cuts = quantiles(column);
    edges.push(cuts);
    const bin = new Uint8Array(rows.length);
    if (cuts.length > 0) {
      for (let row = 0; row < rows.length; row++) bin[row] = binOf(cuts, column[row] as number);
    }
    bins.push(bin);
  }
  return { rows: rows.length, bins, edges };
}

/** Distinct values each get an edge when they are few; else edges share out the distinct values. */
function quantiles(column: Float32Array): Float32Array {
  const distinct = [...new Set(column)].sort((a, b) => a - b);
  if (distinct.length < 2) return new Float32Array(0);
  const count = Math.min(MOST_BINS - 1, distinct.length - 1);
  const cuts = new Set<number>();
  const sorted = Float32Array.from(column).sort();
  for (let cut = 0; cut < count; cut++) {
    const byValue = distinct[Math.floor(((cut + 1) * distinct.length) / (count + 1)) - 1] as number;
    if (cut % 2 === 0 || distinct.length <= MOST_BINS) cuts.add(byValue);
    else cuts.add(sorted[Math.floor(((cut + 1) * sorted.length) / (count + 1))] as number);
  }
  cuts.delete(distinct.at(-1) as number);
  return Float32Array.from([...cuts].sort((a, b) => a - b));
}

function binOf(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (edges[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
