import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { serverModuleKind } from './connect-node.ts';
import { selectNodeByName, upsertNode } from './node-store.ts';
import type { Node } from './node.ts';

export type NodeInput = Pick<Node, 'sellerId' | 'name' | 'moduleId' | 'state' | 'capacity'> & {
  settings: unknown;
};

/**
 * Adds a seller's node, or changes the one of that name. The settings must fit the module's
 * schema. Refuses `seller-not-found`, `server-module-unknown`, `node-settings-invalid`.
 */
export async function saveNode(ctx: Ctx, input: NodeInput): Promise<Node> {
  const seller = await findSeller(ctx, input.sellerId);
  if (!seller) refuse('seller-not-found', { field: 'sellerId' });
  const earlier = await selectNodeByName(ctx, input.sellerId, input.name);
  const node: Node = {
    ...input,
    settings: checkedSettings(ctx, input.moduleId, input.settings),
    id: earlier?.id ?? ctx.newId('nod', seller.branch),
    createdAt: earlier?.createdAt ?? ctx.now,
  };
  await upsertNode(ctx, node);
  return node;
}

/** Settings as the module reads them, with its defaults; refuses what does not fit. */
export function checkedSettings(ctx: Ctx, moduleId: string, settings: unknown): unknown {
  const module = ctx.extension(serverModuleKind, moduleId);
  if (!module) refuse('server-module-unknown', { field: 'moduleId' });
  const read = module.settings.safeParse(settings);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const field = ['settings', ...(issue?.path ?? [])].join('.');
  refuse('node-settings-invalid', { field, params: { message: issue?.message ?? '' } });
}
