/** What one file may cost in decoding; shared by all its layers. */
export interface DecodeBudget {
  /** Bytes still to be produced. */
  bytes: number;
  /** Set once something was refused for its size. */
  exceeded: boolean;
}

export const DECODE_BYTES = 8 * 1024 * 1024;
/** Longest single constant that is put together. */
export const LONGEST_TEXT = 4 * 1024 * 1024;

export function makeDecodeBudget(bytes = DECODE_BYTES): DecodeBudget {
  return { bytes, exceeded: false };
}

/** Takes what a result costs; false when it is not affordable. */
export function spend(budget: DecodeBudget, bytes: number): boolean {
  if (bytes > LONGEST_TEXT || bytes > budget.bytes) {
    budget.exceeded = true;
    return false;
  }
  budget.bytes -= bytes;
  return true;
}
