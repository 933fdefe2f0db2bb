import type { HostedAccount } from '#domains/hosting/index.ts';
import type { Mode } from './protection-words.ts';

/** A hosting account as its protection stands. */
export type GuardedAccount = Omit<HostedAccount, 'id'> & {
  readonly accountId: string;
  readonly bought: boolean;
  /** Staff's word for this account alone. */
  readonly ownMode: Mode | null;
  readonly mode: Mode;
  /** What its node has confirmed; null before the first time. */
  readonly appliedMode: Mode | null;
  readonly openFindings: number;
  /** Open ones of the two classes that are certainly bad. */
  readonly malicious: number;
  readonly compromised: number;
  /** Dealt with in the last thirty days. */
  readonly mended: number;
  readonly risk: number;
  readonly scannedFiles: number;
  readonly scanStartedAt: Temporal.Instant | null;
  readonly scanEndedAt: Temporal.Instant | null;
  readonly lastFindingAt: Temporal.Instant | null;
  readonly mailedAt: Temporal.Instant | null;
  readonly goneAt: Temporal.Instant | null;
};
