import type { Seller } from '#domains/sellers/index.ts';
import { localDate, startOfDay } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { bookOf } from './book.ts';
import { firstIssuedOn, holdBook, selectClosed } from './close-store.ts';
import { deleteClosing, selectClosing, updateClosingDue, upsertClosing } from './closing-store.ts';

/** The first day of the month to close next; null while a book has no documents. */
export async function nextToClose(ctx: Ctx, sellerId: string): Promise<Temporal.PlainDate | null> {
  const [last] = await selectClosed(ctx, sellerId);
  if (last) return last.month.add({ months: 1 });
  return (await firstIssuedOn(ctx, sellerId))?.with({ day: 1 }) ?? null;
}

/**
 * Lets a book close its months by itself, that many local days after their end, or by hand alone
 * (null). What is overdue by then is closed at once. Refuses `seller-not-found`.
 */
export async function setClosing(
  ctx: Ctx,
  { sellerId, afterDays }: { sellerId?: string | undefined; afterDays: number | null },
): Promise<void> {
  const seller = await bookOf(ctx, sellerId);
  await holdBook(ctx, seller.id);
  if (afterDays === null) return deleteClosing(ctx, seller.id);
  const dueAt = await nextClosingAt(ctx, seller, afterDays);
  await upsertClosing(ctx, { sellerId: seller.id, afterDays, dueAt });
}

/** Sets the next closing anew after a month was closed. */
export async function rescheduleClosing(ctx: Ctx, seller: Seller): Promise<void> {
  const closing = await selectClosing(ctx, seller.id);
  if (!closing) return;
  await updateClosingDue(ctx, seller.id, await nextClosingAt(ctx, seller, closing.afterDays));
}

/** A book without documents is looked at again after the month that runs. */
async function nextClosingAt(
  ctx: Ctx,
  { id, zone }: Seller,
  afterDays: number,
): Promise<Temporal.Instant> {
  const found = await nextToClose(ctx, id);
  if (found) return closingAt(found, zone, afterDays);
  const month = localDate(ctx.now, zone).with({ day: 1 });
  const due = closingAt(month.subtract({ months: 1 }), zone, afterDays);
  const isAhead = Temporal.Instant.compare(due, ctx.now) > 0;
  return isAhead ? due : closingAt(month, zone, afterDays);
}

/** The start of the local day on which a month closes. */
export function closingAt(
  month: Temporal.PlainDate,
  zone: string,
  afterDays: number,
): Temporal.Instant {
  return startOfDay(month.add({ months: 1 }).add({ days: afterDays }), zone);
}
