/** One file as numbers; its bytes are not kept. */
export interface Sample {
  /** The folder it came from: what is split by, never at random. */
  source: string;
  malicious: boolean;
  /** Not a candidate: judged clean by the cheap pass. Some are measured all the same, to learn from. */
  skipped: boolean;
  name: string;
  size: number;
  dense: Float32Array;
  words: Uint16Array;
  /** A budget was met. */
  limit: boolean;
  /** Rules that hold but for their conditions on the score. */
  ruleIds: readonly string[];
  /** Log-odds by a model that never saw this source. */
  score: number;
}
