import type { Quote } from '#domains/billing/index.ts';
import type { Edition } from '#domains/catalog/index.ts';
import { quotesDiffer } from '#domains/orders/index.ts';
import type { RenewalOffer } from '#domains/orders/index.ts';
import type { Entitlement } from '#domains/subscriptions/index.ts';
import type { Effect } from './forecast-words.ts';
import type { Happening } from './live-through.ts';

/** One renewal to come. Quotes are what one payer is charged; `on` is the day of the invoice. */
export type Charge = {
  readonly boundaryOn: Temporal.PlainDate;
  readonly on: Temporal.PlainDate;
  readonly offer: RenewalOffer;
  readonly quote: Quote;
  /** What the package held when it was offered. */
  readonly entitlements: readonly Entitlement[];
};

/** What a change does to one payer over the months looked at. Totals with tax, minor units. */
export type ChangeEffect = {
  readonly effect: Effect;
  /** The first boundary that differs, and the day its invoice is issued. */
  readonly boundaryOn: Temporal.PlainDate;
  readonly chargedOn: Temporal.PlainDate;
  readonly before: Charge | null;
  readonly after: Charge | null;
  readonly sumBeforeMinor: bigint;
  readonly sumAfterMinor: bigint;
};

/** The charges of one payer among all that happens; `quoteOf` finds the payer's quote, if any. */
export function chargesOf(
  happenings: readonly Happening[],
  quoteOf: (offer: RenewalOffer) => Quote | undefined,
): Charge[] {
  return happenings.flatMap((one) => {
    if (one.kind !== 'invoiced') return [];
    const quote = quoteOf(one.offer);
    const boundaryOn = one.subscription.period.end;
    if (!quote) return [];
    const { offer, entitlements } = one;
    return [{ boundaryOn, on: offer.sale.on, offer, quote, entitlements }];
  });
}

/** Null when every renewal is the same with the change and without it. */
export function changeEffect(
  before: readonly Charge[],
  after: readonly Charge[],
): ChangeEffect | null {
  const boundaries = new Map<string, { before: Charge | null; after: Charge | null }>();
  for (const charge of before) {
    boundaries.set(charge.boundaryOn.toString(), { before: charge, after: null });
  }
  for (const charge of after) {
    const key = charge.boundaryOn.toString();
    boundaries.set(key, { before: boundaries.get(key)?.before ?? null, after: charge });
  }
  const first = [...boundaries.keys()]
    .toSorted()
    .map((key) => boundaries.get(key))
    .find((pair) => pair && areDifferent(pair.before, pair.after));
  const charge = first?.after ?? first?.before;
  if (!first || !charge) return null;
  return {
    effect: effectOf(first.before, first.after),
    boundaryOn: charge.boundaryOn,
    chargedOn: charge.on,
    ...first,
    sumBeforeMinor: sumOf(before),
    sumAfterMinor: sumOf(after),
  };
}

function areDifferent(before: Charge | null, after: Charge | null): boolean {
  return !before || !after || quotesDiffer(before.quote, after.quote);
}

function effectOf(before: Charge | null, after: Charge | null): Effect {
  if (!after) return 'ends';
  if (!before) return 'returns';
  if (after.quote.totalMinor > before.quote.totalMinor) return 'dearer';
  if (after.quote.lines.some(({ state }) => state === 'ended')) return 'loses';
  return after.quote.totalMinor < before.quote.totalMinor ? 'cheaper' : 'other';
}

function sumOf(charges: readonly Charge[]): bigint {
  return charges.reduce((sum, { quote }) => sum + quote.totalMinor, 0n);
}

/** The last day on which a notice still reaches the client in time for that boundary (rule 7). */
export function tellBy(edition: Edition, boundaryOn: Temporal.PlainDate): Temporal.PlainDate {
  return boundaryOn.subtract({ days: edition.noticeDays });
}
