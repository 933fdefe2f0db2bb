import type { Ctx } from '#platform/context.ts';
import { nodesOfStaff } from '#domains/hosting/index.ts';
import type { Node } from '#domains/hosting/index.ts';
import type { GuardedNodeView } from './contract/node-contract.ts';
import { inBusinessTime } from './business-time.ts';
import type { GuardServerView } from './contract/server-contract.ts';
import { countOpenOrders } from './guard-order-store.ts';
import { selectServers } from './guard-server-store.ts';
import { stateOf } from './guard-server.ts';
import type { GuardServer } from './guard-server.ts';
import { protectionEngineKind } from './protection-engine.ts';
import { selectGuardedNodes } from './guarded-node-store.ts';
import type { GuardedNode } from './guarded-node.ts';
import { sumNodes } from './node-figures-store.ts';
import type { NodeFigures } from './node-figures-store.ts';

/** The nodes of the staff's sellers, those at most risk first. */
export async function guardedNodeViews(ctx: Ctx): Promise<GuardedNodeView[]> {
  const nodes = (await nodesOfStaff(ctx)).map(({ node }) => node);
  return viewNodes(ctx, nodes);
}

export async function guardedNodeView(ctx: Ctx, node: Node): Promise<GuardedNodeView> {
  const [view] = await viewNodes(ctx, [node]);
  if (!view) throw new Error(`node ${node.id} has no view`);
  return view;
}

async function viewNodes(ctx: Ctx, nodes: readonly Node[]): Promise<GuardedNodeView[]> {
  const ids = nodes.map(({ id }) => id);
  const guarded = new Map((await selectGuardedNodes(ctx, ids)).map((one) => [one.nodeId, one]));
  const sums = new Map((await sumNodes(ctx, ids)).map((sum) => [sum.nodeId, sum]));
  const servers = new Map((await selectServers(ctx, ids)).map((one) => [one.nodeId, one]));
  const orders = await countOpenOrders(ctx, [...servers.keys()]);
  const serverOf = ({ id }: Node) => {
    const server = servers.get(id);
    return server ? serverView(ctx, server, orders.get(id) ?? 0) : null;
  };
  return nodes
    .map((node) => ({
      ...viewOf(ctx, node, guarded.get(node.id), sums.get(node.id)),
      server: serverOf(node),
    }))
    .toSorted((a, b) => b.risk - a.risk || (a.name < b.name ? -1 : 1));
}

function viewOf(
  ctx: Ctx,
  node: Node,
  guarded: GuardedNode | undefined,
  sum: NodeFigures | undefined,
): Omit<GuardedNodeView, 'server'> {
  const engine = guarded?.engineId
    ? ctx.extension(protectionEngineKind, guarded.engineId)
    : undefined;
  return {
    nodeId: node.id,
    name: node.name,
    engineId: guarded?.engineId ?? null,
    engineTitle: engine?.title ?? null,
    can: engine?.capabilities ?? null,
    mode: guarded?.mode ?? null,
    accounts: sum?.accounts ?? 0,
    protectedAccounts: sum?.protectedAccounts ?? 0,
    openFindings: sum?.openFindings ?? 0,
    risk: sum?.risk ?? 0,
    syncedAt: guarded?.syncedAt?.toString() ?? null,
    attempts: guarded?.attempts ?? 0,
    lastError: guarded?.lastError ?? null,
    policyAppliedAt: guarded?.policyAppliedAt?.toString() ?? null,
    lostEvents: guarded?.lostEvents ?? 0,
    agentState: guarded?.agentState ?? 'absent',
    metrics: guarded?.metrics ?? null,
    sources: [...(guarded?.sources ?? [])],
    outsideActs: guarded?.outsideActs ?? false,
  };
}

function serverView(ctx: Ctx, server: GuardServer, waitingOrders: number): GuardServerView {
  const nowMs = Date.now();
  const moved = inBusinessTime(ctx);
  const at = (ms: number | null) =>
    moved(ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString());
  const { hostName, version, watcher, watcherWhy, homes, rules, joinUntilMs } = server;
  return {
    ...{ hostName, version, watcher, watcherWhy, homes, rules, waitingOrders },
    state: stateOf(server, nowMs),
    accounts: server.accounts.length,
    heardAt: at(server.heardAtMs),
    joinUntil: joinUntilMs !== null && joinUntilMs > nowMs ? at(joinUntilMs) : null,
  };
}
