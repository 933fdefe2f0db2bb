import type { Period } from '#kit/term.ts';
import type { LifeCycleStep } from './life-cycle.ts';

export const SUBSCRIPTION_STATES = [
  'pending',
  'active',
  'suspended',
  'deleted',
  'cancelled',
] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** `unpaid` ends with the next payment; `staff` only when staff say so. */
export type SuspensionCause = 'unpaid' | 'staff';

/**
 * A package that a client holds. `pending` is ordered but not yet paid; `cancelled` never was.
 * `period` is the last one paid for: its end is "paid until", and it lies ahead of today when a
 * renewal was paid early.
 */
export type Subscription = {
  readonly id: string;
  readonly branch: number;
  readonly brandId: string;
  readonly sellerId: string;
  readonly clientId: string;
  readonly productId: string;
  readonly planId: string;
  /** The plan that the last renewal was by, while its boundary has not come. */
  readonly planChange?: PlanChange | null;
  readonly domainName: string;
  readonly termMonths: number;
  readonly anchorOn: Temporal.PlainDate | null;
  readonly cycle: number;
  readonly period: Period | null;
  /** The day whose terms were agreed; decides which editions count as "before" (rule 5). */
  readonly subscribedOn: Temporal.PlainDate;
  readonly zone: string;
  readonly currency: string;
  readonly state: SubscriptionState;
  readonly autoRenew: boolean;
  readonly createdAt: Temporal.Instant;
  readonly suspendedAt: Temporal.Instant | null;
  readonly suspendedFor: SuspensionCause | null;
  readonly deletedAt: Temporal.Instant | null;
  readonly marks: LifeCycleMarks;
  readonly next: LifeCycleStep | null;
  /** Tries of the next step that failed, and why the last one did. */
  readonly stepAttempts: number;
  readonly stepError: string | null;
};

/** From that moment, the start of a boundary's day, the package is of another plan. */
export type PlanChange = { readonly planId: string; readonly at: Temporal.Instant };

/** The plan of the period that is paid last. */
export function paidPlan({ planId, planChange }: Pick<Subscription, 'planId' | 'planChange'>) {
  return planChange?.planId ?? planId;
}

/** What the life cycle has done; `…For` names the period end it was done for. */
export type LifeCycleMarks = {
  readonly remindedOn: Temporal.PlainDate | null;
  readonly noticeSentFor: Temporal.PlainDate | null;
  readonly renewalTriedFor: Temporal.PlainDate | null;
};

/** A subscription that was paid for at least once, so that it has a period. */
export type LiveSubscription = Subscription & {
  readonly anchorOn: Temporal.PlainDate;
  readonly period: Period;
};

const MOVES: Readonly<Record<SubscriptionState, readonly SubscriptionState[]>> = {
  pending: ['active', 'cancelled'],
  active: ['suspended', 'deleted'],
  suspended: ['active', 'deleted'],
  deleted: [],
  cancelled: [],
};

export function mayMove(from: SubscriptionState, to: SubscriptionState): boolean {
  return MOVES[from].includes(to);
}

/** True while the client still holds it: active, or suspended and not yet deleted. */
export function isLive(subscription: Subscription): subscription is LiveSubscription {
  return subscription.state === 'active' || subscription.state === 'suspended';
}
