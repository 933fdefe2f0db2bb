import type { Ctx } from '#platform/context.ts';
import { readHistory } from '#platform/events.ts';
import { z } from 'zod';
import { isRestorable } from './act-on-finding.ts';
import { connectEngine } from './connect-engine.ts';
import type {
  AccountProtectionView,
  FindingDetailView,
  FindingView,
  ScanView,
} from './contract/protection-wire.ts';
import type { Finding } from './finding.ts';
import { isOpen } from './finding.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { openVerbOf } from './guard-order-store.ts';
import { selectGuardedAccount } from './guarded-account-store.ts';
import { FINDING_STATES, MEND_ACTS } from './protection-words.ts';
import type { Scan } from './scan.ts';
import { standingOf } from './standing.ts';

export function summaryOf(account: GuardedAccount | null): AccountProtectionView['summary'] {
  return {
    records: account?.openFindings ?? 0,
    malicious: account?.malicious ?? 0,
    compromised: account?.compromised ?? 0,
    scannedFiles: account?.scannedFiles ?? 0,
    scanStartedAt: account?.scanStartedAt?.toString() ?? null,
    scanEndedAt: account?.scanEndedAt?.toString() ?? null,
  };
}

export function accountView(account: GuardedAccount): AccountProtectionView {
  return {
    accountId: account.accountId,
    subscriptionId: account.subscriptionId,
    domainName: account.domainName,
    standing: standingOf(account),
    mode: account.mode,
    appliedMode: account.appliedMode,
    bought: account.bought,
    summary: summaryOf(account),
    mended: account.mended,
    lastFindingAt: account.lastFindingAt?.toString() ?? null,
  };
}

export function scanView(scan: Scan): ScanView {
  return {
    id: scan.id,
    kind: scan.kind,
    state: scan.state,
    askedAt: scan.askedAt.toString(),
    startedAt: scan.startedAt?.toString() ?? null,
    endedAt: scan.endedAt?.toString() ?? null,
    scannedFiles: scan.scannedFiles,
    records: scan.records,
    malicious: scan.malicious,
    compromised: scan.compromised,
  };
}

export function findingView(finding: Finding): FindingView {
  return {
    id: finding.id,
    accountId: finding.accountId,
    domainName: finding.domainName,
    path: finding.path,
    class: finding.class,
    family: finding.family,
    certain: finding.certain,
    state: finding.state,
    act: finding.act,
    foundAt: finding.foundAt.toString(),
    foundBy: finding.foundBy,
    mendedAt: finding.mendedAt?.toString() ?? null,
    sizeBytes: finding.sizeBytes,
  };
}

/** What of a fact the history shows. */
const Fact = z.object({
  state: z.enum(FINDING_STATES),
  act: z.enum(MEND_ACTS).nullable(),
  happenedAt: z.string(),
});

export async function findingDetail(ctx: Ctx, finding: Finding): Promise<FindingDetailView> {
  const account = finding.accountId ? await selectGuardedAccount(ctx, finding.accountId) : null;
  const connected = await connectEngine(ctx, finding.nodeId);
  const can = connected.kind === 'connected' ? connected.capabilities : null;
  const events = await readHistory(ctx, finding.branch, finding.id);
  return {
    ...findingView(finding),
    subscriptionId: account?.subscriptionId ?? null,
    sha256: finding.sha256,
    confidence: finding.confidence,
    rules: [...finding.rules],
    limitMet: finding.limitMet,
    detectedAfterMs: finding.detectedAfterMs,
    removed: [...finding.removed],
    restorableUntil: finding.restorableUntil?.toString() ?? null,
    origin: finding.origin,
    can: {
      restore: can?.restore === true && finding.state === 'mended' && isRestorable(finding),
      ignore: can?.ignore === true && isOpen(finding),
      bytes: can?.bytes === true && finding.state !== 'gone',
    },
    waitingFor: await openVerbOf(ctx, finding.nodeId, finding.engineRef),
    history: events.flatMap(({ id, actor, payload }) => {
      const fact = Fact.safeParse(payload);
      if (!fact.success) return [];
      const { happenedAt: at, ...rest } = fact.data;
      return [{ id, at, actor: actor.split(':')[0] ?? 'system', ...rest }];
    }),
  };
}
