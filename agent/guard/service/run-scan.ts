import type { Owner } from '../mend/mend-file.ts';
import { ruleSetOf } from '../scan/rule-set.ts';
import { ownerOf, refreshRules, type GuardState } from './guard-state.ts';
import { inspectFile } from './inspect-file.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { startScan, type ScanProcess } from './scan-process.ts';
import type { ScanView } from './wire.ts';

/** How many files may end the process of one scan before it is given up. */
const MOST_FATAL = 50;

export interface ScanControl {
  /** Ours: what was clean, from scan to scan. */
  folder: string;
  started: (process: ScanProcess | null) => void;
  isStopped: () => boolean;
}

/**
 * Scans one account to the end. The scan's process only names files; each is looked at afresh, told
 * and mended as a written one would be. A file that ends the process is named and passed by.
 */
export async function runScan(
  state: GuardState,
  running: ScanView,
  control: ScanControl,
): Promise<ScanView> {
  const fatalHex: string[] = [];
  while (fatalHex.length <= MOST_FATAL) {
    const owner = ownerOf(state.options, running.accountRef);
    if (!owner) return { ...running, state: 'failed', endedAt: state.now() };
    const { counts, ended } = await runOnce(state, running, control, { owner, fatalHex });
    if (control.isStopped()) return { ...running, state: 'waiting', startedAt: null };
    if (ended === true) {
      await closeWhatIsGone(state, owner);
      const done = { ...running, ...counts, state: 'done' as const, endedAt: state.now() };
      state.spool.tell({ kind: 'scan', ...done });
      return done;
    }
    if (ended.fatalHex === null) break;
    fatalHex.push(ended.fatalHex);
  }
  const { accountRef } = running;
  raiseAlarm(state, 'scan-failed', { rule: null, accountRef, findingId: null });
  const lost = { ...running, state: 'failed' as const, endedAt: state.now() };
  state.spool.tell({ kind: 'scan', ...lost });
  return lost;
}

async function runOnce(
  state: GuardState,
  running: ScanView,
  control: ScanControl,
  { owner, fatalHex }: { owner: Owner; fatalHex: string[] },
) {
  const counts = { scannedFiles: 0, records: 0, malicious: 0, compromised: 0 };
  const look = async (path: Buffer) => {
    const target = { owner, path, foundBy: 'scan' as const, origin: null };
    const inspection = await inspectFile(state, target);
    if (inspection.kind !== 'found') return;
    counts.records += 1;
    if (inspection.finding.class === 'malicious') counts.malicious += 1;
    if (inspection.finding.class === 'compromised') counts.compromised += 1;
  };
  const looks: Promise<void>[] = [];
  const gently = running.scanKind !== 'on-demand';
  refreshRules(state);
  const process = startScan({
    ...{ owner, folder: control.folder, fatalHex, gently, rules: ruleSetOf(state.rules) },
    heard: (message) => {
      if (message.kind === 'found') looks.push(look(Buffer.from(message.pathHex, 'hex')));
      else counts.scannedFiles = message.files;
    },
  });
  control.started(process);
  const ended = await process.ended;
  control.started(null);
  await Promise.all(looks);
  return { counts, ended };
}

/** What was found before and does not stand there any more is closed. */
async function closeWhatIsGone(state: GuardState, owner: Owner): Promise<void> {
  for (const finding of state.findings.ofAccount(owner.accountRef)) {
    if (finding.state !== 'open') continue;
    const path = Buffer.from(finding.pathHex, 'hex');
    await inspectFile(state, { owner, path, foundBy: 'scan', origin: null });
  }
}
