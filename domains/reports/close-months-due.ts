import { brandsOfSellers } from '#domains/brands/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { recordSystemAudit } from '#platform/http/audit.ts';
import { closeBookMonth } from './close-month.ts';
import { holdBook } from './close-store.ts';
import {
  firstClosingAt,
  selectClosing,
  selectClosingsDue,
  updateClosingDue,
} from './closing-store.ts';
import { closingAt, nextToClose, rescheduleClosing } from './month-closing.ts';

const AGAIN_AFTER_MINUTES = 60;

/** Closes the months of books that do so by themselves, each month in a transaction of its own. */
const closeMonths: AgendaItem = {
  name: 'reports.close-months',
  nextDueAt: firstClosingAt,
  runDue: eachDue(selectClosingsDue, closeMonthsOf),
};

async function closeMonthsOf(outside: Outside, sellerId: string): Promise<void> {
  try {
    let isDone = false;
    while (!isDone) isDone = await outside.transact((ctx) => closeNext(ctx, sellerId));
  } catch (error) {
    // A book that cannot be closed keeps no other waiting.
    outside.log.error({ error, sellerId }, 'a month could not be closed');
    await outside.transact((ctx) =>
      updateClosingDue(ctx, sellerId, ctx.now.add({ minutes: AGAIN_AFTER_MINUTES })),
    );
  }
}

/** True when nothing is due any more: somebody may have closed the month by hand meanwhile. */
async function closeNext(ctx: Ctx, sellerId: string): Promise<boolean> {
  await holdBook(ctx, sellerId);
  const closing = await selectClosing(ctx, sellerId);
  const seller = await findSeller(ctx, sellerId);
  if (!closing || !seller || isAfter(closing.dueAt, ctx.now)) return true;
  const month = await nextToClose(ctx, sellerId);
  if (!month || isAfter(closingAt(month, seller.zone, closing.afterDays), ctx.now)) {
    await rescheduleClosing(ctx, seller);
    return true;
  }
  await closeBookMonth(ctx, seller, month);
  const brands = await brandsOfSellers(ctx, [sellerId]);
  await recordSystemAudit(ctx, {
    operation: 'reports.months.close',
    brandId: brands[0]?.id ?? null,
    subjectId: sellerId,
    input: { sellerId, month: month.toString().slice(0, 7) },
  });
  return false;
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0;
}

export const reportsAgenda: readonly AgendaItem[] = [closeMonths];
