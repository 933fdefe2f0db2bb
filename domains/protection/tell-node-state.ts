import type { Ctx } from '#platform/context.ts';
import { findNode } from '#domains/hosting/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { protectionNodeChanged } from './events.ts';
import { answeringChange } from './guarded-node.ts';
import type { GuardedNode } from './guarded-node.ts';

/** Says it when a node has fallen silent or answers again. */
export async function tellNodeState(
  ctx: Ctx,
  before: GuardedNode,
  attempts: number,
): Promise<void> {
  const state = answeringChange(before.attempts, attempts);
  if (state === null) return;
  const { nodeId, sellerId } = before;
  const node = await findNode(ctx, nodeId);
  const seller = await findSeller(ctx, sellerId);
  if (!node || !seller) return;
  await ctx.announce(protectionNodeChanged, {
    branch: seller.branch,
    subject: nodeId,
    payload: { nodeId, sellerId, name: node.name, state },
  });
}
