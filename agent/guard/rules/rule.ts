import type { FactName } from '../flow/facts.ts';

export type VerdictClass = 'malicious' | 'compromised' | 'suspicious' | 'unwanted';

/** One thing that must be true of a file. Literals and patterns ignore case and see layers too. */
export type Condition =
  | { fact: FactName; atLeast?: number }
  | { literal: string }
  | { literals: readonly string[]; atLeast: number }
  | { pattern: string }
  | { tokens: string }
  | { feature: string; atLeast?: number; atMost?: number };

/**
 * A rule is data. `hit` and `miss` are texts of ours that the tests run: what it must find, and
 * harmless look-alikes that it must leave alone. Each stands behind `return;`, so it does nothing.
 */
export interface Rule {
  id: string;
  class: VerdictClass;
  family: string;
  /** 0 to 100. */
  confidence: number;
  /** The strongest thing that may be done without a person. */
  action: 'none' | 'quarantine' | 'cut';
  when: readonly Condition[];
  hit: readonly string[];
  miss: readonly string[];
}
