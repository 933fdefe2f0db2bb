export const LICENCE_STATES = ['issuing', 'active', 'deleting', 'deleted', 'refused'] as const;
export type LicenceState = (typeof LICENCE_STATES)[number];

/** A key from a supplier, for one entitlement of one subscription. */
export type Licence = {
  id: string;
  branch: number;
  brandId: string;
  sellerId: string;
  clientId: string;
  subscriptionId: string;
  entitlementId: string;
  componentId: string;
  supplierId: string;
  product: string;
  state: LicenceState;
  key: string | null;
  /** When its owner deleted it; the supplier may still have to be told. */
  deletedAt: Temporal.Instant | null;
  issuedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  /** Keys known before the first attempt; null until then. */
  knownKeys: readonly string[] | null;
  /** Wall clock of the attempt under way and of the last one without a known outcome. */
  askedAtMs: number | null;
  lastAskedAtMs: number | null;
  /** Keys that appeared at the supplier and that nobody accounts for: staff decide. */
  surplusKeys: readonly string[];
  attempts: number;
  nextAttemptAt: Temporal.Instant | null;
  /** Since when it waits for its supplier to be done with another. */
  queuedAt: Temporal.Instant | null;
  lastError: string | null;
  createdAt: Temporal.Instant;
};

/** What its owner sees: a licence being deleted is already gone for them. */
export type LicenceStanding = 'issuing' | 'active' | 'deleted' | 'refused';

export function standingOf(licence: Licence): LicenceStanding {
  if (licence.deletedAt !== null || licence.state === 'deleting') return 'deleted';
  return licence.state === 'deleted' ? 'deleted' : licence.state;
}

const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 6 * 3600;

/**
 * When to call the supplier again: at least as late as it asks, with pauses that double from five
 * seconds to six hours. There is no last attempt: what was paid for is delivered, what was deleted
 * is cancelled, however long the supplier is away.
 */
export function nextAttempt(
  attempts: number,
  retryAfterMs: number,
  now: Temporal.Instant,
): Temporal.Instant {
  const pauseS = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(attempts, 13));
  return now.add({
    milliseconds: Math.max(Math.min(retryAfterMs, LONGEST_PAUSE_S * 1000), pauseS * 1000),
  });
}
