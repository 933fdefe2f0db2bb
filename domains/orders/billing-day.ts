import { compareDates, daysBetween, isBefore, nextBillingDay, startOfDay } from '#kit/term.ts';
import type { BillingStart } from '#kit/term.ts';
import type { BrandPolicy } from '#domains/brands/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import type { Sale } from './load-sale.ts';
import { billingStartOf } from './recipe.ts';
import type { PackageRecipe } from './recipe.ts';

/** What a brand with a billing day adds to the recipe of a package that is bought today. */
export function billingStart({
  brand,
  on,
}: Pick<Sale, 'brand' | 'on'>): Pick<PackageRecipe, 'start'> {
  const { billingDay } = brand.policy;
  if (!billingDay) return {};
  const anchorOn = nextBillingDay(on, billingDay.dayOfMonth);
  const andWholeTerm = daysBetween(on, anchorOn) < billingDay.wholeTermUnderDays;
  return { start: { anchorOn: anchorOn.toString(), andWholeTerm } };
}

/**
 * When a package begins: as a rule on the day it is paid for. One on a billing day begins on the day
 * it was ordered, as it was shown: its days are counted to a fixed one.
 */
export function beginningOf(
  recipe: PackageRecipe,
  today: Temporal.PlainDate,
): { on: Temporal.PlainDate; start: BillingStart | null } {
  const start = billingStartOf(recipe);
  return { on: start ? Temporal.PlainDate.from(recipe.on) : today, start };
}

/** Whether nothing is left of the days up to the billing day that were ordered. */
export function isOverBy(recipe: PackageRecipe, today: Temporal.PlainDate): boolean {
  const { on, start } = beginningOf(recipe, today);
  return start !== null && isBefore(on, start.anchorOn) && !isBefore(today, start.anchorOn);
}

/** Until when an order of a package may be paid: its last day, and the moment after it. */
export function payableUntil(
  recipe: PackageRecipe,
  { brand, seller, on }: Pick<Sale, 'brand' | 'seller' | 'on'>,
  now: Temporal.Instant,
): { dueOn: Temporal.PlainDate; expiresAt: Temporal.Instant } {
  const days = brand.policy.unpaidOrderDays;
  const late = { dueOn: on.add({ days }), expiresAt: now.add({ hours: 24 * days }) };
  const { start } = beginningOf(recipe, on);
  if (!start || !isBefore(on, start.anchorOn)) return late;
  if (compareDates(late.dueOn, start.anchorOn) < 0) return late;
  return { dueOn: start.anchorOn, expiresAt: startOfDay(start.anchorOn, seller.zone) };
}

/**
 * The billing day that a package's next renewal may bring it to: the first after its paid end. Null:
 * the brand has none, or the package is there already.
 */
export function billingDayFor(
  { billingDay }: Pick<BrandPolicy, 'billingDay'>,
  { anchorOn, period }: Pick<LiveSubscription, 'anchorOn' | 'period'>,
): Temporal.PlainDate | null {
  if (!billingDay || [anchorOn.day, period.end.day].includes(billingDay.dayOfMonth)) return null;
  return nextBillingDay(period.end, billingDay.dayOfMonth);
}
