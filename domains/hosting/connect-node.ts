import type { Ctx } from '#platform/context.ts';
import { extensionKind } from '#platform/extensions.ts';
import { selectNode } from './node-store.ts';
import type { Node } from './node.ts';
import type { ServerCapabilities, ServerConnection, ServerModule } from './server-module.ts';

export const serverModuleKind = extensionKind<ServerModule>('server-module');

export type ConnectedNode = {
  kind: 'connected';
  node: Node;
  capabilities: ServerCapabilities;
  server: ServerConnection;
};

/** Why a node cannot be spoken to: nothing that waiting alone would mend. */
export type NodeNotConnected = { kind: 'not-connected'; message: string };

/** The node with the module that speaks to it. */
export async function connectNode(
  ctx: Ctx,
  nodeId: string,
): Promise<ConnectedNode | NodeNotConnected> {
  const node = await selectNode(ctx, nodeId);
  return node ? connectTo(ctx, node) : notConnected(`node ${nodeId} is gone`);
}

export function connectTo(
  ctx: Pick<Ctx, 'extension'>,
  node: Node,
): ConnectedNode | NodeNotConnected {
  const module = ctx.extension(serverModuleKind, node.moduleId);
  if (!module) return notConnected(`${node.moduleId} is not installed`);
  const server = module.connect(node.settings);
  if (server.kind === 'connected') {
    return { kind: 'connected', node, capabilities: module.capabilities, server };
  }
  return notConnected(`settings of ${node.name}: ${server.field}: ${server.message}`);
}

function notConnected(message: string): NodeNotConnected {
  return { kind: 'not-connected', message };
}
