import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { startEntitlements } from './activate-subscription.ts';
import type { Entitlement } from './entitlement.ts';
import { selectEntitlements } from './entitlement-store.ts';
import { takeSubscription } from './save-subscription.ts';
import { isLive } from './subscription.ts';

export type Addition = {
  componentId: string;
  quantity: number;
  orderId: string;
  /** The day it was ordered: its terms were agreed to then, however late the money came. */
  sinceOn?: Temporal.PlainDate;
};

/**
 * Puts a bought component on a subscription, always as a new entitlement (rule 8).
 * The same order adds it once. Refuses `subscription-not-found`, `subscription-state-forbids`.
 */
export async function addEntitlement(
  ctx: Ctx,
  subscriptionId: string,
  { componentId, quantity, orderId, sinceOn }: Addition,
): Promise<Entitlement> {
  const subscription = await takeSubscription(ctx, subscriptionId);
  const present = await selectEntitlements(ctx, [subscription]);
  const earlier = present.find((one) => one.orderId === orderId && one.componentId === componentId);
  if (earlier) return earlier;
  if (!isLive(subscription)) refuse('subscription-state-forbids');
  const since = sinceOn ?? localDate(ctx.now, subscription.zone);
  const [added] = await startEntitlements(ctx, subscription, orderId, [
    { componentId, quantity, state: 'bought', sinceOn: since },
  ]);
  if (!added) throw new Error('nothing was added');
  return added;
}
