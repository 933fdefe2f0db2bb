import { z } from 'zod';
import { jobType, worker } from '#platform/jobs.ts';
import { loadCatalogue } from '#domains/catalog/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import { holdersOf } from '#domains/subscriptions/index.ts';
import { rescheduleWorker } from './reschedule.ts';
import { noticeChange } from './notice-change.ts';
import { continueRenewal } from './stop-renewal.ts';
import { selectStoppedOf } from './stopped-store.ts';
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

/** Lets renewals go on that stood still, where a changed catalogue prices them, by batches. */
export const continueStopped = jobType(
  'orders.continue-stopped',
  'work',
  z.object({ sellerId: z.string(), after: z.string() }),
);

const continueWorker = worker(continueStopped, async (ctx, { sellerId, after }) => {
  const sellers = await sellersWithin(ctx, sellerId, SELLERS_MAX);
  const sellerIds = sellers.map(({ id }) => id);
  const stopped = await selectStoppedOf(ctx, { sellerIds, after, limit: BATCH });
  for (const { subscriptionId } of stopped) await continueRenewal(ctx, subscriptionId);
  const last = stopped.at(-1);
  if (last && stopped.length === BATCH) {
    await ctx.enqueue(continueStopped, { sellerId, after: last.subscriptionId });
  }
});

export const ordersJobs = [continueWorker, noticeChangesWorker, withdrawalWorker, rescheduleWorker];
