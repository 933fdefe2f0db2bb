import { on } from '#platform/events.ts';
import type { Subscriber } from '#platform/events.ts';
import { deliveryDone, packageOfSubscription } from '#domains/hosting/index.ts';
import { wakeNodes } from './guarded-node-store.ts';
import { syncNodeJob } from './jobs.ts';

/** What changes who is to be protected on a node. */
const CHANGES: readonly string[] = ['package', 'protection', 'release-protection', 'terminate'];

export const protectionSubscribers: readonly Subscriber[] = [
  on(deliveryDone, 'protection.tell-node', async (ctx, { payload }) => {
    if (!CHANGES.includes(payload.kind)) return;
    const account = await packageOfSubscription(ctx, payload.subscriptionId);
    if (!account) return;
    await wakeNodes(ctx, [account.nodeId]);
    await ctx.enqueue(syncNodeJob, { nodeId: account.nodeId });
  }),
];
