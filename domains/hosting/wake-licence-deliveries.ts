import type { Ctx } from '#platform/context.ts';
import { changeStep, isUnfinished } from './delivery.ts';
import { deliveriesOf, updateDelivery } from './delivery-store.ts';
import { advanceDeliveriesJob } from './jobs.ts';
import { lockLane } from './lane-store.ts';

/** The supplier has answered: whoever was waiting for that key looks at it. */
export async function wakeLicenceDeliveries(
  ctx: Ctx,
  { subscriptionId, entitlementId }: { subscriptionId: string; entitlementId: string },
): Promise<void> {
  await lockLane(ctx, subscriptionId);
  for (const delivery of await deliveriesOf(ctx, subscriptionId)) {
    const isMine = delivery.kind === 'licence' && delivery.entitlementId === entitlementId;
    // One that is just being looked at reads the licence after us.
    if (!isMine || !isUnfinished(delivery) || delivery.state === 'running') continue;
    await updateDelivery(ctx, {
      ...delivery,
      state: 'waiting',
      waitsFor: null,
      nextAttemptAt: ctx.now,
      steps: changeStep(delivery, { state: 'waiting' }),
    });
    await ctx.enqueue(advanceDeliveriesJob, { subscriptionId });
  }
}
