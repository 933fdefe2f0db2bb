import { addDays, addMonths, hourOf } from '#kit/calendar.ts';
import { compareDates } from '#kit/term.ts';
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
  /** Days from the end to the suspension; none unless said. */
  readonly suspendAfterDays?: number;
  readonly deleteAfterDays: number;
};

/** What is sent goes out in the morning of the seller's day; what ends, ends with the day. */
const MAIL_HOUR = 9;

type Timed = Pick<
  LiveSubscription,
  'period' | 'termMonths' | 'cycle' | 'zone' | 'state' | 'autoRenew' | 'marks'
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
  let next: { name: LifeCycleStepName; moment: Moment } | null = null;
  for (const name of LIFE_CYCLE_STEPS) {
    const moment = MOMENTS[name](timed, policy);
    if (moment && (!next || isEarlier(moment, next.moment))) next = { name, moment };
  }
  return (
    next && { name: next.name, at: hourOf(next.moment.on, next.moment.hour, subscription.zone) }
  );
}

/** A full hour of a local day. Moments of one zone are in order as their days and hours are. */
type Moment = { on: Temporal.PlainDate; hour: number };

type MomentOf = (subscription: Timed, policy: LifeCyclePolicy) => Moment | null;

const MOMENTS: Readonly<Record<LifeCycleStepName, MomentOf>> = {
  notice: (subscription, policy) => {
    if (!renewsItself(subscription) || isFor(subscription, 'noticeSentFor')) return null;
    const days = autoRenewDays(subscription, policy) + policy.noticeDaysBeforeAutoRenew;
    return morning(addDays(subscription.period.end, -days));
  },
  renew: (subscription, policy) =>
    renewsItself(subscription) ? morning(autoRenewOn(subscription, policy)) : null,
  remind: (subscription, policy) => {
    const on = reminderOn(subscription, policy);
    return on && morning(on);
  },
  suspend: ({ state, period }, { suspendAfterDays: days = 0 }) =>
    state === 'active' ? midnight(addDays(period.end, days)) : null,
  delete: (subscription, policy) =>
    subscription.state === 'suspended' ? midnight(deletionOn(subscription, policy)) : null,
};

function morning(on: Temporal.PlainDate): Moment {
  return { on, hour: MAIL_HOUR };
}

function midnight(on: Temporal.PlainDate): Moment {
  return { on, hour: 0 };
}

function isEarlier(a: Moment, b: Moment): boolean {
  return (compareDates(a.on, b.on) || a.hour - b.hour) < 0;
}

/** The local day on which automatic renewal is tried. */
export function autoRenewOn(
  subscription: Pick<Timed, 'period' | 'termMonths' | 'cycle'>,
  policy: LifeCyclePolicy,
): Temporal.PlainDate {
  return addDays(subscription.period.end, -autoRenewDays(subscription, policy));
}

/** The day on which an unpaid subscription is deleted. */
export function deletionOn(
  subscription: Pick<Timed, 'period'>,
  policy: LifeCyclePolicy,
): Temporal.PlainDate {
  return addDays(subscription.period.end, policy.deleteAfterDays);
}

/** The next reminder day within the window that was not used yet, or null. */
function reminderOn(subscription: Timed, policy: LifeCyclePolicy): Temporal.PlainDate | null {
  const { period, marks } = subscription;
  const opens = latest(addDays(period.end, -policy.remindFromDays), addDays(period.start, 1));
  const from = marks.remindedOn ? latest(opens, addDays(marks.remindedOn, 1)) : opens;
  const on = nextDayOfMonth(from, policy.reminderDaysOfMonth);
  return on && compareDates(on, deletionOn(subscription, policy)) < 0 ? on : null;
}

/** The first day from then on whose number in its month is one of these; null: there is none. */
function nextDayOfMonth(
  from: Temporal.PlainDate,
  daysOfMonth: readonly number[],
): Temporal.PlainDate | null {
  const here = daysOfMonth.filter((day) => day >= from.day && day <= from.daysInMonth);
  if (here.length > 0) return addDays(from, Math.min(...here) - from.day);
  // Of two months in a row one has 31 days.
  for (let month = from; ;) {
    month = addMonths(addDays(month, 1 - month.day), 1);
    const days = daysOfMonth.filter((day) => day >= 1 && day <= month.daysInMonth);
    if (days.length > 0) return addDays(month, Math.min(...days) - 1);
    if (month.daysInMonth === 31) return null;
  }
}

/** The days up to a billing day are few, whatever the term: they renew as a short one does. */
function autoRenewDays(
  { termMonths, cycle }: Pick<Timed, 'termMonths' | 'cycle'>,
  policy: LifeCyclePolicy,
): number {
  return termMonths < 3 || cycle < 0 ? policy.autoRenewDaysShort : policy.autoRenewDaysLong;
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

function latest(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return compareDates(a, b) >= 0 ? a : b;
}
