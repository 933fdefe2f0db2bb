import type { EngineScan } from './protection-engine.ts';
import type { ScanState } from './protection-words.ts';

/** One look at all files of an account: ours, or one that its node began by itself. */
export type Scan = {
  readonly id: string;
  readonly branch: number;
  readonly accountId: string;
  readonly nodeId: string;
  /** Null until the engine has taken it. */
  readonly engineRef: string | null;
  readonly kind: EngineScan['kind'];
  readonly state: ScanState;
  readonly askedAt: Temporal.Instant;
  readonly startedAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly scannedFiles: number;
  readonly records: number;
  readonly malicious: number;
  readonly compromised: number;
  readonly lastError: string | null;
};

/** A scan with what its engine says of it; one that has ended stays ended. */
export function scanAs(scan: Scan, told: Omit<EngineScan, 'kind'>): Scan {
  if (isOver(scan) && told.state !== 'done' && told.state !== 'failed') return scan;
  return {
    ...scan,
    engineRef: told.scanRef,
    state: told.state,
    startedAt: told.startedAt === null ? null : Temporal.Instant.from(told.startedAt),
    endedAt: told.endedAt === null ? null : Temporal.Instant.from(told.endedAt),
    scannedFiles: told.scannedFiles,
    records: told.records,
    malicious: told.malicious,
    compromised: told.compromised,
  };
}

export function isOver({ state }: Pick<Scan, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}
