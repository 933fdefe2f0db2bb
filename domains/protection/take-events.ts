import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { insertAlarmOnce } from './alarm-store.ts';
import { refreshFigures, refreshScans } from './account-figures-store.ts';
import type { EngineEvent, EventPage } from './protection-engine.ts';
import { eventInBusinessTime, inBusinessTime } from './business-time.ts';
import { factOf, protectionFinding, protectionFindingChanged } from './events.ts';
import { changedBy, newFinding } from './finding.ts';
import type { Finding } from './finding.ts';
import { lockFindingsByRef, saveFindings } from './finding-store.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { guardedAccountsByRef } from './guarded-account-store.ts';
import type { GuardedNode } from './guarded-node.ts';
import { lockNode, updateNode } from './guarded-node-store.ts';
import { forgetMailHours, saveMailHours } from './mail-store.ts';
import { mailFindings } from './mail-findings.ts';
import { scanAs } from './scan.ts';
import { saveScan, scanByRef } from './scan-store.ts';
import { syncAccounts } from './sync-accounts.ts';

/**
 * Takes in one page of an engine's events, in the transaction that moves the cursor: asked for
 * twice, or by two at once, a page counts once. False when somebody else took it.
 */
export async function takeEvents(
  ctx: Ctx,
  nodeId: string,
  after: number,
  page: EventPage,
): Promise<boolean> {
  const node = await lockNode(ctx, nodeId);
  if (!node || node.cursor !== after) return false;
  const events = page.events.map((event) => eventInBusinessTime(ctx, event));
  const taking = await beginTaking(ctx, node, events);
  for (const event of events) await takeOne(ctx, taking, event);
  await saveFindings(ctx, [...taking.findings.values()]);
  await announce(ctx, taking);
  const touched = [...taking.touched.values()];
  await refreshFigures(ctx, touched);
  await refreshScans(ctx, touched);
  await mailFindings(ctx, touched, [...taking.findings.values()].filter(taking.isNew));
  const cursor = Math.max(node.cursor, page.nextAfter);
  await updateNode(ctx, { ...node, cursor, lostEvents: node.lostEvents + page.lost });
  return true;
}

type Taking = {
  node: GuardedNode;
  /** Of findings in accounts that we do not know. */
  orphanBranch: number;
  accounts: Map<string, GuardedAccount>;
  touched: Map<string, GuardedAccount>;
  /** By the engine's names, as they stand after the events so far. */
  findings: Map<string, Finding>;
  before: ReadonlyMap<string, Finding>;
  isNew(finding: Finding): boolean;
  /** When the last event of each finding happened, by its name. */
  happenedAt: Map<string, string>;
};

async function beginTaking(
  ctx: Ctx,
  node: GuardedNode,
  events: readonly EngineEvent[],
): Promise<Taking> {
  const findingRefs = [...new Set(events.flatMap((event) => findingRefOf(event) ?? []))];
  const locked = await lockFindingsByRef(ctx, node.nodeId, findingRefs);
  const named = events.flatMap(accountRefsOf);
  // What becomes of a finding is told by the finding alone.
  const refs = [...new Set([...named, ...locked.map(({ accountRef }) => accountRef)])];
  const find = async () => {
    const known = await guardedAccountsByRef(ctx, node.nodeId, refs);
    return new Map(known.map((account) => [account.accountRef, account]));
  };
  let accounts = await find();
  if (named.some((ref) => !accounts.has(ref))) {
    // An account may be older there than it is known here.
    await syncAccounts(ctx, node);
    accounts = await find();
  }
  const before = new Map(locked.map((finding) => [finding.engineRef, finding]));
  const seller = await findSeller(ctx, node.sellerId);
  return {
    node,
    orphanBranch: seller?.branch ?? 0,
    accounts,
    touched: new Map(),
    findings: new Map(before),
    before,
    isNew: ({ engineRef }) => !before.has(engineRef),
    happenedAt: new Map(),
  };
}

function accountRefsOf(event: EngineEvent): string[] {
  if (event.kind === 'mail') return event.counts.flatMap(({ accountRef }) => accountRef ?? []);
  return [accountRefOf(event) ?? []].flat();
}

function accountRefOf(event: EngineEvent): string | null {
  return 'accountRef' in event ? event.accountRef : null;
}

function findingRefOf(event: EngineEvent): string | null {
  return 'findingRef' in event ? event.findingRef : null;
}

async function takeOne(ctx: Ctx, taking: Taking, event: EngineEvent): Promise<void> {
  const ref = accountRefOf(event);
  const account = ref === null ? undefined : taking.accounts.get(ref);
  if (account) taking.touched.set(account.accountId, account);
  if (event.kind === 'finding') return takeFinding(ctx, taking, event, account);
  if (event.kind === 'scan') return takeScan(ctx, taking, event, account);
  if (event.kind === 'mail') return takeMail(ctx, taking, event);
  const findingRef = findingRefOf(event);
  const finding = findingRef === null ? undefined : taking.findings.get(findingRef);
  if (finding) {
    taking.happenedAt.set(finding.engineRef, event.at);
    taking.findings.set(finding.engineRef, changedBy(finding, event));
    const place = [...taking.accounts.values()].find((one) => one.accountId === finding.accountId);
    if (place) taking.touched.set(place.accountId, place);
  }
  if (event.kind === 'alarm') await takeAlarm(ctx, taking, event, account, finding);
}

async function takeFinding(
  ctx: Ctx,
  { node, findings, orphanBranch }: Taking,
  event: EngineEvent & { kind: 'finding' },
  account: GuardedAccount | undefined,
): Promise<void> {
  if (findings.has(event.findingRef)) return;
  const branch = account?.branch ?? orphanBranch;
  const place = {
    id: ctx.newId('fnd', branch),
    branch,
    nodeId: node.nodeId,
    sellerId: account?.sellerId ?? node.sellerId,
    accountId: account?.accountId ?? null,
    clientId: account?.clientId ?? null,
    brandId: account?.brandId ?? null,
    domainName: account?.domainName ?? event.accountRef,
    createdAt: ctx.now,
  };
  const mode = account?.appliedMode ?? account?.mode ?? 'detect';
  findings.set(event.findingRef, newFinding(place, event.seq, event, mode));
}

async function takeScan(
  ctx: Ctx,
  { node }: Taking,
  event: EngineEvent & { kind: 'scan' },
  account: GuardedAccount | undefined,
): Promise<void> {
  if (!account) return;
  const { branch, accountId } = account;
  const { nodeId } = node;
  const known = await scanByRef(ctx, { branch, nodeId, engineRef: event.scanRef });
  const fresh = {
    id: ctx.newId('scn', branch),
    branch,
    accountId,
    nodeId,
    engineRef: event.scanRef,
    kind: event.scanKind,
    state: 'waiting' as const,
    askedAt: ctx.now,
    startedAt: null,
    endedAt: null,
    scannedFiles: 0,
    records: 0,
    malicious: 0,
    compromised: 0,
    lastError: null,
  };
  await saveScan(ctx, scanAs(known ?? fresh, event));
}

async function takeMail(
  ctx: Ctx,
  { node, accounts, orphanBranch }: Taking,
  event: EngineEvent & { kind: 'mail' },
): Promise<void> {
  const at = inBusinessTime(ctx);
  const hours = event.counts.map(({ accountRef, hour, ...figures }) => {
    const account = accountRef === null ? undefined : accounts.get(accountRef);
    return {
      branch: account?.branch ?? orphanBranch,
      nodeId: node.nodeId,
      accountRef: accountRef ?? '',
      accountId: account?.accountId ?? null,
      hour,
      hourAt: at(hour),
      ...figures,
    };
  });
  await saveMailHours(ctx, hours);
  await forgetMailHours(ctx, node.nodeId);
}

async function takeAlarm(
  ctx: Ctx,
  { node, orphanBranch }: Taking,
  event: EngineEvent & { kind: 'alarm' },
  account: GuardedAccount | undefined,
  finding: Finding | undefined,
): Promise<void> {
  await insertAlarmOnce(ctx, {
    branch: account?.branch ?? orphanBranch,
    nodeId: node.nodeId,
    seq: event.seq,
    kind: event.alarm,
    rule: event.rule,
    sellerId: account?.sellerId ?? node.sellerId,
    brandId: account?.brandId ?? null,
    accountId: account?.accountId ?? null,
    findingId: finding?.id ?? null,
    words: event.words,
    at: Temporal.Instant.from(event.at),
    settledAt: null,
  });
}

async function announce(ctx: Ctx, { findings, before, happenedAt }: Taking): Promise<void> {
  const fresh: Finding[] = [];
  const changed: Finding[] = [];
  for (const finding of findings.values()) {
    const earlier = before.get(finding.engineRef);
    if (!earlier) fresh.push(finding);
    else if (earlier.state !== finding.state) changed.push(finding);
  }
  const factsOf = (some: readonly Finding[]) =>
    some.map((one) => factOf(one, happenedAt.get(one.engineRef) ?? one.foundAt.toString()));
  // Together, because a wave of files is one incident for whoever listens.
  await ctx.announce(protectionFinding, ...factsOf(fresh));
  await ctx.announce(protectionFindingChanged, ...factsOf(changed));
}
