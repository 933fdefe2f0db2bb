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
  step: MarkedStep,
): Promise<Subscription> {
  return saveSubscription(ctx, withMark(subscription, step, ctx.now));
}

type MarkedStep = 'notice' | 'renew' | 'remind';

/** The subscription on which a step was done at that moment. */
export function withMark<S extends Subscription>(
  subscription: S,
  step: MarkedStep,
  now: Temporal.Instant,
): S {
  const { marks } = subscription;
  const end = subscription.period?.end ?? null;
  const done = {
    notice: { noticeSentFor: end },
    renew: { renewalTriedFor: end },
    remind: { remindedOn: localDate(now, subscription.zone) },
  };
  return { ...subscription, marks: { ...marks, ...done[step] } };
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
