import { gunzipSync, inflateRawSync, inflateSync, constants } from 'node:zlib';
import { LONGEST_TEXT, spend, type DecodeBudget } from './budget.ts';

const INFLATERS = {
  gzinflate: inflateRawSync,
  gzuncompress: inflateSync,
  gzdecode: gunzipSync,
} as const;

/**
 * Inflates with a capped output, null for what is not such data. A truncated or damaged stream
 * gives what came out before the damage (finishFlush), as attackers cut streams short on purpose.
 */
export function inflate(
  kind: keyof typeof INFLATERS,
  text: string,
  budget: DecodeBudget,
): string | null {
  const maxOutputLength = Math.min(LONGEST_TEXT, budget.bytes);
  if (maxOutputLength <= 0) return null;
  try {
    const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
    const bytes = INFLATERS[kind](Buffer.from(text, 'latin1'), options);
    return spend(budget, bytes.length) ? bytes.toString('latin1') : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') budget.exceeded = true;
    return null;
  }
}
