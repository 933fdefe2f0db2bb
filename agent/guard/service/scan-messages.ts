import type { RuleSet } from '../scan/rule-set.ts';

/** Sent once, before anything else. */
export interface ScanSetup {
  kind: 'setup';
  uid: number | null;
  codeFolders: string[];
  /** Files on which an earlier process ended: told, not looked at. */
  fatalHex: string[];
  /** Yields to everybody else on the machine. */
  gently: boolean;
  /** Checked already. */
  rules: RuleSet;
}

/** What a scan says; paths are bytes below the home, in hex. */
export type FromScan =
  | { kind: 'found'; pathHex: string }
  | { kind: 'progress'; files: number }
  | { kind: 'end'; files: number; skipped: number };
