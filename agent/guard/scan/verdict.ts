import type { VerdictClass } from '../rules/rule.ts';

export interface Evidence {
  rule: string;
  family: string;
  /** Byte offset in the file; 0 where it is not one place. */
  at: number;
}

/** What the scanner says of one file's content. */
export interface Verdict {
  class: 'clean' | VerdictClass;
  /** 0 to 100. */
  confidence: number;
  /** May be acted on without a person, by the policy of whoever asks. */
  actionable: boolean;
  family: string | null;
  evidence: readonly Evidence[];
  /** The budget that was met, when the analysis is not complete. */
  limit: string | null;
  /** The model's log-odds; null where it was not asked. */
  score: number | null;
}

export const CLEAN: Verdict = {
  class: 'clean',
  confidence: 0,
  actionable: false,
  family: null,
  evidence: [],
  limit: null,
  score: null,
};

/** What could not be looked at whole is never clean. */
export function limited(limit: string): Verdict {
  return { ...CLEAN, class: 'suspicious', family: 'limit', limit, confidence: 30 };
}
