import type { ByteRange, EngineEvent, EngineFinding, FindingOrigin } from './protection-engine.ts';
import type { FindingClass, FindingState, FoundBy, MendAct, Mode } from './protection-words.ts';

/** A file in which an engine found something, and what became of it. */
export type Finding = {
  readonly id: string;
  readonly branch: number;
  readonly nodeId: string;
  readonly engineRef: string;
  readonly sellerId: string;
  /** Null when it was found in an account that we do not know (any more). */
  readonly accountId: string | null;
  readonly clientId: string | null;
  readonly brandId: string | null;
  readonly accountRef: string;
  readonly domainName: string;
  readonly path: string;
  readonly class: FindingClass;
  readonly family: string | null;
  readonly rules: readonly string[];
  readonly confidence: number;
  readonly certain: boolean;
  readonly limitMet: string | null;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly foundAt: Temporal.Instant;
  readonly detectedAfterMs: number | null;
  readonly foundBy: FoundBy;
  readonly origin: FindingOrigin | null;
  readonly state: FindingState;
  readonly act: MendAct | null;
  readonly removed: readonly ByteRange[];
  readonly mendedAt: Temporal.Instant | null;
  readonly restorableUntil: Temporal.Instant | null;
  /** Of the engine's events, the last one that changed it. */
  readonly seq: number;
  readonly createdAt: Temporal.Instant;
};

/** Whose account a finding lies in. */
export type FindingPlace = Pick<
  Finding,
  | 'id'
  | 'branch'
  | 'nodeId'
  | 'sellerId'
  | 'accountId'
  | 'clientId'
  | 'brandId'
  | 'domainName'
  | 'createdAt'
>;

/**
 * A finding as it begins. What is certain is left to the engine where it protects; everything else
 * waits for a person.
 */
export function newFinding(
  place: FindingPlace,
  seq: number,
  told: EngineFinding,
  mode: Mode,
): Finding {
  const isEngines = told.certain && mode === 'protect';
  return {
    ...place,
    engineRef: told.findingRef,
    accountRef: told.accountRef,
    path: told.path,
    class: told.class,
    family: told.family,
    rules: told.rules,
    confidence: told.confidence,
    certain: told.certain,
    limitMet: told.limit,
    sha256: told.sha256,
    sizeBytes: told.sizeBytes,
    foundAt: Temporal.Instant.from(told.foundAt),
    detectedAfterMs: told.detectedAfterMs,
    foundBy: told.foundBy,
    origin: told.origin,
    state: isEngines ? 'found' : 'needs-decision',
    act: null,
    removed: [],
    mendedAt: null,
    restorableUntil: null,
    seq,
  };
}

type Change = Exclude<EngineEvent, { kind: 'finding' | 'scan' | 'mail' }>;

/** What an event makes of a finding; the same finding when the event is old or changes nothing. */
export function changedBy(finding: Finding, event: Change): Finding {
  if (event.seq <= finding.seq) return finding;
  const { seq } = event;
  if (event.kind === 'mended') {
    return {
      ...finding,
      seq,
      // Stopped, but still lying there: a person says what is to become of it.
      state: event.act === 'blocked' ? 'needs-decision' : 'mended',
      act: event.act,
      removed: event.removed,
      mendedAt: Temporal.Instant.from(event.at),
      restorableUntil:
        event.restorableUntil === null ? null : Temporal.Instant.from(event.restorableUntil),
    };
  }
  if (event.kind === 'alarm') {
    return finding.state === 'found' ? { ...finding, seq, state: 'needs-decision' } : finding;
  }
  return { ...finding, seq, state: event.kind };
}

/** Something is still to come of it, by the engine or by a person. */
export function isOpen({ state }: Pick<Finding, 'state'>): boolean {
  return state === 'found' || state === 'needs-decision';
}
