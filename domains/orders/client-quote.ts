import type { Discount, Quote } from '#domains/billing/index.ts';
import { isBefore } from '#kit/term.ts';
import type { Localised } from '#domains/catalog/index.ts';

/** What is offered, as a cart a person could fill. */
export type OfferedCart = {
  productId: string;
  planId: string;
  termMonths: number;
  domainName: string;
  addOns: { componentId: string; quantity: number }[];
};

/** What staff offer a client at an agreed price until a day. */
export type ClientQuote = {
  id: string;
  branch: number;
  brandId: string;
  sellerId: string;
  clientId: string;
  cart: OfferedCart;
  title: Localised;
  /** The prices of its lines together; with tax if the brand's prices are. */
  agreedMinor: bigint;
  currency: string;
  /** The last local day of the seller on which it may be accepted. */
  validUntil: Temporal.PlainDate;
  note: string | null;
  state: 'open' | 'accepted' | 'withdrawn';
  orderId: string | null;
  createdAt: Temporal.Instant;
  closedAt: Temporal.Instant | null;
};

export const QUOTE_STANDINGS = ['open', 'accepted', 'withdrawn', 'expired'] as const;

/** How a quote stands on a day: nobody closes one whose day has passed. */
export function standingOf(
  quote: Pick<ClientQuote, 'state' | 'validUntil'>,
  today: Temporal.PlainDate,
): (typeof QUOTE_STANDINGS)[number] {
  return quote.state === 'open' && isBefore(quote.validUntil, today) ? 'expired' : quote.state;
}

/**
 * What takes the list price down to the agreed one, shown on the invoice under the quote's number.
 * Null when the list is no dearer: the client pays the lower of the two.
 */
export function agreedDiscount(
  { id, agreedMinor }: Pick<ClientQuote, 'id' | 'agreedMinor'>,
  list: Quote,
): Discount | null {
  const off = listMinor(list) - agreedMinor;
  return off > 0n ? { code: quoteNumber(id), off: { amountMinor: off }, scope: 'all' } : null;
}

/** The lines' prices together, before tax is added to those that have none in them. */
export function listMinor(quote: Quote): bigint {
  return quote.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
}

/** What people call it by. */
export function quoteNumber(id: string): string {
  return `Q-${id.slice(-6).toUpperCase()}`;
}
