import { isDeepStrictEqual } from 'node:util';
import { readMend, expireMends } from '../mend/quarantine.ts';
import { recoverMends } from '../mend/settle-mend.ts';
import { bytesOf, ignoreFinding, restoreFinding, type Decided } from './decide-finding.ts';
import type { FindingRecord } from './finding-store.ts';
import {
  openState,
  ownerOf,
  refreshKnownGood,
  refreshRules,
  type GuardOptions,
  type GuardState,
} from './guard-state.ts';
import { inspectFile } from './inspect-file.ts';
import { mayRun } from './may-run.ts';
import { outsideOpinions } from './outside-opinions.ts';
import { noteMend } from './mend-finding.ts';
import { modeOf } from './mode-of.ts';
import { tellFinding } from './record-finding.ts';
import { openScans } from './scans.ts';
import { installRules, rollBack, rulesInUse } from './rule-packs.ts';
import type { FindingOrigin, FindingView, GuardPolicy, GuardSummary, MailCount } from './wire.ts';
import { writtenFiles } from './written-files.ts';

const FIRST_DUE_MS = 15_000;
const DUE_EVERY_MS = 60_000;

export type OpenGuard = ReturnType<typeof openGuard>;

/** The guard of one server: what others may ask of it. Paths come as text or as bytes in hex. */
export function openGuard(options: GuardOptions, failed: (error: unknown) => void) {
  const state = openState(options, () => new Date().toISOString());
  refreshKnownGood(state);
  recoverMends(state.quarantine, (accountRef) => ownerOf(options, accountRef));
  reconcile(state);
  warmUp(state, failed);
  const outside = outsideOpinions(state, options.outside, failed);
  state.outside = outside;
  const written = writtenFiles(state, failed);
  const scans = openScans(state, failed);
  scans.resume();
  const everySoOften = () => {
    refreshKnownGood(state);
    refreshRules(state);
    scans.orderDue();
    for (const { findingId } of expireMends(state.quarantine, state.now())) {
      const finding = state.findings.get(findingId);
      if (!finding?.mend) continue;
      state.findings.save({ ...finding, mend: { ...finding.mend, restorableUntil: null } });
    }
  };
  const first = setTimeout(everySoOften, FIRST_DUE_MS);
  const timer = setInterval(everySoOften, DUE_EVERY_MS);

  return {
    written: (file: { accountRef: string; path: string; origin: FindingOrigin }) =>
      written.add({ ...file, path: Buffer.from(file.path) }),
    writtenBytes: written.add,
    /** Files changed that nobody announced: that account, or all (null), are looked at again. */
    missed: (accountRef: string | null) => scans.orderAll(accountRef),
    mayRun: ({ accountRef, path }: { accountRef: string; path: string }) =>
      mayRun(state, written, accountRef, Buffer.from(path)),
    /** Keeps what was counted until the centre fetches it. */
    tellMail: (counts: MailCount[]) => state.spool.tell({ kind: 'mail', counts }).seq,
    rules: () => rulesInUse(state),
    installRules: (pack: string) => installRules(state, pack),
    rollBackRules: () => rollBack(state),
    setPolicy: (policy: GuardPolicy) => setPolicy(state, policy, failed),
    events: ({ after, limit }: { after: number; limit: number }) => ({
      ...state.spool.page(after, limit),
      sources: outside.states(),
    }),
    scan: ({ accountRef, key }: { accountRef: string; key?: string | undefined }) =>
      ownerOf(options, accountRef) ? scans.order(accountRef, 'on-demand', key) : null,
    scanOf: (scanId: string) => scans.get(scanId),
    summary: (accountRef: string): GuardSummary => {
      const open = state.findings.ofAccount(accountRef).filter((found) => found.state === 'open');
      const scan = scans.lastOf(accountRef);
      return {
        records: open.length,
        malicious: open.filter((found) => found.class === 'malicious').length,
        compromised: open.filter((found) => found.class === 'compromised').length,
        scannedFiles: scan?.scannedFiles ?? 0,
        scanStartedAt: scan?.startedAt ?? null,
        scanEndedAt: scan?.endedAt ?? null,
      };
    },
    finding: (findingId: string) => view(state.findings.get(findingId)),
    bytes: (asked: { findingId: string; offset: number; limit: number }) =>
      showBytesOf(state, asked),
    restore: (findingId: string) => viewDecided(restoreFinding(state, findingId)),
    ignore: (findingId: string) => viewDecided(ignoreFinding(state, findingId)),
    stop: () => {
      clearTimeout(first);
      clearInterval(timer);
      scans.stop();
      outside.stop();
      state.judge.stop();
      state.spool.close();
    },
  };
}

/** What was certain and waited for leave to act is acted on now; a person has decided. */
function setPolicy(
  state: GuardState,
  policy: GuardPolicy,
  failed: (error: unknown) => void,
): GuardPolicy {
  // Whoever sends it again and again has not decided anything.
  if (isDeepStrictEqual(state.policy, policy)) return policy;
  state.policy = policy;
  state.breaker.open.clear();
  state.breaker.acts = [];
  for (const { accountRef, pathHex, certain, state: now } of state.findings.all()) {
    const path = Buffer.from(pathHex, 'hex');
    if (now !== 'open' || !certain) continue;
    if (modeOf(policy, accountRef, path.toString('latin1')) !== 'protect') continue;
    const owner = ownerOf(state.options, accountRef);
    if (!owner) continue;
    inspectFile(state, { owner, path, foundBy: 'scan', origin: null }).catch(failed);
  }
  return policy;
}

/** The first file of all need not wait for the judge to start. */
function warmUp(state: GuardState, failed: (error: unknown) => void): void {
  const { server, accounts } = state.policy;
  if (server === 'off' && accounts.every(({ mode }) => mode === 'off')) return;
  state.judge.judge('index.php', Buffer.from('<?php'), false).catch(failed);
}

/**
 * A kill between two writes leaves the later one undone: findings that were never told, and mendings
 * that the finding does not know of, are put right. Telling twice is allowed, not telling is not.
 */
function reconcile(state: GuardState): void {
  const events = state.spool.all();
  const told = new Set(events.map((event) => (event.kind === 'finding' ? event.findingId : '')));
  const keptSince = events[0]?.at ?? '';
  for (const finding of state.findings.all()) {
    const { findingId, foundAt } = finding;
    if (!told.has(findingId) && foundAt >= keptSince) tellFinding(state, finding);
    const record = readMend(state.quarantine, findingId);
    if (record?.state === 'done' && finding.state !== 'mended') noteMend(state, finding, record);
    if (record?.state !== 'restored' || finding.state === 'restored') continue;
    state.findings.save({ ...finding, state: 'restored' });
    state.spool.tell({ kind: 'restored', findingId, accountRef: finding.accountRef });
  }
}

function view(finding: FindingRecord | null): FindingView | null {
  if (!finding) return null;
  const { pathHex: _bytes, ...shown } = finding;
  return shown;
}

function viewDecided(decided: Decided) {
  return decided.kind === 'done' ? { ...decided, finding: view(decided.finding) } : decided;
}

function showBytesOf(
  state: GuardState,
  { findingId, offset, limit }: { findingId: string; offset: number; limit: number },
) {
  const finding = state.findings.get(findingId);
  if (!finding) return { kind: 'unknown' as const };
  const shown = bytesOf(state, finding, offset, limit);
  if (!shown) return { kind: 'refused' as const, reason: 'expired' as const };
  const end = offset + shown.bytes.length;
  const { ranges, totalBytes, bytes } = shown;
  const nextOffset = end < totalBytes ? end : null;
  const base64 = bytes.toString('base64');
  return {
    kind: 'done' as const,
    value: { findingId, ranges, totalBytes, offset, base64, nextOffset },
  };
}
