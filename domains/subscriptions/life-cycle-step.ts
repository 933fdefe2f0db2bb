import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { LifeCycleStepName } from './life-cycle.ts';
import { saveSubscription } from './save-subscription.ts';
import { lockSubscription, updateSubscription } from './store.ts';
import type { Subscription } from './subscription.ts';

/**
 * Holds a subscription whose next step is still the given one and due; null when somebody else
 * did it, or something changed meanwhile.
 */
export async function takeDueSubscription(
  ctx: Ctx,
  id: string,
  step: LifeCycleStepName,
): Promise<Subscription | null> {
  const subscription = await lockSubscription(ctx, id);
  if (subscription?.next?.name !== step) return null;
  return Temporal.Instant.compare(subscription.next.at, ctx.now) <= 0 ? subscription : null;
}

/** Notes that a step which leaves the state alone was done, so that the next one comes up. */
export async function markStep(
  ctx: Ctx,
  subscription: Subscription,
  step: 'notice' | 'renew' | 'remind',
): Promise<Subscription> {
  const { marks } = subscription;
  const end = subscription.period?.end ?? null;
  const today = localDate(ctx.now, subscription.zone);
  if (step === 'notice') {
    return saveSubscription(ctx, { ...subscription, marks: { ...marks, noticeSentFor: end } });
  }
  if (step === 'renew') {
    return saveSubscription(ctx, { ...subscription, marks: { ...marks, renewalTriedFor: end } });
  }
  return saveSubscription(ctx, { ...subscription, marks: { ...marks, remindedOn: today } });
}

const PAUSE_HOURS_MAX = 24;

/**
 * Puts off a step that failed, an hour longer each time, with its reason for staff to see: one
 * subscription that cannot be renewed must not hold up the others.
 */
export async function postponeStep(ctx: Ctx, id: string, error: string): Promise<void> {
  const subscription = await lockSubscription(ctx, id);
  if (!subscription?.next) return;
  const attempts = subscription.stepAttempts + 1;
  const hours = Math.min(attempts, PAUSE_HOURS_MAX);
  await updateSubscription(ctx, {
    ...subscription,
    next: { ...subscription.next, at: ctx.now.add({ hours }) },
    stepAttempts: attempts,
    stepError: error.slice(0, 500),
  });
}
