import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { subscriptionResumed, subscriptionSuspended } from './events.ts';
import { factOf, saveSubscription, takeSubscription } from './save-subscription.ts';
import { mayMove } from './subscription.ts';
import type { Subscription, SuspensionCause } from './subscription.ts';

/**
 * Stops the service without losing anything. Staff's word outlasts a payment, so it replaces
 * `unpaid`; otherwise suspending twice changes nothing.
 * Refuses `subscription-not-found`, `subscription-state-forbids`.
 */
export async function suspendSubscription(
  ctx: Ctx,
  id: string,
  { cause, reason = null }: { cause: SuspensionCause; reason?: string | null },
): Promise<Subscription> {
  const before = await takeSubscription(ctx, id);
  if (before.state === 'suspended') {
    if (cause === 'unpaid' || before.suspendedFor === 'staff') return before;
    return saveSubscription(ctx, { ...before, suspendedFor: cause });
  }
  if (!mayMove(before.state, 'suspended')) refuse('subscription-state-forbids');
  const suspended = await saveSubscription(ctx, {
    ...before,
    state: 'suspended',
    suspendedAt: ctx.now,
    suspendedFor: cause,
  });
  await ctx.announce(subscriptionSuspended, factOf(suspended, null, { cause, reason }));
  return suspended;
}

/**
 * Ends a suspension. Refuses `subscription-not-found`, `subscription-state-forbids`, and
 * `subscription-unpaid` when its paid period is over: then a renewal is the way.
 */
export async function resumeSubscription(ctx: Ctx, id: string): Promise<Subscription> {
  const before = await takeSubscription(ctx, id);
  if (before.state === 'active') return before;
  if (!mayMove(before.state, 'active') || !before.period) refuse('subscription-state-forbids');
  const paidUntil = before.period.end.toZonedDateTime(before.zone).toInstant();
  if (Temporal.Instant.compare(paidUntil, ctx.now) <= 0) refuse('subscription-unpaid');
  const resumed = await saveSubscription(ctx, {
    ...before,
    state: 'active',
    suspendedAt: null,
    suspendedFor: null,
  });
  await ctx.announce(subscriptionResumed, factOf(resumed, null, {}));
  return resumed;
}
