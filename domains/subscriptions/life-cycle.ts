import { startOfDay } from '#kit/term.ts';
import type { LiveSubscription, Subscription } from './subscription.ts';

/** In the order in which they happen when several fall on one moment. */
export const LIFE_CYCLE_STEPS = ['notice', 'renew', 'remind', 'suspend', 'delete'] as const;
export type LifeCycleStepName = (typeof LIFE_CYCLE_STEPS)[number];

export type LifeCycleStep = { readonly name: LifeCycleStepName; readonly at: Temporal.Instant };

/** The days of rule 13; a brand's policy has them. */
export type LifeCyclePolicy = {
  readonly reminderDaysOfMonth: readonly number[];
  readonly remindFromDays: number;
  /** Auto-renewal this many days before the end, for terms under three months … */
  readonly autoRenewDaysShort: number;
  /** … and for longer ones. */
  readonly autoRenewDaysLong: number;
  readonly noticeDaysBeforeAutoRenew: number;
  readonly deleteAfterDays: number;
};

/** What is sent goes out in the morning of the seller's day; what ends, ends with the day. */
const MAIL_HOUR = 9;

type Timed = Pick<
  LiveSubscription,
  'period' | 'termMonths' | 'zone' | 'state' | 'autoRenew' | 'marks'
>;

/**
 * What time does to this subscription next, and when (rule 13); null when it does nothing. A pure
 * function of the row and the policy, so that it can be stored with the row and found by index.
 */
export function nextStep(
  subscription: Subscription,
  policy: LifeCyclePolicy,
): LifeCycleStep | null {
  const { period } = subscription;
  if (subscription.state !== 'active' && subscription.state !== 'suspended') return null;
  if (!period) return null;
  const timed: Timed = { ...subscription, period };
  const steps = LIFE_CYCLE_STEPS.flatMap((name) => {
    const at = MOMENTS[name](timed, policy);
    return at ? [{ name, at }] : [];
  });
  return steps.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))[0] ?? null;
}

type Moment = (subscription: Timed, policy: LifeCyclePolicy) => Temporal.Instant | null;

const MOMENTS: Readonly<Record<LifeCycleStepName, Moment>> = {
  notice: (subscription, policy) => {
    if (!renewsItself(subscription) || isFor(subscription, 'noticeSentFor')) return null;
    const days = autoRenewDays(subscription, policy) + policy.noticeDaysBeforeAutoRenew;
    return morning(subscription.period.end.subtract({ days }), subscription);
  },
  renew: (subscription, policy) =>
    renewsItself(subscription) ? morning(autoRenewOn(subscription, policy), subscription) : null,
  remind: (subscription, policy) => {
    const on = reminderOn(subscription, policy);
    return on && morning(on, subscription);
  },
  suspend: (subscription) =>
    subscription.state === 'active' ? startOfDay(subscription.period.end, subscription.zone) : null,
  delete: (subscription, policy) =>
    subscription.state === 'suspended' ? deletionAt(subscription, policy) : null,
};

/** The local day on which automatic renewal is tried. */
export function autoRenewOn(
  subscription: Pick<Timed, 'period' | 'termMonths'>,
  policy: LifeCyclePolicy,
): Temporal.PlainDate {
  return subscription.period.end.subtract({ days: autoRenewDays(subscription, policy) });
}

/** The day on which an unpaid subscription is deleted. */
export function deletionOn(
  subscription: Pick<Timed, 'period'>,
  policy: LifeCyclePolicy,
): Temporal.PlainDate {
  return subscription.period.end.add({ days: policy.deleteAfterDays });
}

function deletionAt(subscription: Timed, policy: LifeCyclePolicy): Temporal.Instant {
  return startOfDay(deletionOn(subscription, policy), subscription.zone);
}

/** The next reminder day within the window that was not used yet, or null. */
function reminderOn(subscription: Timed, policy: LifeCyclePolicy): Temporal.PlainDate | null {
  const { period, marks } = subscription;
  const opens = latest(
    period.end.subtract({ days: policy.remindFromDays }),
    period.start.add({ days: 1 }),
  );
  let on = marks.remindedOn ? latest(opens, marks.remindedOn.add({ days: 1 })) : opens;
  const closes = deletionOn(subscription, policy);
  while (Temporal.PlainDate.compare(on, closes) < 0) {
    if (policy.reminderDaysOfMonth.includes(on.day)) return on;
    on = on.add({ days: 1 });
  }
  return null;
}

function autoRenewDays(subscription: Pick<Timed, 'termMonths'>, policy: LifeCyclePolicy): number {
  return subscription.termMonths < 3 ? policy.autoRenewDaysShort : policy.autoRenewDaysLong;
}

function renewsItself(subscription: Timed): boolean {
  return (
    subscription.state === 'active' &&
    subscription.autoRenew &&
    !isFor(subscription, 'renewalTriedFor')
  );
}

function isFor(subscription: Timed, mark: 'noticeSentFor' | 'renewalTriedFor'): boolean {
  return subscription.marks[mark]?.equals(subscription.period.end) ?? false;
}

function morning(on: Temporal.PlainDate, { zone }: { zone: string }): Temporal.Instant {
  return on.toZonedDateTime({ timeZone: zone, plainTime: { hour: MAIL_HOUR } }).toInstant();
}

function latest(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) >= 0 ? a : b;
}
