import { z } from 'zod';
import type { AddOnChoice } from '#domains/billing/index.ts';
import type { Extension } from '#domains/subscriptions/index.ts';

/**
 * What was agreed to, as plain data: with a price list it gives the quote again, for the client or
 * for any level above the shop. Dates are local dates of the seller's zone.
 */
const PackageRecipe = z.object({
  kind: z.literal('package'),
  planId: z.string(),
  termMonths: z.int(),
  on: z.iso.date(),
  addOns: z.array(z.object({ componentId: z.string(), quantity: z.int() })),
  promoCode: z.string().nullable(),
});

const AddOnRecipe = z.object({
  kind: z.literal('addon'),
  componentId: z.string(),
  quantity: z.int(),
  on: z.iso.date(),
  /** Where the price was spread over: the package's last paid period at that time. */
  position: z.object({
    planId: z.string(),
    termMonths: z.int(),
    anchorOn: z.iso.date(),
    cycle: z.int(),
    start: z.iso.date(),
    end: z.iso.date(),
  }),
});

const KeptAs = z.enum(['included', 'grandfathered', 'bought']);

const RenewalRecipe = z.object({
  kind: z.literal('renewal'),
  planId: z.string(),
  subscribedOn: z.iso.date(),
  termMonths: z.int(),
  anchorOn: z.iso.date(),
  start: z.iso.date(),
  end: z.iso.date(),
  /** What the client chose to leave out, beside what does not renew anyway. */
  drop: z.array(z.string()),
  /** What the quote keeps, and as what; the rest of what was held is dropped. */
  kept: z.array(
    z.object({
      entitlementId: z.string(),
      componentId: z.string(),
      quantity: z.int(),
      sinceOn: z.iso.date(),
      before: KeptAs,
      as: KeptAs,
    }),
  ),
  dropped: z.array(z.string()),
});

export const RecipeShape = z.discriminatedUnion('kind', [
  PackageRecipe,
  AddOnRecipe,
  RenewalRecipe,
]);

export type PackageRecipe = Omit<z.infer<typeof PackageRecipe>, 'addOns'> & {
  addOns: AddOnChoice[];
};
export type AddOnRecipe = z.infer<typeof AddOnRecipe>;
export type RenewalRecipe = z.infer<typeof RenewalRecipe>;
export type Recipe = PackageRecipe | AddOnRecipe | RenewalRecipe;

/** What carrying out a renewal does to its subscription. */
export function extensionBy(recipe: RenewalRecipe, orderId: string): Extension {
  return {
    periodStart: Temporal.PlainDate.from(recipe.start),
    termMonths: recipe.termMonths,
    planId: recipe.planId,
    orderId,
    kept: recipe.kept,
    dropped: recipe.dropped,
  };
}
