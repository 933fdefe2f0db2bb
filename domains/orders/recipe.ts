import { z } from 'zod';
import { dateOf } from '#kit/calendar.ts';
import { temporalText } from '#kit/temporal-text.ts';
import type { BillingStart } from '#kit/term.ts';
import type { AddOnChoice } from '#domains/billing/index.ts';
import type { Extension, LiveSubscription } from '#domains/subscriptions/index.ts';

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
  /** On a billing day: the day its boundaries count from; absent: from its beginning. */
  start: z.object({ anchorOn: z.iso.date(), andWholeTerm: z.boolean() }).optional(),
});

/** Where a price is spread over: the package's last paid period at that time. */
const Position = z.object({
  planId: z.string(),
  termMonths: z.int(),
  anchorOn: z.iso.date(),
  cycle: z.int(),
  start: z.iso.date(),
  end: z.iso.date(),
  paid: z
    .array(z.object({ start: z.iso.date(), end: z.iso.date(), wholeFrom: z.iso.date().nullable() }))
    .optional(),
});

const AddOnRecipe = z.object({
  kind: z.literal('addon'),
  componentId: z.string(),
  quantity: z.int(),
  on: z.iso.date(),
  position: Position,
});

const PlanRecipe = z.object({
  kind: z.literal('plan'),
  planId: z.string(),
  /** The first day under the new plan, which both credit and charge count from. */
  on: z.iso.date(),
  position: Position,
  /** Components given up, because the new plan does not have them. */
  drop: z.array(z.string()),
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
  /** The period is the part of a term that ends on a billing day. */
  isAligned: z.boolean().optional(),
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
  PlanRecipe,
]);

export type PackageRecipe = Omit<z.infer<typeof PackageRecipe>, 'addOns'> & {
  addOns: AddOnChoice[];
};
export type AddOnRecipe = z.infer<typeof AddOnRecipe>;
export type RenewalRecipe = z.infer<typeof RenewalRecipe>;
export type PlanRecipe = z.infer<typeof PlanRecipe>;
/** What is sold by a price list alone; another plan is sold against what was paid before. */
export type SaleRecipe = PackageRecipe | AddOnRecipe | RenewalRecipe;
export type Recipe = SaleRecipe | PlanRecipe;

/** Where the package stands on its calendar, as recipes keep it. */
export function positionOf(
  subscription: Pick<LiveSubscription, 'planId' | 'termMonths' | 'anchorOn' | 'cycle' | 'period'>,
): AddOnRecipe['position'] {
  const { planId, termMonths, anchorOn, cycle, period } = subscription;
  return {
    planId,
    termMonths,
    anchorOn: temporalText(anchorOn),
    cycle,
    start: temporalText(period.start),
    end: temporalText(period.end),
  };
}

/** Where a package on a billing day begins to count from; null for any other. */
export function billingStartOf({ start }: PackageRecipe): BillingStart | null {
  return start ? { ...start, anchorOn: Temporal.PlainDate.from(start.anchorOn) } : null;
}

/** What carrying out a renewal does to its subscription. */
export function extensionBy(recipe: RenewalRecipe, orderId: string): Extension {
  return {
    periodStart: dateOf(recipe.start),
    termMonths: recipe.termMonths,
    planId: recipe.planId,
    orderId,
    kept: recipe.kept,
    dropped: recipe.dropped,
    ...(recipe.isAligned && { alignTo: Temporal.PlainDate.from(recipe.end) }),
  };
}

/** What the client chose when this was ordered, to choose it again. */
export function choiceOf({ termMonths, drop, isAligned, end }: RenewalRecipe) {
  return { termMonths, drop, ...(isAligned && { alignTo: Temporal.PlainDate.from(end) }) };
}
