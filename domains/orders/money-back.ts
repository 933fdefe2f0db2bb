import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import {
  creditLines,
  fullRefundUntil,
  paidForPackage,
  refundableLines,
} from '#domains/billing/index.ts';
import type { Invoice, InvoiceLine } from '#domains/billing/index.ts';
import { endSubscription, isLive, lockSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';

/** What giving a package back would bring: each paid line, and what of it goes back. */
export type MoneyBackOffer = {
  untilOn: Temporal.PlainDate;
  lines: { invoice: Invoice; line: InvoiceLine; backMinor: bigint }[];
  totalMinor: bigint;
};

/**
 * Rule 9: within the brand's days after its purchase a package is refunded in full, with what was
 * bought to it; never what is not refundable. Refuses `refund-period-over`, `nothing-to-credit`.
 */
export async function offerMoneyBack(
  ctx: Ctx,
  subscription: Subscription,
): Promise<MoneyBackOffer> {
  const invoices = await paidForPackage(ctx, subscription.id);
  const [purchase] = invoices;
  const untilOn = purchase ? await fullRefundUntil(ctx, purchase) : null;
  if (!untilOn || !isLive(subscription)) refuse('refund-period-over');
  const lines: MoneyBackOffer['lines'] = [];
  for (const invoice of invoices) {
    for (const { line, leftMinor } of await refundableLines(ctx, invoice)) {
      if (line.subscriptionId !== subscription.id) continue;
      lines.push({ invoice, line, backMinor: leftMinor });
    }
  }
  const totalMinor = lines.reduce((sum, { backMinor }) => sum + backMinor, 0n);
  if (totalMinor === 0n) refuse('nothing-to-credit');
  return { untilOn, lines, totalMinor };
}

export type MoneyBack = { subscriptionId: string; expectedMinor: bigint; reason: string };

/**
 * Credits what goes back, a credit note to each invoice, and ends the package. The money is then on
 * the client's balance. Refuses `price-changed` when it is not what was shown, and what
 * `offerMoneyBack` says.
 */
export async function giveMoneyBack(ctx: Ctx, order: MoneyBack): Promise<Invoice[]> {
  const subscription = await lockSubscription(ctx, order.subscriptionId);
  if (!subscription) refuse('subscription-not-found', { field: 'subscriptionId' });
  const offer = await offerMoneyBack(ctx, subscription);
  if (offer.totalMinor !== order.expectedMinor) {
    const { totalMinor } = offer;
    const params = { totalMinor: Number(totalMinor), currency: subscription.currency };
    refuse('price-changed', { field: 'expectedMinor', params });
  }
  const on = localDate(ctx.now, subscription.zone);
  const notes: Invoice[] = [];
  const back = offer.lines.filter(({ backMinor }) => backMinor > 0n);
  for (const [invoiceId, lines] of Map.groupBy(back, ({ invoice }) => invoice.id)) {
    const note = await creditLines(ctx, {
      invoiceId,
      lineNos: lines.map(({ line }) => line.no),
      removedOn: on,
      fullUntilOn: offer.untilOn,
      on,
      reason: order.reason,
      cause: `money-back:${subscription.id}:${invoiceId}`,
    });
    notes.push(note);
  }
  await endSubscription(ctx, subscription.id, { cause: 'staff', reason: order.reason });
  return notes;
}
