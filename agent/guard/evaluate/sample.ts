/** A file, or a part of one, as numbers; its bytes are not kept. */
export interface Measured {
  dense: Float32Array;
  words: Uint16Array;
  /** Rules that hold but for their conditions on the score. */
  ruleIds: readonly string[];
  /** Log-odds by a model that never saw this source. */
  score: number;
}

/** One file. */
export interface Sample extends Measured {
  /** The folder it came from: what is split by, never at random. */
  source: string;
  malicious: boolean;
  /** Not a candidate: judged clean by the cheap pass. Some are measured all the same, to learn from. */
  skipped: boolean;
  name: string;
  size: number;
  /** A budget was met. */
  limit: boolean;
  /** Flows and islands of it, judged by themselves. */
  parts: Measured[];
}
