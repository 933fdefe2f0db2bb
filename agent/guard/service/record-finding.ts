import type { FileRead } from '../mend/read-entry.ts';
import type { Verdict } from '../scan/verdict.ts';
import { showBytes } from '../show-bytes.ts';
import { findingIdOf, type FindingRecord } from './finding-store.ts';
import type { GuardState } from './guard-state.ts';
import type { Target } from './inspect-file.ts';
import { raiseAlarm } from './raise-alarm.ts';

const MOST_RULES = 50;

/**
 * Writes down and tells what was found, once for each content in each place. Null where it is left
 * alone: by the owner's word, or because the content is known to be good and the rule is at fault.
 */
export function recordFinding(
  state: GuardState,
  target: Target,
  read: FileRead,
  verdict: Verdict,
): FindingRecord | null {
  const { accountRef } = target.owner;
  const pathHex = target.path.toString('hex');
  const rules = rulesOf(verdict);
  if (state.knownGood.has(read.sha256)) {
    for (const rule of rules.length > 0 ? rules : ['model']) {
      raiseAlarm(state, 'known-good-hit', { rule, accountRef, findingId: null });
    }
    return null;
  }
  const before = state.findings.of(accountRef, pathHex, read.sha256);
  if (before?.state === 'ignored' || before?.state === 'restored') return null;
  if (before?.state === 'open') return before;
  const foundAt = state.now();
  const { origin, foundBy } = target;
  const finding: FindingRecord = {
    findingId: findingIdOf(accountRef, pathHex, read.sha256, String(read.stats.ctimeNs)),
    accountRef,
    path: showBytes(target.path),
    pathHex,
    class: verdict.class === 'clean' ? 'suspicious' : verdict.class,
    family: verdict.family,
    rules,
    confidence: Math.round(verdict.confidence),
    certain: verdict.actionable,
    limit: verdict.limit,
    sha256: read.sha256,
    size: Number(read.stats.size),
    foundAt,
    detectedAfterMs: origin ? Math.max(0, Date.parse(foundAt) - Date.parse(origin.at)) : null,
    foundBy,
    origin,
    state: 'open',
    mend: null,
  };
  state.findings.save(finding);
  tellFinding(state, finding);
  return finding;
}

export function tellFinding(state: GuardState, finding: FindingRecord): void {
  const { pathHex: _bytes, state: _state, mend: _mend, ...told } = finding;
  state.spool.tell({ kind: 'finding', ...told });
}

export function rulesOf(verdict: Verdict): string[] {
  return [...new Set(verdict.evidence.map(({ rule }) => rule))].slice(0, MOST_RULES);
}
