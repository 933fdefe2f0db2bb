import type { TermMonths } from '#kit/term.ts';

/** A code that takes something off the first payment for a package. */
export type Promo = {
  readonly id: string;
  readonly sellerId: string;
  /** Upper case; people may type it in any. */
  readonly code: string;
  readonly gives:
    | { readonly kind: 'percent'; readonly basisPoints: number }
    | { readonly kind: 'amount'; readonly minor: bigint; readonly currency: string };
  /** Empty: for all. */
  readonly productIds: readonly string[];
  readonly planIds: readonly string[];
  readonly terms: readonly TermMonths[];
  /** Local dates of the seller's zone, both inclusive. */
  readonly validFrom: Temporal.PlainDate;
  readonly validUntil: Temporal.PlainDate | null;
  readonly usesMax: number | null;
  readonly uses: number;
  readonly oncePerClient: boolean;
  readonly endedAt: Temporal.Instant | null;
};

/** What the code is to be used for. */
export type PromoPurpose = {
  readonly on: Temporal.PlainDate;
  readonly productId: string;
  readonly planId: string;
  readonly termMonths: number;
  readonly currency: string;
};

export function normaliseCode(typed: string): string {
  return typed.trim().toUpperCase();
}

/** Why the code does not count for this purchase, as a refusal code, or null when it does. */
export function promoFault(promo: Promo, purpose: PromoPurpose): string | null {
  const { compare } = Temporal.PlainDate;
  if (compare(purpose.on, promo.validFrom) < 0) return 'promo-not-yet-valid';
  if (promo.endedAt !== null) return 'promo-expired';
  if (promo.validUntil && compare(purpose.on, promo.validUntil) > 0) return 'promo-expired';
  if (promo.usesMax !== null && promo.uses >= promo.usesMax) return 'promo-used-up';
  const fits = allows(promo.productIds, purpose.productId) && allows(promo.planIds, purpose.planId);
  if (!fits) return 'promo-not-for-this-plan';
  if (!allows(promo.terms, purpose.termMonths)) return 'promo-not-for-this-term';
  const { gives } = promo;
  if (gives.kind === 'amount' && gives.currency !== purpose.currency) {
    return 'promo-not-for-this-currency';
  }
  return null;
}

function allows(list: readonly (string | number)[], value: string | number): boolean {
  return list.length === 0 || list.includes(value);
}
