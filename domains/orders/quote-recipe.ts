import { dateOf } from '#kit/calendar.ts';
import type { Discount, PriceList, Quote, QuoteTax } from '#domains/billing/index.ts';
import { quoteAddOn, quotePackage, quoteRenewal } from '#domains/billing/index.ts';
import { everythingNoticed } from '#domains/catalog/index.ts';
import { billingStartOf } from './recipe.ts';
import type { AddOnRecipe, PackageRecipe, RenewalRecipe, SaleRecipe } from './recipe.ts';

type Terms = { list: PriceList; tax: QuoteTax; discount?: Discount | null };

/** What was agreed to, priced by any list: the shop's own, or that of a level above it. */
export function quoteRecipe(recipe: SaleRecipe, terms: Terms): Quote {
  if (recipe.kind === 'package') return quotePackageRecipe(recipe, terms);
  if (recipe.kind === 'addon') return quoteAddOnRecipe(recipe, terms);
  return quoteRenewalRecipe(recipe, terms);
}

function quotePackageRecipe(recipe: PackageRecipe, terms: Terms): Quote {
  return quotePackage({
    ...terms,
    planId: recipe.planId,
    termMonths: recipe.termMonths,
    on: dateOf(recipe.on),
    start: billingStartOf(recipe),
    addOns: recipe.addOns,
  });
}

function quoteAddOnRecipe(recipe: AddOnRecipe, terms: Terms): Quote {
  const { position } = recipe;
  return quoteAddOn({
    ...terms,
    subscription: {
      planId: position.planId,
      termMonths: position.termMonths,
      anchorOn: dateOf(position.anchorOn),
      cycle: position.cycle,
      period: { start: dateOf(position.start), end: dateOf(position.end) },
      ...(position.paid && {
        paid: position.paid.map(({ start, end, wholeFrom }) => ({
          start: dateOf(start),
          end: dateOf(end),
          wholeFrom: wholeFrom === null ? null : dateOf(wholeFrom),
        })),
      }),
    },
    choice: { componentId: recipe.componentId, quantity: recipe.quantity },
    on: dateOf(recipe.on),
  });
}

/** Sellers are told of their prices by their parent, not by notices to their clients. */
function quoteRenewalRecipe(recipe: RenewalRecipe, terms: Terms): Quote {
  return quoteRenewal({
    ...terms,
    planId: recipe.planId,
    subscribedOn: dateOf(recipe.subscribedOn),
    next: {
      period: { start: dateOf(recipe.start), end: dateOf(recipe.end) },
      termMonths: recipe.termMonths,
      anchorOn: dateOf(recipe.anchorOn),
      cycle: recipe.isAligned ? -1 : 0,
    },
    entitlements: recipe.kept.map((one) => ({
      id: one.entitlementId,
      componentId: one.componentId,
      state: one.before,
      quantity: one.quantity,
      sinceOn: dateOf(one.sinceOn),
      renews: true,
      optedIn: true,
      endsOn: null,
    })),
    noticed: everythingNoticed,
  });
}
