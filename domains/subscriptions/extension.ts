import { refuse } from '#kit/refusal.ts';
import { temporalText } from '#kit/temporal-text.ts';
import { localDate, startOfDay, termOf } from '#kit/term.ts';
import type { Announcement, EventType } from '#platform/events.ts';
import type { Entitlement } from './entitlement.ts';
import { isHeld } from './entitlement.ts';
import {
  entitlementChanged,
  entitlementDeleted,
  subscriptionExtended,
  subscriptionResumed,
} from './events.ts';
import type { LifeCyclePolicy } from './life-cycle.ts';
import { nextPosition } from './period.ts';
import type { Position } from './period.ts';
import type { PaidPeriod } from './period-store.ts';
import { factOf, withNextStep } from './save-subscription.ts';
import { isLive, paidPlan } from './subscription.ts';
import type { Subscription } from './subscription.ts';

export type Extension = {
  /** The boundary that was paid for: with the subscription, the renewal's key (rule 12). */
  periodStart: Temporal.PlainDate;
  termMonths: number;
  /** The billing day that the period ends with, and boundaries count from then on. */
  alignTo?: Temporal.PlainDate;
  /** The plan it was paid by; the package's own when absent. */
  planId?: string;
  orderId: string | null;
  /** What the paid period has, and as what: a priced line makes a free component `bought`. */
  kept: readonly { entitlementId: string; as: 'included' | 'grandfathered' | 'bought' }[];
  /** What it has not, beside what was bought since: gone at the boundary, or now if that is past. */
  dropped: readonly string[];
};

/** All that a paid period changes. */
export type Extended = {
  subscription: Subscription;
  period: PaidPeriod;
  orderId: string | null;
  entitlements: readonly Entitlement[];
  facts: readonly Fact[];
};

/** A fact with its type: facts of many subscriptions are announced together by type. */
export type Fact = { type: EventType<never>; fact: Announcement<unknown> };

function factFor<P>(type: EventType<P>, fact: Announcement<P>): Fact {
  return { type: type as EventType<never>, fact };
}

type Now = { now: Temporal.Instant; policy: LifeCyclePolicy };

/**
 * The subscription with another paid period at the old boundary, however late the money came,
 * and without a suspension for non-payment; `already` when that boundary was paid for. Refuses
 * `subscription-state-forbids` (deleted meanwhile), `renewal-out-of-turn` (another boundary).
 */
export function extended(
  before: Subscription,
  held: readonly Entitlement[],
  extension: Extension,
  { now, policy }: Now,
): Extended | 'already' {
  const isNext = before.period?.end.equals(extension.periodStart) ?? false;
  if (!isNext && isPast(before, extension)) return 'already';
  if (!isLive(before)) refuse('subscription-state-forbids');
  if (!isNext) refuse('renewal-out-of-turn');
  const { orderId, termMonths } = extension;
  const position = nextPosition(before, termMonths, extension.alignTo);
  const today = localDate(now, before.zone);
  const coversToday = Temporal.PlainDate.compare(position.period.end, today) > 0;
  const resumes = before.suspendedFor === 'unpaid' && coversToday;
  const running = { state: 'active' as const, suspendedAt: null, suspendedFor: null };
  const planChange = planChangeOf(before, extension);
  const moved = { ...before, ...position, planChange };
  const after = withNextStep({ ...moved, ...(resumes && running) }, policy);
  const facts = [
    factFor(
      subscriptionExtended,
      factOf(after, orderId, {
        periodStart: temporalText(position.period.start),
        periodEnd: temporalText(position.period.end),
        termMonths,
      }),
    ),
    ...(resumes ? [factFor(subscriptionResumed, factOf(after, orderId, {}))] : []),
  ];
  const carried = carriedOver(after, held, extension, now, today);
  return {
    subscription: after,
    period: { ...position.period, termMonths, wholeFrom: wholeFromOf(position) },
    orderId,
    entitlements: carried.map(({ entitlement }) => entitlement),
    facts: [...facts, ...carried.flatMap(({ fact }) => fact ?? [])],
  };
}

/** Where the term began of which a period up to a billing day is the last part. */
function wholeFromOf(position: Position): Temporal.PlainDate | null {
  return position.cycle < 0 ? termOf(position).start : null;
}

/** Another plan counts from the boundary that is paid for. */
function planChangeOf(before: Subscription, { planId, periodStart }: Extension) {
  if (!planId || planId === paidPlan(before)) return before.planChange ?? null;
  return { planId, at: startOfDay(periodStart, before.zone) };
}

/** A boundary before the paid end was paid for already: periods are gapless. */
function isPast(before: Subscription, { periodStart }: Extension): boolean {
  return before.period !== null && Temporal.PlainDate.compare(periodStart, before.period.end) < 0;
}

type Carried = { entitlement: Entitlement; fact: Fact | null };

/** The components that the new period changes. */
function carriedOver(
  subscription: Subscription,
  held: readonly Entitlement[],
  extension: Extension,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Carried[] {
  const byId = new Map(held.filter(isHeld).map((one) => [one.id, one]));
  const kept = extension.kept.flatMap(({ entitlementId, as }): Carried[] => {
    const one = byId.get(entitlementId);
    if (!one || (one.state === as && one.renews && one.endsOn === null)) return [];
    return [{ entitlement: { ...one, state: as, renews: true, endsOn: null }, fact: null }];
  });
  const dropped = [...byId.values()].filter(
    (one) =>
      one.endsOn === null && (extension.dropped.includes(one.id) || isUnpaid(one, extension)),
  );
  return [...kept, ...dropped.map((one) => dropOne(subscription, one, extension, now, today))];
}

/** Bought when the renewal was agreed on and about to be paid: it was never part of its price. */
function isUnpaid(one: Entitlement, { kept }: Extension): boolean {
  return one.state === 'bought' && !kept.some(({ entitlementId }) => entitlementId === one.id);
}

function dropOne(
  subscription: Subscription,
  one: Entitlement,
  { periodStart, orderId }: Extension,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Carried {
  const { componentId, quantity } = one;
  const about = { entitlementId: one.id, componentId, quantity };
  if (Temporal.PlainDate.compare(periodStart, today) <= 0) {
    return {
      entitlement: { ...one, state: 'deleted', renews: false, deletedAt: now },
      fact: factFor(entitlementDeleted, factOf(subscription, orderId, about)),
    };
  }
  return {
    entitlement: { ...one, renews: false, endsOn: periodStart },
    fact: factFor(entitlementChanged, factOf(subscription, orderId, { ...about, renews: false })),
  };
}
