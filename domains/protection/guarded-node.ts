import type { EngineMetrics, EngineSource } from './protection-engine.ts';
import type { Mode } from './protection-words.ts';

export const AGENT_STATES = ['absent', 'installing', 'installed', 'removing'] as const;
export type AgentStateName = (typeof AGENT_STATES)[number];

/** How a node is guarded, and how far its engine's events are taken in. */
export type GuardedNode = {
  readonly nodeId: string;
  readonly sellerId: string;
  /** Null: nothing that is installed can guard it. */
  readonly engineId: string | null;
  /** Null: the seller's default holds. */
  readonly mode: Mode | null;
  readonly cursor: number;
  /** Events that the node could not keep until we asked. */
  readonly lostEvents: number;
  /** Wall clock: a node's life is real, however business time moves. */
  readonly nextSyncAtMs: number;
  readonly policyDueAtMs: number;
  /** Failures in a row. */
  readonly attempts: number;
  readonly syncedAt: Temporal.Instant | null;
  readonly lastError: string | null;
  /** Digest of the policy that the engine has confirmed. */
  readonly policyApplied: string | null;
  readonly policyAppliedAt: Temporal.Instant | null;
  readonly agentState: AgentStateName;
  readonly metrics: EngineMetrics | null;
  readonly metricsAt: Temporal.Instant | null;
  /** Other scanners of the node, when it was last asked. */
  readonly sources: readonly EngineSource[];
  /** What those find is acted on without a person. */
  readonly outsideActs: boolean;
};

const EVERY_MS = 5000;
/** While somebody waits for a scan. */
const BUSY_MS = 2000;
const LONGEST_MS = 10 * 60_000;

/** From so many failures in a row on, a node is said to be silent. */
const SILENT_AFTER = 3;

/** What a visit changed of how a node answers; null when it is as it was. */
export function answeringChange(before: number, attempts: number): 'silent' | 'answering' | null {
  if (before < SILENT_AFTER && attempts >= SILENT_AFTER) return 'silent';
  return before >= SILENT_AFTER && attempts === 0 ? 'answering' : null;
}

/** When to ask a node again: soon while it answers, with pauses that double while it does not. */
export function nextSyncMs(attempts: number, busy: boolean): number {
  if (attempts === 0) return busy ? BUSY_MS : EVERY_MS;
  return Math.min(LONGEST_MS, EVERY_MS * 2 ** Math.min(attempts, 10));
}
