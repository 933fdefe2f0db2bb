/**
 * - `hits`: names of what it holds the content to be, already inert; none: nothing known of it.
 * - `passed-by`: it could not look at this content (too large, an error of its own); no verdict.
 * - `down`: it gives no answers just now; ask again later.
 */
export type OutsideAnswer =
  | { kind: 'hits'; names: string[] }
  | { kind: 'passed-by'; words: string }
  | { kind: 'down'; words: string };

/** Somebody else's scanner: asked in the background, never waited for by anybody. */
export interface OutsideSource {
  id: 'yara' | 'clamav';
  /** Always answers, and within a bound of its own. */
  ask(content: Uint8Array): Promise<OutsideAnswer>;
  stop(): void;
}

/** Rules of findings that came from outside begin with one of these. */
export const OUTSIDE_RULE = /^(?:yara|clamav):/;

/** Names and words of others are shown as plain text of a bounded length. */
export function inertWords(words: string, most: number): string {
  return words.replace(/[^\x20-\x7e]/g, '?').slice(0, most);
}
