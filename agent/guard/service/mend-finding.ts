import { hash } from 'node:crypto';
import { closeSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftAlone } from '../mend/left-alone.ts';
import { mendFile, type Judged, type Owner } from '../mend/mend-file.ts';
import type { MendRecord } from '../mend/mend-record.ts';
import { openHome } from '../mend/open-entry.ts';
import { planMend } from '../mend/plan-mend.ts';
import { readEntry, type FileRead } from '../mend/read-entry.ts';
import { askBreaker } from './circuit-breaker.ts';
import type { FindingRecord } from './finding-store.ts';
import type { GuardState } from './guard-state.ts';
import type { Judgement } from './judge-messages.ts';
import { inUploadFolder } from './mode-of.ts';
import { raiseAlarm } from './raise-alarm.ts';
import type { MendAct } from './wire.ts';

/**
 * Mends what was found with certainty, or says why not. `changed`: the file is not what was judged
 * any more, look again.
 */
export async function mendFinding(
  state: GuardState,
  owner: Owner,
  finding: FindingRecord,
  read: FileRead,
  judgement: Judgement,
): Promise<FindingRecord | 'changed'> {
  const rules = finding.rules.length > 0 ? finding.rules : ['model'];
  const { accountRef, findingId } = finding;
  if (finding.mend?.act !== 'blocked') {
    const nowMs = Date.parse(state.now());
    const asked = askBreaker(state.breaker, state.breakerLimits, rules, accountRef, nowMs);
    for (const rule of asked.newly) {
      state.raised.delete(`circuit-open ${rule} null`);
      raiseAlarm(state, 'circuit-open', { rule, accountRef: null, findingId: null });
    }
    if (asked.openRules.length > 0) return finding;
  }
  const path = Buffer.from(finding.pathHex, 'hex');
  const plan = planMend({
    content: read.bytes.subarray(0, read.length),
    verdict: judgement.verdict,
    cuts: judgement.cuts,
    original: await originalOf(state, owner, path),
    isScript: isScript(path) && !inUploadFolder(state.policy, path.toString('latin1')),
    isKnownGood: (content) => state.knownGood.has(hash('sha256', content, 'hex')),
  });
  const { dev, ino, size, ctimeNs } = read.stats;
  const judged: Judged = { dev, ino, size, ctimeNs, sha256: read.sha256 };
  const order = { findingId, owner, path, judged, ...plan, at: state.now() };
  const mended = mendFile(state.quarantine, order);
  if (mended.kind === 'left') return leaveAlone(state, finding, mended);
  return noteMend(state, finding, mended.record);
}

export function noteMend(
  state: GuardState,
  finding: FindingRecord,
  { act, at, removed, keepUntil }: MendRecord,
): FindingRecord {
  const mend = { act, at, removed, restorableUntil: keepUntil };
  const mended: FindingRecord = { ...finding, state: 'mended', mend };
  state.findings.save(mended);
  tellMend(state, mended, act);
  return mended;
}

function tellMend(state: GuardState, finding: FindingRecord, act: MendAct): void {
  const { findingId, accountRef, mend } = finding;
  const { removed = [], restorableUntil = null } = mend ?? {};
  state.spool.tell({ kind: 'mended', findingId, accountRef, act, removed, restorableUntil });
}

function leaveAlone(
  state: GuardState,
  finding: FindingRecord,
  { reason }: LeftAlone,
): FindingRecord | 'changed' {
  if (reason === 'changed') return 'changed';
  if (reason === 'gone' || reason === 'not-a-file') {
    const gone: FindingRecord = { ...finding, state: 'gone' };
    state.findings.save(gone);
    return gone;
  }
  if (finding.mend?.act === 'blocked') return finding;
  const mend = { act: 'blocked' as const, at: state.now(), removed: [], restorableUntil: null };
  const blocked: FindingRecord = { ...finding, mend };
  state.findings.save(blocked);
  const alarm = reason === 'quarantine-full' ? 'quarantine-full' : 'not-mendable';
  const { accountRef, findingId } = finding;
  const about = reason === 'quarantine-full' ? null : findingId;
  raiseAlarm(state, alarm, { rule: null, accountRef, findingId: about });
  tellMend(state, blocked, 'blocked');
  return blocked;
}

/**
 * A copy of the file from before, if the operator keeps one in `originals/<account>/<path>`: taken
 * only when it is known to be good or judged clean now.
 */
async function originalOf(state: GuardState, owner: Owner, path: Buffer): Promise<Buffer | null> {
  const folder = join(state.options.folder, 'originals', owner.accountRef);
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return null;
  const home = openHome(folder);
  try {
    const read = readEntry(home, null, path);
    if (read.kind === 'left' || read.partial || read.length === 0) return null;
    const content = Buffer.from(read.bytes.subarray(0, read.length));
    if (state.knownGood.has(read.sha256)) return content;
    const name = path.toString('latin1').split('/').at(-1) ?? '';
    const { verdict } = await state.judge.judge(name, content, false);
    return verdict.class === 'clean' ? content : null;
  } finally {
    closeSync(home);
  }
}

function isScript(path: Buffer): boolean {
  return /\.(php\d?|phtml|pht|inc|module|install|theme)$/i.test(path.toString('latin1'));
}
