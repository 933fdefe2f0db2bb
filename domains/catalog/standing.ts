import type { Noticed } from './noticed.ts';
import { everythingNoticed } from './noticed.ts';

/** Whose price is asked for, in time. All dates are local dates of the seller's billing zone. */
export type Standing = {
  /** When the subscription was first bought; for a purchase, today. */
  readonly subscribedOn: Temporal.PlainDate;
  /** The boundary to be priced: the start of the period; for a purchase, today. */
  readonly boundaryOn: Temporal.PlainDate;
  readonly noticed: Noticed;
};

/** Buying on that day, be it a package or a component in mid-term: what is new counts. */
export function atPurchase(on: Temporal.PlainDate): Standing {
  return { subscribedOn: on, boundaryOn: on, noticed: everythingNoticed };
}
