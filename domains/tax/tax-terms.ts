import { divideHalfUp } from '#kit/money.ts';
import { isBefore } from '#kit/term.ts';
import { isInEu } from './eu.ts';

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

/**
 * How a buyer stands: `business` is a company with a sound tax number, `exempt` has shown the
 * seller a document that says why no tax is due; everybody else is `plain`.
 */
export type TaxStanding = 'plain' | 'business' | 'exempt';

export type TaxQuestion = {
  sellerCountry: string;
  buyerCountry: string;
  /** `plain` unless said. */
  standing?: TaxStanding | undefined;
  on: Temporal.PlainDate;
};

/**
 * Whose tax a sale bears: the place whose rate is looked up. Within the European Union an
 * electronic service to a consumer is taxed where the consumer is (Directive 2006/112/EC art. 58),
 * everything else by the seller's own country.
 */
export function taxPlace({ sellerCountry, buyerCountry, standing }: TaxQuestion): string {
  const toConsumer = standing !== 'business' && sellerCountry !== buyerCountry;
  const within = isInEu(sellerCountry) && isInEu(buyerCountry);
  return toConsumer && within ? buyerCountry : sellerCountry;
}

/**
 * What a sale is taxed with on a day; `rates` are those of `taxPlace`. Services over the Internet
 * are supplied where the buyer is (for Russia: Tax Code art. 148 (1)(4), 174.2), so a buyer abroad
 * is not charged the seller's tax; a business in another member state of the Union accounts for it
 * there (Directive 2006/112/EC art. 44, 196).
 */
export function taxTerms(rates: readonly TaxRate[], question: TaxQuestion): TaxTerms {
  const place = taxPlace(question);
  const none = (reason: TaxReason): TaxTerms => ({ place, rateBp: 0, reason });
  if (question.standing === 'exempt') return none('exempt');
  if (question.buyerCountry !== place) {
    const within = isInEu(place) && isInEu(question.buyerCountry);
    return none(within ? 'reverse-charge' : 'buyer-abroad');
  }
  const rate = rateOn(rates, place, question.on);
  return rate ? { place, rateBp: rate.rateBp, reason: null } : none('no-rate');
}

/** The rate of a place on a day; null where none is known. */
export function rateOn(
  rates: readonly TaxRate[],
  place: string,
  on: Temporal.PlainDate,
): TaxRate | null {
  const holds = (rate: TaxRate) =>
    rate.place === place &&
    !isBefore(on, rate.effectiveFrom) &&
    (rate.effectiveUntil === null || isBefore(on, rate.effectiveUntil));
  return rates.find(holds) ?? null;
}

/** The tax inside an amount that includes it: HALF_UP(gross × rate / (1 + rate)). */
export function taxIncluded(grossMinor: bigint, rateBp: number): bigint {
  return divideHalfUp(grossMinor * BigInt(rateBp), 10_000n + BigInt(rateBp));
}

/** The tax to add to an amount without it: HALF_UP(net × rate). */
export function taxOnTop(netMinor: bigint, rateBp: number): bigint {
  return divideHalfUp(netMinor * BigInt(rateBp), 10_000n);
}
