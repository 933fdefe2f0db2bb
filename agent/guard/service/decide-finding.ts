import { closeSync } from 'node:fs';
import type { LeftReason } from '../mend/left-alone.ts';
import { openHome } from '../mend/open-entry.ts';
import { readMend, readObject } from '../mend/quarantine.ts';
import { readEntry } from '../mend/read-entry.ts';
import { restoreFile } from '../mend/restore-file.ts';
import type { FindingRecord } from './finding-store.ts';
import { ownerOf, type GuardState } from './guard-state.ts';
import type { ByteRange } from './wire.ts';

export type Decided =
  | { kind: 'done'; finding: FindingRecord }
  | { kind: 'unknown' }
  | { kind: 'refused'; reason: LeftReason | 'not-mended' | 'is-mended' };

/** Puts back what was taken, and leaves this content alone from now on. */
export function restoreFinding(state: GuardState, findingId: string): Decided {
  const finding = state.findings.get(findingId);
  if (!finding) return { kind: 'unknown' };
  if (finding.state === 'restored') return { kind: 'done', finding };
  const record = readMend(state.quarantine, findingId);
  if (finding.state !== 'mended' || !record) return { kind: 'refused', reason: 'not-mended' };
  const owner = ownerOf(state.options, finding.accountRef);
  if (!owner) return { kind: 'refused', reason: 'gone' };
  // Said before it is done: the guard must not take away again what it is putting back.
  const restored: FindingRecord = { ...finding, state: 'restored' };
  state.findings.save(restored);
  const answer = restoreFile(state.quarantine, record, owner);
  if (answer.kind === 'left') {
    state.findings.save(finding);
    return { kind: 'refused', reason: answer.reason };
  }
  const { accountRef } = finding;
  state.spool.tell({ kind: 'restored', findingId, accountRef });
  return { kind: 'done', finding: restored };
}

/** From now on this content in this place is left alone. */
export function ignoreFinding(state: GuardState, findingId: string): Decided {
  const finding = state.findings.get(findingId);
  if (!finding) return { kind: 'unknown' };
  if (finding.state === 'ignored' || finding.state === 'restored') return { kind: 'done', finding };
  if (finding.state === 'mended') return { kind: 'refused', reason: 'is-mended' };
  const ignored: FindingRecord = { ...finding, state: 'ignored' };
  state.findings.save(ignored);
  const { accountRef } = finding;
  state.spool.tell({ kind: 'ignored', findingId, accountRef });
  return { kind: 'done', finding: ignored };
}

/** What was taken out, else the content itself; null when neither is kept any longer. */
export function bytesOf(
  state: GuardState,
  finding: FindingRecord,
  offset: number,
  limit: number,
): { ranges: ByteRange[]; totalBytes: number; bytes: Buffer } | null {
  const content = contentOf(state, finding);
  if (!content) return null;
  const removed = finding.mend?.removed ?? [];
  const ranges = removed.length > 0 ? removed : [{ offset: 0, length: content.length }];
  const parts = ranges.map((range) => content.subarray(range.offset, range.offset + range.length));
  const whole = Buffer.concat(parts);
  return { ranges, totalBytes: whole.length, bytes: whole.subarray(offset, offset + limit) };
}

function contentOf(state: GuardState, finding: FindingRecord): Buffer | null {
  const record = readMend(state.quarantine, finding.findingId);
  const kept = record && readObject(state.quarantine, record);
  if (kept) return kept;
  const owner = ownerOf(state.options, finding.accountRef);
  if (!owner) return null;
  const home = openHome(owner.home);
  try {
    const read = readEntry(home, owner.uid, Buffer.from(finding.pathHex, 'hex'));
    if (read.kind === 'left' || read.sha256 !== finding.sha256) return null;
    return read.bytes.subarray(0, read.length);
  } finally {
    closeSync(home);
  }
}
