import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { creditLines, findInvoice, linesOf } from '#domains/billing/index.ts';
import type { Invoice, InvoiceLine } from '#domains/billing/index.ts';
import { entitlementsOf, findSubscription, isHeld } from '#domains/subscriptions/index.ts';
import type { Order } from './order.ts';
import type { RenewalRecipe } from './recipe.ts';

/** Gives all of a paid order back to the client's balance: nothing of it was ever delivered. */
export async function creditWholeOrder(ctx: Ctx, order: Order, reason: string): Promise<void> {
  const invoice = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  if (invoice?.state !== 'paid') return;
  // A merged invoice has lines of other packages, too.
  const lines = (await linesOf(ctx, invoice)).filter(
    ({ subscriptionId, totalMinor }) => subscriptionId === order.subscriptionId && totalMinor > 0n,
  );
  if (lines.length > 0) await creditUndelivered(ctx, order, invoice, lines, reason);
}

/**
 * A component that was deleted before its renewal was paid is not charged, also when the money
 * was on its way while it was deleted: its line is given back, because it was never delivered.
 */
export async function creditLateDeletions(
  ctx: Ctx,
  order: Order,
  recipe: RenewalRecipe,
): Promise<void> {
  const gone = new Set(
    (await entitlementsOf(ctx, order.subscriptionId))
      .filter((one) => !isHeld(one) && recipe.kept.some((k) => k.entitlementId === one.id))
      .map(({ id }) => id),
  );
  if (gone.size === 0 || !order.invoiceId) return;
  const invoice = await findInvoice(ctx, order.invoiceId);
  if (invoice?.state !== 'paid') return;
  const lines = (await linesOf(ctx, invoice)).filter(
    (line) => line.entitlementId !== null && gone.has(line.entitlementId) && line.totalMinor > 0n,
  );
  if (lines.length > 0)
    await creditUndelivered(ctx, order, invoice, lines, 'deleted-before-renewal');
}

async function creditUndelivered(
  ctx: Ctx,
  order: Order,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  reason: string,
): Promise<void> {
  const subscription = await findSubscription(ctx, order.subscriptionId);
  const on = localDate(ctx.now, subscription?.zone ?? 'UTC');
  await creditLines(ctx, {
    invoiceId: invoice.id,
    lineNos: lines.map(({ no }) => no),
    removedOn: on,
    fullUntilOn: null,
    undelivered: true,
    on,
    reason,
    cause: `undelivered:${order.id}:${invoice.id}`,
  });
}
