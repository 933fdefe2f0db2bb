import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { findNode } from '#domains/hosting/index.ts';
import type { Node } from '#domains/hosting/index.ts';
import { protectionEngineKind } from './protection-engine.ts';
import type { EngineAnswer, EngineCapabilities, EngineConnection } from './protection-engine.ts';
import { selectServer } from './guard-server-store.ts';
import { selectGuardedNode } from './guarded-node-store.ts';
import { orderBox } from './order-box.ts';
import { selectEngineSettings } from './policy-store.ts';

export type ConnectedEngine = {
  kind: 'connected';
  engineId: string;
  capabilities: EngineCapabilities;
  engine: EngineConnection;
};

/** Why an engine cannot be spoken to: nothing that waiting alone would mend. */
export type EngineNotConnected = { kind: 'not-connected'; message: string };

/**
 * The engine that guards a node, with the way to it. Who wants more than to know what it can do
 * hands in the means to wait for a server that calls us.
 */
export async function connectEngine(
  ctx: Ctx,
  nodeId: string,
  outside: Outside | null = null,
): Promise<ConnectedEngine | EngineNotConnected> {
  const guarded = await selectGuardedNode(ctx, nodeId);
  const node = await findNode(ctx, nodeId);
  if (!guarded?.engineId || !node) return notConnected(`nothing guards ${nodeId}`);
  return connectTo(ctx, node, guarded.engineId, outside);
}

export async function connectTo(
  ctx: Ctx,
  node: Node,
  engineId: string,
  outside: Outside | null = null,
): Promise<ConnectedEngine | EngineNotConnected> {
  const engine = ctx.extension(protectionEngineKind, engineId);
  if (!engine) return notConnected(`${engineId} is not installed`);
  const stored = await selectEngineSettings(ctx, engineId);
  const settings = engine.settings.safeParse(stored ?? {});
  if (!settings.success) return notConnected(`${engineId} is not set up`);
  const server = await selectServer(ctx, node.id);
  const box = server && orderBox(outside, node.id);
  const connection = engine.connect(node, settings.data, box);
  if (connection === null) return notConnected(`${engineId} cannot guard ${node.name}`);
  if (connection.kind !== 'connected') {
    return notConnected(`settings: ${connection.field}: ${connection.message}`);
  }
  return {
    kind: 'connected',
    engineId,
    capabilities: engine.capabilities,
    engine: connection,
  };
}

/** The first engine that can guard such a node without anybody setting anything up. */
export async function engineFor(ctx: Ctx, node: Node): Promise<string | null> {
  for (const { id } of ctx.extensions(protectionEngineKind)) {
    if ((await connectTo(ctx, node, id)).kind === 'connected') return id;
  }
  return null;
}

/** The engine for an operation; refuses `engine-unreachable`, `engine-cannot`. */
export async function engineOf(
  ctx: Ctx,
  nodeId: string,
  can: keyof EngineCapabilities,
  outside: Outside | null = null,
): Promise<EngineConnection> {
  const connected = await connectEngine(ctx, nodeId, outside);
  if (connected.kind !== 'connected') {
    ctx.log.warn({ nodeId, message: connected.message }, 'an engine is not set up');
    refuse('engine-unreachable');
  }
  if (!connected.capabilities[can]) refuse('engine-cannot');
  return connected.engine;
}

/** The value of a good answer; the rest is refused in words that we know how to explain. */
export function answered<T>(answer: EngineAnswer<T>): T {
  if (answer.kind === 'ok') return answer.value;
  if (answer.kind === 'unreachable') refuse('engine-unreachable');
  if (answer.kind === 'waiting') refuse('engine-waiting');
  if (answer.code === 'engine-cannot') refuse('engine-cannot');
  return refuse('engine-refused', { params: { code: answer.code, message: answer.message } });
}

function notConnected(message: string): EngineNotConnected {
  return { kind: 'not-connected', message };
}
