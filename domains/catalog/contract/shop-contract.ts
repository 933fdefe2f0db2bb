import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire } from '#platform/http/wire.ts';
import {
  ComponentWire,
  CurrencyWire,
  KeyWire,
  LocalisedWire,
  NameWire,
  PlanWire,
  TermWire,
} from './catalog-wire.ts';

const TermPriceWire = z.object({
  termMonths: TermWire,
  monthlyMinor: z.int().describe('one month of this term'),
  totalMinor: z.int().describe('the whole term'),
  savingMinor: z.int().describe('against as many months at the rate of the shortest term'),
  renewMonthlyMinor: z.int().describe('one month when renewed for this term, by today’s prices'),
  editionId: z.string(),
});

const PlanOfferWire = PlanWire.omit({ productId: true, sort: true }).extend({
  prices: z.array(TermPriceWire),
  included: z.array(KeyWire).describe('components that come with it'),
  addons: z.array(z.object({ componentId: KeyWire, prices: z.array(TermPriceWire) })),
});

export const ShopCatalogueWire = z.object({
  on: DateWire.describe('the day these prices hold for, in the seller’s billing zone'),
  /** Changes whenever anything here may have. */
  revision: z.string(),
  currency: CurrencyWire,
  pricesIncludeTax: z.boolean(),
  products: z.array(
    z.object({
      id: KeyWire,
      kind: z.string(),
      os: z.enum(['linux', 'windows']),
      name: NameWire,
      description: LocalisedWire,
      plans: z.array(PlanOfferWire),
    }),
  ),
  components: z.array(ComponentWire.omit({ sort: true })),
  coming: z
    .array(
      z.object({
        componentId: KeyWire,
        on: DateWire,
        monthlyMinor: z.int().nullable().describe('what a month of it costs from then on'),
      }),
    )
    .describe('components that plans include today and for new purchases no longer from that day'),
  promises: z
    .object({
      refundDays: z.int(),
      noticeDaysForPriceRise: z.int(),
      remindFromDays: z.int(),
      autoRenewDaysShort: z.int().describe('for terms under three months'),
      autoRenewDaysLong: z.int(),
      noticeDaysBeforeAutoRenew: z.int(),
      deleteAfterDays: z.int().describe('from the end of what is paid'),
    })
    .describe('the brand’s policy, in days'),
});

export const shopContract = {
  catalogue: operation({
    method: 'GET',
    path: '/v1/shop/catalogue',
    summary: 'What this brand sells today: plans, limits, prices for every term, add-ons',
    access: { who: 'anyone' },
    input: z.object({}),
    output: ShopCatalogueWire,
  }),
};
