import { z } from 'zod';
import { DateWire } from '#platform/http/wire.ts';

const Localised = z.object({ ru: z.string(), en: z.string() });
const Minor = z.int().describe('minor units of the quote’s currency');

export const QuoteLineWire = z.object({
  kind: z.enum(['package', 'addon', 'manual', 'late-fee']),
  itemId: z.string(),
  entitlementId: z.string().nullable(),
  description: Localised,
  quantity: z.int(),
  periodStart: DateWire,
  periodEnd: DateWire.describe('the first day that is not paid for'),
  lastDay: DateWire.describe('the last day that is paid for'),
  monthlyMinor: Minor.describe('one piece, one month of this term'),
  termMonths: z.int(),
  termMinor: Minor.describe('all pieces, the whole term'),
  /** Days paid for, of the days of the period the term price is spread over. */
  days: z.object({ paid: z.int(), of: z.int() }),
  listMinor: Minor,
  discountMinor: Minor,
  amountMinor: Minor,
  taxRateBp: z.int(),
  taxMinor: Minor,
  totalMinor: Minor,
  refundable: z.boolean(),
  state: z.enum(['bought', 'included', 'grandfathered', 'dropped', 'ended']),
  editionId: z.string().nullable(),
});

export const QuoteWire = z.object({
  currency: z.string(),
  lines: z.array(QuoteLineWire),
  tax: z.object({
    place: z.string(),
    rateBp: z.int(),
    included: z.boolean(),
    reason: z
      .enum(['buyer-abroad', 'reverse-charge', 'exempt', 'no-rate', 'not-taxable'])
      .nullable(),
  }),
  discountCode: z.string().nullable(),
  netMinor: Minor,
  taxMinor: Minor,
  totalMinor: Minor,
  hash: z.string().describe('the same for the same content'),
});

/** The quote of a cart, with what comes after it where packages are billed from a fixed day. */
export const CartQuoteWire = QuoteWire.extend({
  billingDay: z
    .object({
      until: DateWire.describe(
        'the billing day: the first day that the part before it does not pay',
      ),
      days: z.int().describe('up to it'),
      partMinor: Minor.describe('what those days cost'),
      termMonths: z.int(),
      termMinor: Minor.nullable().describe('what the term from then on costs; null: nobody knows'),
      isTermIncluded: z.boolean().describe('that term is paid for in this quote, too'),
    })
    .nullable(),
});

export type CartQuoteView = z.infer<typeof CartQuoteWire>;
export type QuoteLineView = z.infer<typeof QuoteLineWire>;
export type QuoteView = z.infer<typeof QuoteWire>;
