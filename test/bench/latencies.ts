/** Times of single calls in milliseconds, as the shares of them that people ask for. */
export type Latencies = { count: number; p50: number; p95: number; p99: number; max: number };

export function latenciesOf(timesMs: readonly number[]): Latencies {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function saidInMs({ count, p50, p95, p99, max }: Latencies): string {
  const [a, b, c, d] = [p50, p95, p99, max].map((ms) => ms.toFixed(1));
  return `p50 ${a} ms, p95 ${b} ms, p99 ${c} ms, max ${d} ms (${count} calls)`;
}
