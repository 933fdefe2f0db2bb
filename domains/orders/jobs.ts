import { z } from 'zod';
import { jobType, worker } from '#platform/jobs.ts';
import { loadCatalogue } from '#domains/catalog/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import { holdersOf } from '#domains/subscriptions/index.ts';
import { rescheduleWorker } from './reschedule.ts';
import { noticeChange } from './notice-change.ts';
import { tellWithdrawals } from './withdraw-change.ts';

const BATCH = 50;
const SELLERS_MAX = 10_000;

/** Tells the holders of a seller's plans what its catalogue will change for them, by batches. */
export const noticeChanges = jobType(
  'orders.notice-changes',
  'work',
  z.object({ sellerId: z.string(), after: z.string() }),
);

const noticeChangesWorker = worker(noticeChanges, async (ctx, { sellerId, after }) => {
  const catalogue = await loadCatalogue(ctx, sellerId);
  const sellers = await sellersWithin(ctx, sellerId, SELLERS_MAX);
  const holders = await holdersOf(ctx, {
    planIds: catalogue.plans.map(({ id }) => id),
    sellerIds: sellers.map(({ id }) => id),
    after,
    limit: BATCH,
  });
  for (const { id } of holders) await noticeChange(ctx, id);
  const last = holders.at(-1);
  if (last && holders.length === BATCH) {
    await ctx.enqueue(noticeChanges, { sellerId, after: last.id });
  }
});

/** Tells those who were told of a change that it was taken back, by batches. */
export const tellOfWithdrawal = jobType(
  'orders.tell-of-withdrawal',
  'work',
  z.object({ editionId: z.string(), after: z.string() }),
);

const withdrawalWorker = worker(tellOfWithdrawal, async (ctx, { editionId, after }) => {
  const last = await tellWithdrawals(ctx, { editionId, after });
  if (last) await ctx.enqueue(tellOfWithdrawal, { editionId, after: last });
});

export const ordersJobs = [noticeChangesWorker, withdrawalWorker, rescheduleWorker];
