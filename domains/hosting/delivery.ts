import type { DeliveryKind, DeliveryState, StepName, StepState } from './delivery-words.ts';

/** One step as people watch it; instants in ISO form, because it is kept as JSON. */
export type DeliveryStep = {
  readonly name: StepName;
  readonly state: StepState;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** What came of it, or why it is not done yet. */
  readonly message: string | null;
};

/**
 * One thing to be done at a server or a supplier. `waiting`: its time or what it needs has not
 * come; `failed`: the server said no, and staff decide; `cancelled`: no longer wanted.
 */
export type Delivery = {
  readonly id: string;
  readonly branch: number;
  readonly brandId: string;
  readonly sellerId: string;
  readonly clientId: string;
  readonly subscriptionId: string;
  readonly entitlementId: string | null;
  readonly componentId: string | null;
  readonly orderId: string | null;
  readonly domainName: string;
  readonly kind: DeliveryKind;
  readonly cause: string;
  readonly state: DeliveryState;
  /** Asleep until this is there, whatever the time. */
  readonly waitsFor: 'package' | 'licence' | null;
  readonly steps: readonly DeliveryStep[];
  /** Tries of the present step. */
  readonly attempts: number;
  readonly nextAttemptAt: Temporal.Instant | null;
  readonly errorCode: string | null;
  readonly lastError: string | null;
  readonly createdAt: Temporal.Instant;
  readonly startedAt: Temporal.Instant | null;
  readonly finishedAt: Temporal.Instant | null;
};

type Plan = {
  readonly steps: readonly StepName[];
  /** It changes a package, so it sleeps until there is one. */
  readonly needsPackage: boolean;
};

/** What each kind of delivery takes, in order. */
export const DELIVERY_PLANS: Readonly<Record<DeliveryKind, Plan>> = {
  package: { steps: ['choose-node', 'create-package', 'check-package'], needsPackage: false },
  capacity: { steps: ['set-limits'], needsPackage: true },
  plan: { steps: ['set-limits'], needsPackage: true },
  address: { steps: ['set-addresses'], needsPackage: true },
  licence: { steps: ['request-licence', 'receive-key'], needsPackage: false },
  protection: { steps: ['set-protection'], needsPackage: true },
  'release-capacity': { steps: ['set-limits'], needsPackage: true },
  'release-address': { steps: ['set-addresses'], needsPackage: true },
  'release-protection': { steps: ['set-protection'], needsPackage: true },
  suspend: { steps: ['set-suspension'], needsPackage: true },
  unsuspend: { steps: ['set-suspension'], needsPackage: true },
  terminate: { steps: ['delete-package'], needsPackage: false },
};

export function isOpen(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state === 'waiting' || delivery.state === 'running';
}

/** True while something is still to come of it, if only by staff's hand. */
export function isUnfinished(delivery: Pick<Delivery, 'state'>): boolean {
  return isOpen(delivery) || delivery.state === 'failed';
}

export function newSteps(kind: DeliveryKind): DeliveryStep[] {
  return DELIVERY_PLANS[kind].steps.map((name) => ({
    name,
    state: 'waiting',
    startedAt: null,
    finishedAt: null,
    message: null,
  }));
}

/** The step to do next; null when all are done. */
export function currentStep(delivery: Pick<Delivery, 'steps'>): DeliveryStep | null {
  return delivery.steps.find((step) => step.state !== 'done') ?? null;
}

/** The same steps with the present one changed. */
export function changeStep(
  delivery: Pick<Delivery, 'steps'>,
  change: Partial<DeliveryStep>,
): DeliveryStep[] {
  const current = currentStep(delivery);
  return delivery.steps.map((step) => (step === current ? { ...step, ...change } : step));
}

const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 6 * 3600;

/**
 * When to try again: at least as late as the server asks, with pauses that double from five
 * seconds to six hours. There is no last attempt: what was paid for is delivered.
 */
export function nextAttempt(
  attempts: number,
  retryAfterMs: number,
  now: Temporal.Instant,
): Temporal.Instant {
  const pauseS = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(attempts - 1, 13));
  const askedMs = Math.min(retryAfterMs, LONGEST_PAUSE_S * 1000);
  return now.add({ milliseconds: Math.max(askedMs, pauseS * 1000) });
}
