import { isDeepStrictEqual } from 'node:util';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { allNodes, findNode } from '#domains/hosting/index.ts';
import { connectEngine, engineFor } from './connect-engine.ts';
import type { ConnectedEngine } from './connect-engine.ts';
import { policyDigest } from './decide-policy.ts';
import type { EngineSource } from './protection-engine.ts';
import { markApplied } from './guarded-account-store.ts';
import { nextSyncMs } from './guarded-node.ts';
import type { GuardedNode } from './guarded-node.ts';
import {
  dueNodes,
  insertNodeOnce,
  lockNode,
  selectGuardedNode,
  unguardedNodeIds,
  updateNode,
} from './guarded-node-store.ts';
import { advanceScans, hasOpenScans } from './advance-scans.ts';
import { syncAccounts } from './sync-accounts.ts';
import type { NodePolicy } from './sync-accounts.ts';
import { takeEvents } from './take-events.ts';
import { tellNodeState } from './tell-node-state.ts';

const AT_ONCE = 8;
const PAGE = 200;
/** Of one visit; the rest comes with the next. */
const PAGES_MAX = 20;
/** What is hosted and held is looked at again this often, whatever has been heard of it. */
const POLICY_EVERY_MS = 60_000;

/**
 * Every few seconds each node is told what it is to do, if that has changed, and asked what it has
 * found. By the wall clock: a node's files are real, however business time moves.
 */
export const syncDueNodes: AgendaItem = {
  name: 'protection.sync-nodes',
  nextDueAt: async (ctx) => {
    const ids = (await allNodes(ctx)).map(({ id }) => id);
    const isNew = (await unguardedNodeIds(ctx, ids)).length > 0;
    return isNew || (await dueNodes(ctx, Date.now(), 1)).length > 0 ? ctx.now : null;
  },
  runDue: async (outside) => {
    await outside.transact(guardNewNodes);
    const due = await outside.transact((ctx) => dueNodes(ctx, Date.now(), AT_ONCE));
    await Promise.all(due.map((nodeId) => syncNode(outside, nodeId)));
  },
};

/** Nodes that came since: each gets the engine that can guard it. */
async function guardNewNodes(ctx: Ctx): Promise<void> {
  const nodes = await allNodes(ctx);
  const fresh = await unguardedNodeIds(
    ctx,
    nodes.map(({ id }) => id),
  );
  for (const nodeId of fresh) {
    const node = await findNode(ctx, nodeId);
    if (!node) continue;
    await insertNodeOnce(ctx, newGuardedNode(node, await engineFor(ctx, node)));
  }
}

/** How a node is guarded before it was visited for the first time. */
export function newGuardedNode(
  { id, sellerId }: { id: string; sellerId: string },
  engineId: string | null,
): GuardedNode {
  return {
    nodeId: id,
    sellerId,
    engineId,
    mode: null,
    cursor: 0,
    lostEvents: 0,
    nextSyncAtMs: Date.now(),
    policyDueAtMs: 0,
    attempts: 0,
    syncedAt: null,
    lastError: null,
    policyApplied: null,
    policyAppliedAt: null,
    agentState: 'absent',
    metrics: null,
    metricsAt: null,
    sources: [],
    outsideActs: false,
  };
}

/** One visit to a node. Whatever goes wrong is written down and tried again. */
export async function syncNode(outside: Outside, nodeId: string): Promise<void> {
  await outside.transact(guardNewNodes);
  const begun = await outside.transact((ctx) => beginVisit(ctx, outside, nodeId));
  if (!begun) return;
  const problem = await visit(outside, begun).catch((error: unknown) => {
    outside.log.error({ error, nodeId }, 'a node could not be synchronised');
    return `it failed unexpectedly; see the log under ${outside.requestId}`;
  });
  await outside.transact((ctx) => endVisit(ctx, nodeId, problem));
}

type Visit = {
  node: GuardedNode;
  connected: Awaited<ReturnType<typeof connectEngine>>;
  /** Null when it is not its time. */
  wanted: NodePolicy | null;
};

/** The longest that one visit may take before another may begin. */
const LEASE_MS = 60_000;

async function beginVisit(ctx: Ctx, outside: Outside, nodeId: string): Promise<Visit | null> {
  const node = await lockNode(ctx, nodeId);
  if (!node?.engineId) return null;
  const nowMs = Date.now();
  const isPolicyDue = node.policyDueAtMs <= nowMs;
  const leased = { ...node, nextSyncAtMs: nowMs + LEASE_MS };
  await updateNode(
    ctx,
    isPolicyDue ? { ...leased, policyDueAtMs: nowMs + POLICY_EVERY_MS } : leased,
  );
  return {
    node,
    connected: await connectEngine(ctx, nodeId, outside),
    wanted: isPolicyDue ? await syncAccounts(ctx, node) : null,
  };
}

/** What went wrong, or null. */
async function visit(outside: Outside, { node, connected, wanted }: Visit): Promise<string | null> {
  if (connected.kind !== 'connected') return connected.message;
  const told = wanted && (await tellPolicy(outside, connected, node, wanted));
  if (told) return told;
  const pulled = await pullEvents(outside, connected, node.nodeId);
  if (pulled) return pulled;
  if (connected.capabilities.scan) {
    const scanned = await advanceScans(outside, connected.engine, node.nodeId);
    if (scanned) return scanned;
  }
  return connected.capabilities.metrics ? readMetrics(outside, connected, node.nodeId) : null;
}

async function tellPolicy(
  outside: Outside,
  { engine, capabilities }: ConnectedEngine,
  node: GuardedNode,
  { policy, accounts }: NodePolicy,
): Promise<string | null> {
  if (!capabilities.policy) return null;
  const digest = policyDigest(policy);
  // Told even when it is the same: a node whose folder was emptied has forgotten it.
  const answer = await engine.setPolicy(policy);
  // A server that calls us has us woken when it has taken it.
  if (answer.kind === 'waiting') return null;
  if (answer.kind !== 'ok') {
    await outside.transact(async (ctx) => {
      const locked = await lockNode(ctx, node.nodeId);
      if (locked) await updateNode(ctx, { ...locked, policyDueAtMs: 0 });
    });
    return answer.message;
  }
  await outside.transact(async (ctx) => {
    const locked = await lockNode(ctx, node.nodeId);
    if (!locked) return;
    await updateNode(ctx, { ...locked, policyApplied: digest, policyAppliedAt: ctx.now });
    await markApplied(ctx, accounts);
  });
  return null;
}

async function pullEvents(
  outside: Outside,
  { engine, capabilities }: ConnectedEngine,
  nodeId: string,
): Promise<string | null> {
  if (!capabilities.events) return null;
  for (let turn = 0; turn < PAGES_MAX; turn += 1) {
    const node = await outside.transact((ctx) => selectGuardedNode(ctx, nodeId));
    if (!node) return null;
    const answer = await engine.events(node.cursor, PAGE);
    if (answer.kind !== 'ok') return answer.message;
    const page = answer.value;
    const { sources } = page;
    if (sources && !isDeepStrictEqual(node.sources, sources)) {
      await outside.transact((ctx) => saveSources(ctx, nodeId, sources));
    }
    if (page.events.length === 0 && page.lost === 0) return null;
    const isOurs = await outside.transact((ctx) => takeEvents(ctx, nodeId, node.cursor, page));
    if (!isOurs || page.events.length < PAGE) return null;
  }
  return null;
}

export async function saveSources(
  ctx: Ctx,
  nodeId: string,
  sources: readonly EngineSource[],
): Promise<void> {
  const node = await lockNode(ctx, nodeId);
  if (node) await updateNode(ctx, { ...node, sources });
}

async function readMetrics(
  outside: Outside,
  { engine }: ConnectedEngine,
  nodeId: string,
): Promise<string | null> {
  const answer = await engine.metrics();
  if (answer.kind !== 'ok') return answer.message;
  await outside.transact(async (ctx) => {
    const locked = await lockNode(ctx, nodeId);
    if (locked) await updateNode(ctx, { ...locked, metrics: answer.value, metricsAt: ctx.now });
  });
  return null;
}

async function endVisit(ctx: Ctx, nodeId: string, problem: string | null): Promise<void> {
  const node = await lockNode(ctx, nodeId);
  if (!node) return;
  const attempts = problem === null ? 0 : node.attempts + 1;
  await tellNodeState(ctx, node, attempts);
  await updateNode(ctx, {
    ...node,
    attempts,
    lastError: problem?.slice(0, 500) ?? null,
    syncedAt: problem === null ? ctx.now : node.syncedAt,
    nextSyncAtMs: Date.now() + nextSyncMs(attempts, await hasOpenScans(ctx, nodeId)),
  });
}
