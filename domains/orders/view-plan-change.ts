import { daysBetween, isBefore } from '#kit/term.ts';
import { invoiceNumber } from '#domains/billing/index.ts';
import type { PlanChangeQuote } from '#domains/billing/index.ts';
import { findComponent } from '#domains/catalog/index.ts';
import type { PlanChangeOffer } from './offer-plan-change.ts';
import type { PlanChangeView } from './plan-change-wire.ts';
import { viewQuote, wireMinor } from './view-quote.ts';

/** A change of the plan as its client and staff see it before it is made. */
export function viewPlanChange(offer: PlanChangeOffer): PlanChangeView {
  const { recipe, quote, sale, moves, added } = offer;
  const on = Temporal.PlainDate.from(recipe.on);
  const nameOf = (id: string) => findComponent(sale.list.catalogue, id)?.name ?? { ru: id, en: id };
  return {
    planId: recipe.planId,
    on: recipe.on,
    charge: viewQuote(quote.charge),
    credits: quote.credits.map((part) => viewCredit(part, on)),
    creditMinor: wireMinor(quote.creditMinor),
    netMinor: wireMinor(quote.netMinor),
    components: moves.map(({ entitlementId, componentId, quantity, before, as }) => ({
      entitlementId,
      componentId,
      name: nameOf(componentId),
      quantity,
      before,
      as,
    })),
    added: added.map((componentId) => ({ componentId, name: nameOf(componentId) })),
  };
}

function viewCredit(
  { paid: { invoice, line, served, before }, note }: PlanChangeQuote['credits'][number],
  on: Temporal.PlainDate,
): PlanChangeView['credits'][number] {
  const from = isBefore(on, served.start) ? served.start : on;
  return {
    invoiceId: invoice.id,
    number: invoiceNumber(invoice),
    no: line.no,
    description: line.description,
    paidMinor: wireMinor(line.totalMinor),
    from: from.toString(),
    lastDay: served.end.subtract({ days: 1 }).toString(),
    days: { left: daysBetween(from, served.end), of: daysBetween(served.start, served.end) },
    beforeMinor: wireMinor(before.amountMinor),
    backMinor: wireMinor(note?.totalMinor ?? 0n),
    refundable: line.refundable,
  };
}
