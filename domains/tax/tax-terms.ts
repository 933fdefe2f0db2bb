import { divideHalfUp } from '#kit/money.ts';
import { isBefore } from '#kit/term.ts';

/** A place's rate in basis points (2000 = 20 %) over a half-open span of dates. */
export type TaxRate = {
  place: string;
  rateBp: number;
  effectiveFrom: Temporal.PlainDate;
  effectiveUntil: Temporal.PlainDate | null;
};

/** What a sale is taxed with. `reason` says why there is no tax; null when there is. */
export type TaxTerms = { place: string; rateBp: number; reason: TaxReason | null };

/**
 * `buyer-abroad`: the service is supplied where the buyer is. `no-rate`: the place has none.
 * `reverse-charge`: the buyer, who is taxed there, owes the tax in their own country. `exempt`: the
 * buyer has shown why they pay none. `not-taxable`: it is no price of a service, as a penalty.
 */
export type TaxReason = 'buyer-abroad' | 'reverse-charge' | 'exempt' | 'no-rate' | 'not-taxable';

export type TaxQuestion = {
  sellerCountry: string;
  buyerCountry: string;
  on: Temporal.PlainDate;
};

/**
 * Services over the Internet are supplied where the buyer is (for Russia: Tax Code art. 148
 * (1)(4), 174.2), so a buyer abroad is not charged the seller's tax.
 */
export function taxTerms(rates: readonly TaxRate[], question: TaxQuestion): TaxTerms {
  const place = question.sellerCountry;
  if (question.buyerCountry !== place) return { place, rateBp: 0, reason: 'buyer-abroad' };
  const rate = rates.find(
    (candidate) =>
      candidate.place === place &&
      !isBefore(question.on, candidate.effectiveFrom) &&
      (candidate.effectiveUntil === null || isBefore(question.on, candidate.effectiveUntil)),
  );
  if (!rate) return { place, rateBp: 0, reason: 'no-rate' };
  return { place, rateBp: rate.rateBp, reason: null };
}

/** The tax inside an amount that includes it: HALF_UP(gross × rate / (1 + rate)). */
export function taxIncluded(grossMinor: bigint, rateBp: number): bigint {
  return divideHalfUp(grossMinor * BigInt(rateBp), 10_000n + BigInt(rateBp));
}

/** The tax to add to an amount without it: HALF_UP(net × rate). */
export function taxOnTop(netMinor: bigint, rateBp: number): bigint {
  return divideHalfUp(netMinor * BigInt(rateBp), 10_000n);
}
