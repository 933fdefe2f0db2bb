/** `paused` by staff: nothing is renewed by itself until they resume it. */
export const RUN_STATES = ['running', 'paused', 'done'] as const;
export type RunState = (typeof RUN_STATES)[number];

export type RenewalCounts = {
  renewed: number;
  /** Invoiced; the balance does not cover it. */
  unpaid: number;
  /** Paid by the client; a wallet above the shop is too low. */
  locked: number;
  /** Cannot be priced any more. */
  refused: number;
  /** Had an open order, and went one at a time. */
  setAside: number;
};

/** One going through all automatic renewals that are due. */
export type RenewalRun = {
  id: string;
  state: RunState;
  startedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  counts: RenewalCounts;
  /** Of the machine's time, from its first batch to its last. */
  seconds: number;
};

export const EXCEPTION_OUTCOMES = ['unpaid', 'locked', 'refused', 'failed'] as const;

/** A renewal that was not carried out; `reason` is a refusal's code, or what failed. */
export type RenewalException = {
  subscriptionId: string;
  outcome: (typeof EXCEPTION_OUTCOMES)[number];
  reason: string;
};
