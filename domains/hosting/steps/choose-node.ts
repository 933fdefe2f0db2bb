import type { Ctx } from '#platform/context.ts';
import { serverModuleKind } from '../connect-node.ts';
import { deliveryFacts } from '../delivery-facts.ts';
import type { DeliveryFacts } from '../delivery-facts.ts';
import { chooseNode } from '../node.ts';
import type { Node } from '../node.ts';
import { lockNodeLoads, selectNode } from '../node-store.ts';
import { packageLimits } from '../package-limits.ts';
import { insertPackage } from '../package-store.ts';
import { packageUsername } from '../package-username.ts';
import type { Step, StepOutcome } from './step.ts';

/** Decides where the package goes, once: from then on it belongs to that node. */
export const chooseNodeStep: Step = {
  inside: async (ctx, { subscriptionId }): Promise<StepOutcome> => {
    const facts = await deliveryFacts(ctx, subscriptionId);
    if (facts.subscription.state === 'deleted') return { kind: 'unwanted' };
    if (facts.account) {
      const earlier = await selectNode(ctx, facts.account.nodeId);
      return { kind: 'done', message: earlier?.name ?? facts.account.nodeId };
    }
    const { product } = facts;
    const capabilities = ctx.extension(serverModuleKind, product.serverModule)?.capabilities;
    if (capabilities && capabilities.platforms[product.os] === 'none') {
      const message = `${product.serverModule} has no ${product.os}`;
      return { kind: 'refused', code: 'platform-unsupported', message };
    }
    const node = chooseNode(
      await lockNodeLoads(ctx, { sellerId: product.sellerId, moduleId: product.serverModule }),
    );
    if (!node) {
      const message = `no open node of ${product.serverModule} has room`;
      return { kind: 'again', code: 'no-node-free', message, retryAfterMs: 0 };
    }
    await openPackage(ctx, facts, node);
    return { kind: 'done', message: node.name };
  },
};

/** Written before the server is asked: whoever asks again asks for the same thing. */
async function openPackage(
  ctx: Ctx,
  { subscription, product, plan, held }: DeliveryFacts,
  node: Node,
): Promise<void> {
  await insertPackage(ctx, {
    id: ctx.newId('pkg', subscription.branch),
    branch: subscription.branch,
    brandId: subscription.brandId,
    sellerId: subscription.sellerId,
    clientId: subscription.clientId,
    subscriptionId: subscription.id,
    nodeId: node.id,
    username: packageUsername(subscription.domainName, 0),
    domainName: subscription.domainName,
    platform: product.os,
    standIn: false,
    state: 'creating',
    limits: packageLimits(plan.limits, held),
    addresses: [],
    url: null,
    createdAt: ctx.now,
    readyAt: null,
    terminatedAt: null,
  });
}
