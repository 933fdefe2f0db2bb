import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { EngineMetrics, EngineSource } from './protection-engine.ts';
import type { AgentStateName, GuardedNode } from './guarded-node.ts';
import type { Mode } from './protection-words.ts';

type Row = {
  node_id: string;
  seller_id: string;
  engine_id: string | null;
  mode: Mode | null;
  cursor: bigint;
  lost_events: bigint;
  next_sync_at_ms: bigint;
  policy_due_at_ms: bigint;
  attempts: number;
  synced_at: Temporal.Instant | null;
  last_error: string | null;
  policy_applied: string | null;
  policy_applied_at: Temporal.Instant | null;
  agent_state: AgentStateName;
  metrics: EngineMetrics | null;
  metrics_at: Temporal.Instant | null;
  sources: readonly EngineSource[];
  outside_acts: boolean;
};

type Tables = { guarded_node: Row };

function toNode(row: Row): GuardedNode {
  return {
    nodeId: row.node_id,
    sellerId: row.seller_id,
    engineId: row.engine_id,
    mode: row.mode,
    cursor: Number(row.cursor),
    lostEvents: Number(row.lost_events),
    nextSyncAtMs: Number(row.next_sync_at_ms),
    policyDueAtMs: Number(row.policy_due_at_ms),
    attempts: row.attempts,
    syncedAt: row.synced_at,
    lastError: row.last_error,
    policyApplied: row.policy_applied,
    policyAppliedAt: row.policy_applied_at,
    agentState: row.agent_state,
    metrics: row.metrics,
    metricsAt: row.metrics_at,
    sources: row.sources,
    outsideActs: row.outside_acts,
  };
}

function toRow(node: GuardedNode) {
  return {
    node_id: node.nodeId,
    seller_id: node.sellerId,
    engine_id: node.engineId,
    mode: node.mode,
    cursor: BigInt(node.cursor),
    lost_events: BigInt(node.lostEvents),
    next_sync_at_ms: BigInt(node.nextSyncAtMs),
    policy_due_at_ms: BigInt(node.policyDueAtMs),
    attempts: node.attempts,
    synced_at: node.syncedAt,
    last_error: node.lastError,
    policy_applied: node.policyApplied,
    policy_applied_at: node.policyAppliedAt,
    agent_state: node.agentState,
    metrics: node.metrics === null ? null : jsonb(node.metrics),
    metrics_at: node.metricsAt,
    sources: jsonb(node.sources),
    outside_acts: node.outsideActs,
  };
}

export async function insertNodeOnce(ctx: Ctx, node: GuardedNode): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('guarded_node')
    .values(toRow(node))
    .onConflict((conflict) => conflict.column('node_id').doNothing())
    .execute();
}

/** Writes a node back; it must have been read in this transaction by `lockNode`. */
export async function updateNode(ctx: Ctx, node: GuardedNode): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('guarded_node')
    .set(toRow(node))
    .where('node_id', '=', node.nodeId)
    .execute();
}

export async function selectGuardedNode(ctx: Ctx, nodeId: string): Promise<GuardedNode | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_node')
    .selectAll()
    .where('node_id', '=', nodeId)
    .executeTakeFirst();
  return row ? toNode(row) : null;
}

export async function lockNode(ctx: Ctx, nodeId: string): Promise<GuardedNode | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_node')
    .selectAll()
    .where('node_id', '=', nodeId)
    .forUpdate()
    .executeTakeFirst();
  return row ? toNode(row) : null;
}

export async function selectGuardedNodes(
  ctx: Ctx,
  nodeIds: readonly string[],
): Promise<GuardedNode[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_node')
    .selectAll()
    .where(sql<boolean>`node_id = any(${[...nodeIds]})`)
    .execute();
  return rows.map(toNode);
}

/** Nodes whose engine is to be asked now, the longest waiting first. */
export async function dueNodes(ctx: Ctx, nowMs: number, limit: number): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_node')
    .select('node_id')
    .where('engine_id', 'is not', null)
    .where('next_sync_at_ms', '<=', BigInt(nowMs))
    .orderBy('next_sync_at_ms')
    .limit(limit)
    .execute();
  return rows.map((row) => row.node_id);
}

/** Lets the nodes be told their policies anew, and asks them now. */
export async function wakeNodes(ctx: Ctx, nodeIds: readonly string[]): Promise<void> {
  await sql`
    update guarded_node set policy_due_at_ms = 0, next_sync_at_ms = 0
    where node_id = any(${[...nodeIds]})`.execute(ctx.tx);
}

/** Has a node asked at the next occasion, its pause after failures notwithstanding. */
export async function wakeNode(ctx: Ctx, nodeId: string): Promise<void> {
  await sql`update guarded_node set next_sync_at_ms = 0 where node_id = ${nodeId}`.execute(ctx.tx);
}

export async function unguardedNodeIds(ctx: Ctx, nodeIds: readonly string[]): Promise<string[]> {
  const known = await selectGuardedNodes(ctx, nodeIds);
  const ids = new Set(known.map(({ nodeId }) => nodeId));
  return nodeIds.filter((id) => !ids.has(id));
}
