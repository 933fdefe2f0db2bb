import { compareDates } from '#kit/term.ts';
import type { TermMonths } from '#kit/term.ts';

/** What may have a price: a plan, or a component bought to a plan. */
export type Item = { readonly kind: 'plan' | 'component'; readonly id: string };

/** Whom a price is for: those who use the package, or the sellers directly below. */
export type Audience = 'clients' | 'resellers';

/** First purchase, or renewal. */
export type PriceAction = 'add' | 'renew';

/** One rung of a price ladder: so much a month when bought for that many months. */
export type PriceRow = {
  readonly audience: Audience;
  readonly item: Item;
  readonly currency: string;
  readonly action: PriceAction;
  readonly termMonths: TermMonths;
  /** Minor units of the currency, for one month of the term and one piece. */
  readonly monthlyMinor: bigint;
};

/** How a component stands to a plan: part of it, to be bought to it, or not to be had. */
export type InclusionMode = 'included' | 'addon' | 'none';

export type Inclusion = {
  readonly planId: string;
  readonly componentId: string;
  readonly mode: InclusionMode;
};

/** A plan that is not sold new any more. */
export type Retirement = {
  readonly planId: string;
  /** What renewals go on with; null: holders keep the plan; the plan itself: on sale again. */
  readonly successorId: string | null;
};

/**
 * What becomes of a free component that a change prices, at the first boundary it reaches: its
 * holder is charged, or it goes unless its holder has said that it is to stay.
 */
export type CarryOver = 'charge' | 'opt-in';

/**
 * The catalogue as it stands from a date, told as differences: it speaks only of the items and
 * inclusions that it sets, each as a whole; for all others the editions before it go on.
 */
export type Edition = {
  readonly id: string;
  readonly sellerId: string;
  /** Given at publication, so that of two editions of one day the later word counts. */
  readonly no: number | null;
  readonly title: string;
  /** From this local date it holds for new subscriptions. */
  readonly effectiveOn: Temporal.PlainDate;
  /** From this local date it reaches the renewals of existing ones; null: it never does. */
  readonly existingOn: Temporal.PlainDate | null;
  /** How many days before a boundary a rise must have been told (rule 7). */
  readonly noticeDays: number;
  readonly state: 'draft' | 'published' | 'withdrawn';
  readonly prices: readonly PriceRow[];
  readonly inclusions: readonly Inclusion[];
  /** None when absent. */
  readonly retirements?: readonly Retirement[];
  /** `charge` when absent. */
  readonly carryOver?: CarryOver;
};

/** A catalogue is loaded once and asked thousands of times. */
const ordered = new WeakMap<readonly Edition[], Map<string, readonly Edition[]>>();

/**
 * The editions that count for one seller, the newest first: by the date from which they hold,
 * then by number. Kill Bill keeps the oldest of two versions that meet on one boundary (its
 * issue 2297); rule 5 says the newest.
 */
export function newestFirst(editions: readonly Edition[], sellerId: string): readonly Edition[] {
  const bySeller = ordered.get(editions) ?? new Map<string, readonly Edition[]>();
  ordered.set(editions, bySeller);
  const known = bySeller.get(sellerId);
  if (known) return known;
  const own = editions
    .filter((edition) => edition.sellerId === sellerId && edition.state === 'published')
    .toSorted((a, b) => compareDates(b.effectiveOn, a.effectiveOn) || (b.no ?? 0) - (a.no ?? 0));
  bySeller.set(sellerId, own);
  return own;
}
