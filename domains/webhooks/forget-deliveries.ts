import type { AgendaItem } from '#platform/agenda.ts';
import { forgetBefore, oldestSettledAt } from './delivery-store.ts';

const KEPT_DAYS = 30;
const BATCH = 1000;
const DAY_MS = 24 * 3600 * 1000;

/** What was sent or given up is kept for a month; it is looked at once a day. */
export const forgetDeliveries: AgendaItem = {
  name: 'webhooks.forget',
  nextDueAt: async (ctx) => {
    const oldest = await oldestSettledAt(ctx);
    return oldest && startOfDay(oldest).add({ hours: 24 * (KEPT_DAYS + 1) });
  },
  runDue: async (outside) => {
    const before = startOfDay(outside.now()).subtract({ hours: 24 * KEPT_DAYS });
    let count = BATCH;
    while (count === BATCH) {
      count = await outside.transact((ctx) => forgetBefore(ctx, before, BATCH));
    }
  },
};

function startOfDay(at: Temporal.Instant): Temporal.Instant {
  const ms = at.epochMilliseconds;
  return Temporal.Instant.fromEpochMilliseconds(ms - (((ms % DAY_MS) + DAY_MS) % DAY_MS));
}
