import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { changeStep, isUnfinished, newSteps } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { selectDelivery, updateDelivery } from './delivery-store.ts';
import { advanceDeliveriesJob } from './jobs.ts';
import { lockLane } from './lane-store.ts';

/**
 * Tries a delivery again at once: a failed one, or one whose time has not come. The licence is
 * asked for from its first step, because a refusal is answered by asking anew.
 * Refuses `delivery-nothing-to-do`, `delivery-running`, `delivery-waits-for-package`.
 */
export async function retryDelivery(ctx: Ctx, { id, subscriptionId }: Delivery): Promise<Delivery> {
  await lockLane(ctx, subscriptionId);
  const delivery = await selectDelivery(ctx, id);
  if (!delivery || !isUnfinished(delivery)) refuse('delivery-nothing-to-do');
  if (delivery.state === 'running') refuse('delivery-running');
  if (delivery.waitsFor === 'package') refuse('delivery-waits-for-package');
  const steps =
    delivery.kind === 'licence' ? newSteps('licence') : changeStep(delivery, { state: 'waiting' });
  const retried: Delivery = {
    ...delivery,
    state: 'waiting',
    waitsFor: null,
    steps,
    attempts: 0,
    nextAttemptAt: ctx.now,
  };
  await updateDelivery(ctx, retried);
  await ctx.enqueue(advanceDeliveriesJob, { subscriptionId });
  return retried;
}
